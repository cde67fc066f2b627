namespace Hub.Client;

/// <summary>One edition of what is published of a collection. It never changes: a later edition supersedes it, and it stays readable.</summary>
public sealed record Release
{
    /// <summary>Resource name, <c>instruments/{instrument}/periods/{period}/releases/{edition}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The collection, <c>instruments/{instrument}/periods/{period}</c>.</summary>
    public required string Collection { get; init; }

    /// <summary>The edition's number, from 1. Proposals take numbers too, so numbers may be left out.</summary>
    public required int Edition { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required ReleaseState State { get; init; }

    /// <summary>When it opened, or will; null before that is set.</summary>
    public DateTimeOffset? PublishTime { get; init; }

    /// <summary>The later edition that supersedes it; empty for none.</summary>
    public string SupersededBy { get; init; } = "";

    /// <summary>Why it was withdrawn; empty if it was not.</summary>
    public string WithdrawReason { get; init; } = "";

    /// <summary>The plan that said what is published: its name and version, for example <c>lpi@1</c>.</summary>
    public string Plan { get; init; } = "";

    /// <summary>The policy of protection: its name and version, for example <c>standard@1</c>.</summary>
    public string Policy { get; init; } = "";

    /// <summary>Number of entries of the log that it was computed from: what was recorded at or after this position is not in it.</summary>
    public long Fence { get; init; }

    /// <summary>Signed checkpoint of a tree that holds all of those entries: see <see cref="BenchmarkClient.ProveContributionAsync"/>.</summary>
    public string Checkpoint { get; init; } = "";

    /// <summary>One for each indicator and group, as far as the caller may read; none where a release is only named, and once it is withdrawn.</summary>
    public IReadOnlyList<Benchmark> Benchmarks { get; init; } = [];

    /// <summary>What has to be known beside the figures.</summary>
    public IReadOnlyList<Footnote> Footnotes { get; init; } = [];
}
