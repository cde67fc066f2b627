namespace Hub.Silo.Access;

/// <summary>The limits of this slice.</summary>
internal static class Limits
{
    public const int TokenCharsMax = 16 * 1024;
    public const int RememberedTokensMax = 10_000;

    /// <summary>Most time for one answer of the issuer, and most bytes of it.</summary>
    public static readonly TimeSpan IssuerPatience = TimeSpan.FromSeconds(5);
    public const int IssuerBytesMax = 1024 * 1024;

    /// <summary>Calls under way per caller.</summary>
    public const int CallsInFlightMax = 128;

    /// <summary>Open streams per caller.</summary>
    public const int StreamsMax = 8;

    /// <summary>Bytes of requests that a caller may send at once; as many again each <see cref="BytesPeriod"/>.</summary>
    public const int BytesMax = 64 * 1024 * 1024;

    public static readonly TimeSpan BytesPeriod = TimeSpan.FromSeconds(10);

    /// <summary>When a caller over its quota may try again.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);
}
