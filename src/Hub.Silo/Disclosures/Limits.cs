namespace Hub.Silo.Disclosures;

/// <summary>The limits of this slice.</summary>
internal static class Limits
{
    /// <summary>Computations of one instrument that may be unfinished; whoever wants one more waits.</summary>
    public const int UnfinishedMax = 16;

    /// <summary>Computations that may wait for this silo's thread.</summary>
    public const int QueueLength = 1024;

    /// <summary>Attempts of one computation while the ledger does not answer; a start or the next call resumes it after that.</summary>
    public const int AttemptsMax = 8;

    public const int CommentCharsMax = 500;

    public const int EntriesPerRead = 500;

    /// <summary>The pause before the second attempt; doubled for each further one.</summary>
    public static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(500);

    /// <summary>When a caller may ask again for a computation that was turned away.</summary>
    public static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(10);
}
