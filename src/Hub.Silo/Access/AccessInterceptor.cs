using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Hub.Silo.Hosting;
using Hub.Silo.Ledger;
using Hub.Silo.Registry;

namespace Hub.Silo.Access;

/// <summary>Deny by default, in this order: row of the table → token → scope → person → administration → silo's freshness → quota.</summary>
internal sealed class AccessInterceptor(TokenVerifier tokens, CurrentRegistry registry, ILedgerTail tail, Quotas quotas) : Interceptor
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

    private async ValueTask<IDisposable?> EnterAsync(ServerCallContext context)
    {
        if (!AccessTable.Rows.TryGetValue(context.Method, out var row))
        {
            throw new HubException(Refusal.NotPermitted());
        }

        if (row.Anonymous)
        {
            return null;
        }

        var caller = (await AuthenticateAsync(context)).OrThrow();
        if (Refuse(caller, row) is { } refusal)
        {
            throw new HubException(refusal);
        }

        context.SetCaller(caller);
        return quotas.Enter(caller.ClientId, row.Streams).OrThrow();
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

    private Refusal? Refuse(Caller caller, AccessRow row)
    {
        if (row.Scopes.Length > 0 && !row.Scopes.Any(caller.Scopes.Contains))
        {
            return new Refusal(ErrorReason.ScopeInsufficient, $"This call needs the scope {string.Join(" or ", row.Scopes)}. Ask the issuer for it.")
            {
                Metadata = new Dictionary<string, string> { ["scope"] = string.Join(' ', row.Scopes) },
            };
        }

        if (row.Person && !caller.IsPerson)
        {
            return new Refusal(ErrorReason.PersonRequired, "This act needs a person who signed in (authorization code), not a machine.");
        }

        return RefuseAdministration(caller, row)
            ?? (row.Changes && !tail.IsFresh
                ? new Refusal(ErrorReason.SiloNotReady, "This silo has lost touch with the ledger and changes nothing. Try again.") { RetryAfter = TimeSpan.FromSeconds(1) }
                : null);
    }

    // A suspended administration is shut out of everything but what tells it so: any call that its token speaks for it.
    private Refusal? RefuseAdministration(Caller caller, AccessRow row)
    {
        if (caller.Administration is not { } code)
        {
            return row.Administration ? Refusal.NotPermitted() : null;
        }

        return registry.Find(code) switch
        {
            null when row.Administration => Refusal.NotPermitted(),
            { IsSuspended: true } when row.Scopes.Length > 0 => new Refusal(
                ErrorReason.AdministrationSuspended, "Your administration is suspended. Ask the secretariat; nothing that you submitted is lost."),
            _ => null,
        };
    }

    private void CountBytes<TRequest>(TRequest request, ServerCallContext context)
    {
        if (context.UserState.Count > 0 && request is IMessage message && quotas.Count(context.Caller().ClientId, message.CalculateSize()) is { } refusal)
        {
            throw new HubException(refusal);
        }
    }
}
