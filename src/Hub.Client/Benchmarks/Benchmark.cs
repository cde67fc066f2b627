namespace Hub.Client;

/// <summary>The protected figures of one indicator in one group of administrations, in one edition.</summary>
public sealed record Benchmark
{
    /// <summary>Resource name, <c>{release}/indicators/{code}/groups/{group}</c>.</summary>
    public required string Name { get; init; }

    /// <summary><c>instruments/{instrument}/indicators/{code}</c></summary>
    public required string Indicator { get; init; }

    /// <summary>Version of the indicator's definition that the figures follow.</summary>
    public required int IndicatorVersion { get; init; }

    /// <summary>Unit of all figures, and of the rounding bases.</summary>
    public required string Unit { get; init; }

    /// <summary>
    /// <c>groups/{group}@{version}</c>; <c>groups/all</c> is everybody who contributed, <c>groups/other</c> those of groups that are too
    /// small for figures of their own, and those without a group.
    /// </summary>
    public required string Group { get; init; }

    /// <summary>Of <c>groups/other</c>: the groups that were joined into it.</summary>
    public IReadOnlyList<string> JoinedGroups { get; init; } = [];

    /// <summary>How many contributed, as a band, for members; null for others, and where nothing of the group is published.</summary>
    public ContributorBand? Contributors { get; init; }

    /// <summary>One for each statistic of the plan, published or withheld, always in the same order.</summary>
    public required IReadOnlyList<ProtectedFigure> Figures { get; init; }

    /// <summary>How much of the indicator could be shown: one step for the whole indicator.</summary>
    public required LadderStep LadderStep { get; init; }

    /// <summary>Least legal value, in the unit.</summary>
    public required decimal Lower { get; init; }

    /// <summary>Greatest legal value, in the unit.</summary>
    public required decimal Upper { get; init; }

    /// <summary>Nobody can narrow another administration's value down to less than this, in the unit.</summary>
    public required decimal ProtectionWidth { get; init; }

    /// <summary>Which direction is better, if either.</summary>
    public required Polarity Polarity { get; init; }

    /// <summary>What a reader must know before comparing: survey years, breaks in the series, changed definitions.</summary>
    public IReadOnlyList<LocalizedText> ComparabilityNotes { get; init; } = [];

    /// <summary>The figure of a statistic, published or withheld; null if the plan has none.</summary>
    /// <param name="statistic">What is told.</param>
    public ProtectedFigure? Find(Statistic statistic) => Figures.FirstOrDefault(figure => figure.Statistic == statistic);
}

/// <summary>A band of numbers of contributors.</summary>
/// <param name="Min">At least so many.</param>
/// <param name="Max">At most so many; null for no upper end.</param>
public sealed record ContributorBand(int Min, int? Max)
{
    /// <summary>For example <c>10-14</c> or <c>100+</c>.</summary>
    public override string ToString() => Max is { } max ? $"{Min}-{max}" : $"{Min}+";
}

/// <summary>One benchmark, and the edition that it is of.</summary>
/// <param name="Benchmark">What the caller may read of it.</param>
/// <param name="Release">The edition, without benchmarks: state, times and footnotes.</param>
public sealed record PublishedBenchmark(Benchmark Benchmark, Release Release);
