namespace Hub.Client;

/// <summary>Something happened to a release.</summary>
/// <param name="Event">What.</param>
/// <param name="Release">To which, without its benchmarks.</param>
/// <param name="Time">When.</param>
/// <param name="Position">Keep it, and give it to <see cref="BenchmarkClient.WatchAsync"/> to go on after this change. Opaque.</param>
public sealed record ReleaseChange(ReleaseEvent Event, Release Release, DateTimeOffset? Time, string Position);

/// <summary>What happens to a release where members see it.</summary>
public enum ReleaseEvent
{
    /// <summary>Newer than this version of the SDK.</summary>
    Unspecified = 0,

    /// <summary>It opened. An earlier edition of its collection is superseded by it.</summary>
    Published = 1,

    /// <summary>It was taken back.</summary>
    Withdrawn = 2,
}

/// <summary>A release as a table for spreadsheets and statistical packages.</summary>
/// <param name="FileName">A name for the file.</param>
/// <param name="Csv">RFC 4180, with SDMX codes of status and confidentiality.</param>
public sealed record ReleaseExport(string FileName, string Csv);
