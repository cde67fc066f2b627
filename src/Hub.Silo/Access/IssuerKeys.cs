using Microsoft.IdentityModel.Protocols;
using Microsoft.IdentityModel.Protocols.OpenIdConnect;
using Microsoft.IdentityModel.Tokens;

namespace Hub.Silo.Access;

/// <summary>
/// The issuer's signing keys: fetched when a token names an unknown one, never more often than a limit, and the last good
/// set is kept while the issuer is down. So neither an attacker nor an outage of the issuer can do harm through it.
/// </summary>
internal sealed partial class IssuerKeys(TokenOptions options, HttpClient http, TimeProvider time, ILogger<IssuerKeys> log) : IDisposable
{
    private readonly SemaphoreSlim one = new(1, 1);
    private volatile KeySet current = new([], null, null);

    /// <summary>The keys now known, after a first fetch.</summary>
    public async ValueTask<KeySet> GetAsync(CancellationToken cancellationToken)
    {
        var known = current;
        if (known.Keys.Count == 0)
        {
            return await RefreshAsync(cancellationToken);
        }

        if (time.GetElapsedTime(known.FetchedAt!.Value) > options.KeyAgeMax && MayFetch(known))
        {
            _ = RefreshAsync(CancellationToken.None);
        }

        return known;
    }

    /// <summary>Fetches again, unless the limit forbids it; either way the keys then known.</summary>
    public async Task<KeySet> RefreshAsync(CancellationToken cancellationToken)
    {
        await one.WaitAsync(cancellationToken);
        try
        {
            return MayFetch(current) ? current = await FetchAsync(cancellationToken) : current;
        }
        finally
        {
            one.Release();
        }
    }

    public void Dispose() => one.Dispose();

    private bool MayFetch(KeySet known) =>
        known.TriedAt is not { } tried || time.GetElapsedTime(tried) >= options.KeyRefreshIntervalMin;

    private async Task<KeySet> FetchAsync(CancellationToken cancellationToken)
    {
        var now = time.GetTimestamp();
        try
        {
            var address = $"{(options.Address ?? options.Issuer).TrimEnd('/')}/.well-known/openid-configuration";
            var documents = new HttpDocumentRetriever(http) { RequireHttps = !options.AllowHttp };
            var discovery = await OpenIdConnectConfigurationRetriever.GetAsync(address, documents, cancellationToken);
            if (discovery.Issuer != options.Issuer)
            {
                LogWrongIssuer(log, discovery.Issuer, options.Issuer);
                return current with { TriedAt = now };
            }

            if (discovery.SigningKeys.Count == 0)
            {
                LogNoKeys(log, options.Issuer);
                return current with { TriedAt = now };
            }

            return new KeySet([.. discovery.SigningKeys], now, now);
        }
        catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
        {
            LogFetchFailed(log, options.Issuer, e);
            return current with { TriedAt = now };
        }
    }

    /// <summary>A set of keys, when it was fetched and when a fetch was last tried (timestamps of the monotonic clock).</summary>
    internal sealed record KeySet(IReadOnlyList<SecurityKey> Keys, long? FetchedAt, long? TriedAt);

    [LoggerMessage(Level = LogLevel.Error, Message = "The discovery document states the issuer {Stated}, but {Configured} is configured. Its keys are not used.")]
    private static partial void LogWrongIssuer(ILogger logger, string stated, string configured);

    [LoggerMessage(Level = LogLevel.Error, Message = "The issuer {Issuer} publishes no key; the last good ones stay in use.")]
    private static partial void LogNoKeys(ILogger logger, string issuer);

    [LoggerMessage(Level = LogLevel.Warning, Message = "The keys of the issuer {Issuer} could not be fetched; the last good ones stay in use.")]
    private static partial void LogFetchFailed(ILogger logger, string issuer, Exception exception);
}
