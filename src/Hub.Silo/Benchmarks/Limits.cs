namespace Hub.Silo.Benchmarks;

/// <summary>The limits of this slice.</summary>
internal static class Limits
{
    public const int EntriesPerRead = 500;

    /// <summary>Whole releases and exports that are kept ready for each edition; one for partners, one for all who contributed everything, and so on.</summary>
    public const int PreparedMax = 32;

    /// <summary>A watcher is let go after this time, so that no stream outlives the longest token by much; he takes it up again.</summary>
    public static readonly TimeSpan WatchMax = TimeSpan.FromMinutes(10);
}
