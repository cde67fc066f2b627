namespace Hub.Privacy;

/// <summary>A kind of figure that a plan may ask for.</summary>
public enum StatisticFamily
{
    /// <summary>The mean; of a rate the pooled ratio Σa/Σb.</summary>
    Mean,

    /// <summary>The smoothed median.</summary>
    Median,

    /// <summary>Both smoothed tertiles.</summary>
    Tertiles,

    /// <summary>The lower and the upper smoothed quartile.</summary>
    Quartiles,

    /// <summary>The smoothed P10 and P90.</summary>
    OuterDeciles,
}

/// <summary>Who may read a figure. Carried through the table for the caller; it changes nothing in the protection, which
/// always assumes that the attacker sees everything.</summary>
public enum Audience
{
    /// <summary>Those who contributed to that indicator and period.</summary>
    Contributors,

    /// <summary>All member administrations.</summary>
    Members,

    /// <summary>Everybody.</summary>
    Public,
}

/// <summary>One wanted kind of figure and who may read it.</summary>
/// <param name="Family">The kind of figure.</param>
/// <param name="OfAll">Who may read it of the set of all contributors.</param>
/// <param name="OfCells">Who may read it of the partition's cells.</param>
public sealed record PlannedStatistic(StatisticFamily Family, Audience OfAll, Audience OfCells);

/// <summary>What is to be published of one indicator.</summary>
/// <param name="Code">The indicator.</param>
/// <param name="Partitions">No partition (the set `all` alone) or exactly one; more overlap and are refused.</param>
/// <param name="Statistics">The kinds of figures wanted, each once.</param>
public sealed record PlannedIndicator(
    string Code, IReadOnlyList<string> Partitions, IReadOnlyList<PlannedStatistic> Statistics);

/// <summary>What is published, fixed with the calendar before any value is opened: the main control (privacy.md §2.1).</summary>
/// <param name="Name">The plan's name.</param>
/// <param name="Version">The plan's version in the catalogue.</param>
/// <param name="Indicators">The indicators, each once.</param>
public sealed record PublicationPlan(string Name, int Version, IReadOnlyList<PlannedIndicator> Indicators)
{
    /// <summary>The default statistics: means for members (of `all`: public), quantiles for contributors.</summary>
    public static IReadOnlyList<PlannedStatistic> DefaultStatistics { get; } =
    [
        new(StatisticFamily.Mean, Audience.Public, Audience.Members),
        new(StatisticFamily.Median, Audience.Contributors, Audience.Contributors),
        new(StatisticFamily.Tertiles, Audience.Contributors, Audience.Contributors),
        new(StatisticFamily.Quartiles, Audience.Contributors, Audience.Contributors),
        new(StatisticFamily.OuterDeciles, Audience.Contributors, Audience.Contributors),
    ];
}
