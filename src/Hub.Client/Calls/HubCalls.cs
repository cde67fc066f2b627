using Google.Protobuf;
using Grpc.Core;

namespace Hub.Client;

/// <summary>The one way in which every call leaves: with a token, through the pipeline, its failure as a <see cref="HubException"/>.</summary>
internal sealed class HubCalls(ITokenSource tokens, CallPipeline pipeline, TimeSpan attemptDeadline, Uri address)
{
    public ITokenSource Tokens => tokens;

    public async Task<TResponse> CallAsync<TRequest, TResponse>(
        Func<TRequest, CallOptions, AsyncUnaryCall<TResponse>> rpc, TRequest request, CancellationToken cancellationToken)
        where TRequest : IMessage
    {
        try
        {
            return await pipeline.ExecuteAsync(
                SafeToRepeat.Is(request),
                token => WithTokenAsync((bearer, ct) => SendAsync(rpc, request, bearer, ct), token),
                cancellationToken).ConfigureAwait(false);
        }
        catch (HubException e)
        {
            e.RequestId = SafeToRepeat.RequestIdOf(request);
            throw;
        }
    }

    /// <summary>Sends with a token, and once more with a new one if that token was refused: a refused token has changed nothing.</summary>
    public async Task<T> WithTokenAsync<T>(Func<string, CancellationToken, Task<T>> send, CancellationToken cancellationToken)
    {
        var token = await tokens.GetTokenAsync(refused: null, cancellationToken).ConfigureAwait(false);
        try
        {
            return await send(token, cancellationToken).ConfigureAwait(false);
        }
        catch (HubException e) when (e.StatusCode == StatusCode.Unauthenticated)
        {
            var renewed = await tokens.GetTokenAsync(token, cancellationToken).ConfigureAwait(false);
            if (renewed == token) throw;
            return await send(renewed, cancellationToken).ConfigureAwait(false);
        }
    }

    public static Metadata Bearer(string token) => new() { { "authorization", $"Bearer {token}" } };

    /// <summary>What a call failed with.</summary>
    public HubException ToException(RpcException e) => ErrorMapping.ToException(e, address);

    private async Task<TResponse> SendAsync<TRequest, TResponse>(
        Func<TRequest, CallOptions, AsyncUnaryCall<TResponse>> rpc, TRequest request, string token, CancellationToken cancellationToken)
    {
        // A gRPC deadline is read against the machine's clock, whatever clock the options name.
        var deadline = TimeProvider.System.GetUtcNow().UtcDateTime + attemptDeadline;
        try
        {
            using var call = rpc(request, new CallOptions(Bearer(token), deadline, cancellationToken));
            return await call.ResponseAsync.ConfigureAwait(false);
        }
        catch (RpcException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw ToException(e);
        }
    }
}
