using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Hub.Silo.Hosting;

namespace Hub.Silo.Access;

/// <summary>Deny by default, in this order: row of the table → token → scope → person → administration → silo's freshness → quota.</summary>
internal sealed class AccessInterceptor(TokenVerifier tokens, Admission admission, Quotas quotas) : Interceptor
{
    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        using var lease = await EnterAsync(context);
        CountBytes(request, context);
        return await continuation(request, context);
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responses, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using var lease = await EnterAsync(context);
        await continuation(request, responses, context);
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requests, IServerStreamWriter<TResponse> responses, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        using var lease = await EnterAsync(context);
        await continuation(requests, responses, context);
    }

    private async ValueTask<IDisposable> EnterAsync(ServerCallContext context)
    {
        if (!AccessTable.Rows.TryGetValue(context.Method, out var row))
        {
            throw new HubException(Refusal.NotPermitted());
        }

        if (row.Anonymous)
        {
            return quotas.Enter($"address:{AddressOf(context.Peer)}", row.Streams).OrThrow();
        }

        var caller = (await AuthenticateAsync(context)).OrThrow();
        if (admission.Refuse(caller, row) is { } refusal)
        {
            throw new HubException(refusal);
        }

        context.SetCaller(caller);
        return quotas.Enter(caller.Identity, row.Streams).OrThrow();
    }

    private ValueTask<Decision<Caller>> AuthenticateAsync(ServerCallContext context)
    {
        var header = context.RequestHeaders.GetValue("authorization");
        const string scheme = "Bearer ";
        if (header is null || !header.StartsWith(scheme, StringComparison.OrdinalIgnoreCase))
        {
            return ValueTask.FromResult<Decision<Caller>>(new Refusal(
                ErrorReason.TokenMissing, "The call carries no access token. Send the header `authorization: Bearer <token>`."));
        }

        return tokens.VerifyAsync(header[scheme.Length..].Trim(), context.CancellationToken);
    }

    // As gRPC names it: ipv4:192.0.2.1:50000. Without the port, which is another for each connection.
    private static string AddressOf(string peer) => peer.LastIndexOf(':') is var port and > 0 ? peer[..port] : peer;

    private void CountBytes<TRequest>(TRequest request, ServerCallContext context)
    {
        if (context.UserState.Count > 0 && request is IMessage message && quotas.Count(context.Caller().Identity, message.CalculateSize()) is { } refusal)
        {
            throw new HubException(refusal);
        }
    }
}
