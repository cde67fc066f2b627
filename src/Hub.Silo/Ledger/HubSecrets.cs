namespace Hub.Silo.Ledger;

/// <summary>The Hub's own secret, from which request keys and pseudonyms are made. Wrapped in <c>keys.db</c>, made at the first start.</summary>
internal sealed class HubSecrets(KeyStore keys)
{
    public const string RequestKeys = "request-keys";

    public byte[] RequestKeySecret { get; } = keys.Secret(RequestKeys);
}
