namespace Hub.Silo.Releases;

/// <summary>The limits of this slice.</summary>
internal static class Limits
{
    public const int CommentCharsMax = 500;
    public const int ReasonCharsMax = 500;

    /// <summary>A release is scheduled at most so far ahead.</summary>
    public static readonly TimeSpan PublishAheadMax = TimeSpan.FromDays(366);

    /// <summary>By so much this silo's clock may lie behind the ledger's last entry and still open an embargo.</summary>
    public static readonly TimeSpan ClockDoubtMax = TimeSpan.FromSeconds(1);

    /// <summary>How often a watcher looks again while an opening is due that this silo may not do yet.</summary>
    public static readonly TimeSpan OpeningRetry = TimeSpan.FromMilliseconds(250);

    /// <summary>How long a watcher waits without looking.</summary>
    public static readonly TimeSpan WatchWaitMax = TimeSpan.FromMinutes(1);
}
