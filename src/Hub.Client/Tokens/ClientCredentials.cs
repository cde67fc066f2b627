using Microsoft.Extensions.Logging;

namespace Hub.Client;

/// <summary>
/// The token of a machine: fetched with the first call, kept, renewed before it expires. However many calls wait, the issuer is asked
/// once; who gives up waiting does not end the asking for the others.
/// </summary>
internal sealed partial class ClientCredentials(
    Func<CancellationToken, Task<IssuedToken>> request, TimeProvider time, ILogger<ClientCredentials> logger) : ITokenSource, IDisposable
{
    // Renewed in its last tenth, but at least some seconds before the end: a call must not arrive with a dead token.
    private const double UsedShare = 0.9;
    private static readonly TimeSpan MarginMin = TimeSpan.FromSeconds(10);

    private readonly object gate = new();
    private readonly CancellationTokenSource disposal = new();
    private IssuedToken? current;
    private DateTimeOffset renewAt;
    private Task<IssuedToken>? flight;

    public async ValueTask<string> GetTokenAsync(string? refused, CancellationToken cancellationToken)
    {
        Task<IssuedToken> waited;
        lock (gate)
        {
            if (current is { } token && token.Value != refused && time.GetUtcNow() < renewAt) return token.Value;
            waited = flight ??= Task.Run(RenewAsync, CancellationToken.None);
        }

        return (await waited.WaitAsync(cancellationToken).ConfigureAwait(false)).Value;
    }

    public void Dispose()
    {
        disposal.Cancel();
        disposal.Dispose();
    }

    private async Task<IssuedToken> RenewAsync()
    {
        try
        {
            var token = await request(disposal.Token).ConfigureAwait(false);
            lock (gate) (current, renewAt) = (token, time.GetUtcNow() + Usable(token.Lifetime));
            LogRenewed(logger, token.Lifetime);
            return token;
        }
        finally
        {
            lock (gate) flight = null;
        }
    }

    private static TimeSpan Usable(TimeSpan lifetime)
    {
        var usable = lifetime * UsedShare;
        return lifetime - usable < MarginMin && lifetime > 2 * MarginMin ? lifetime - MarginMin : usable;
    }

    [LoggerMessage(LogLevel.Debug, "A new access token, valid for {Lifetime}.")]
    private static partial void LogRenewed(ILogger logger, TimeSpan lifetime);
}
