namespace Hub.Silo.Ledger;

/// <summary>What the ledger bears, in one place.</summary>
internal static class Limits
{
    /// <summary>Appends that may wait for the writer; the next one is turned away at once, to be retried.</summary>
    public const int QueueLength = 4096;

    /// <summary>What the payloads of all waiting appends may take together.</summary>
    public const long QueueBytesMax = 256 * 1024 * 1024;

    /// <summary>Appends that share one transaction. Larger batches make the fsync cheaper and the wait of each caller longer.</summary>
    public const int BatchMax = 256;

    public const int EventsPerAppendMax = 64;

    public const int PayloadBytesMax = 8 * 1024 * 1024;

    /// <summary>Entries of one page of a read; a larger wish gets this many.</summary>
    public const int PageMax = 1000;

    /// <summary>Unwrapped data keys that are kept in memory.</summary>
    public const int DataKeysCachedMax = 4096;

    /// <summary>Heads of streams that the writer remembers between batches.</summary>
    public const int StreamHeadsCachedMax = 10_000;

    /// <summary>Connections that are kept open for reading; more are opened under load and closed again.</summary>
    public const int ReadersKeptMax = 16;

    /// <summary>How long one statement waits for the lock of another process.</summary>
    public static readonly TimeSpan LockWaitMax = TimeSpan.FromSeconds(5);

    /// <summary>Attempts of one batch, the first included, while the database says that it is busy.</summary>
    public const int CommitAttemptsMax = 3;

    public static readonly TimeSpan CommitRetryDelay = TimeSpan.FromMilliseconds(50);

    /// <summary>How often a tail looks at the head when nothing wakes it.</summary>
    public static readonly TimeSpan TailPollInterval = TimeSpan.FromMilliseconds(500);

    /// <summary>Age of the last look at the head from which a tail is stale.</summary>
    public static readonly TimeSpan TailFreshMax = TimeSpan.FromSeconds(2);
}
