using System.Text.Json.Serialization;
using Hub.Privacy;

namespace Hub.Silo.Catalogue;

/// <summary>What is published of an instrument, for whom, and by which policy: fixed with the calendar, before any value is opened.</summary>
internal sealed record Plan(string Instrument, string Policy, IReadOnlyList<PlanIndicator> Indicators)
{
    /// <summary>From 1; set by the fold, never part of a file or an entry.</summary>
    [JsonIgnore]
    public int Version { get; init; }
}

/// <summary>What is published of one indicator.</summary>
/// <param name="Partitions">The groups beside `all`: of one partition, or none.</param>
/// <param name="Statistics">Empty for the default: means for members, that of `all` public; quantiles for contributors.</param>
internal sealed record PlanIndicator(string Code, IReadOnlyList<string> Partitions, IReadOnlyList<PlanStatistic> Statistics)
{
    public PlannedIndicator ToPrivacy() => new(
        Code, Partitions, Statistics.Count == 0 ? PublicationPlan.DefaultStatistics : [.. Statistics.Select(s => s.ToPrivacy())]);
}

/// <summary>A kind of figure and who may read it.</summary>
internal sealed record PlanStatistic(PlanFigure Figure, PlanAudience OfAll, PlanAudience OfGroups)
{
    public PlannedStatistic ToPrivacy() => new((StatisticFamily)Figure, (Audience)OfAll, (Audience)OfGroups);
}

/// <summary>Kinds of figures. Numbers are those of <see cref="StatisticFamily"/>.</summary>
internal enum PlanFigure
{
    [JsonStringEnumMemberName("mean")]
    Mean = StatisticFamily.Mean,
    [JsonStringEnumMemberName("median")]
    Median = StatisticFamily.Median,
    [JsonStringEnumMemberName("tertiles")]
    Tertiles = StatisticFamily.Tertiles,
    [JsonStringEnumMemberName("quartiles")]
    Quartiles = StatisticFamily.Quartiles,
    [JsonStringEnumMemberName("outer-deciles")]
    OuterDeciles = StatisticFamily.OuterDeciles,
}

/// <summary>Audiences. Numbers are those of <see cref="Audience"/>.</summary>
internal enum PlanAudience
{
    [JsonStringEnumMemberName("contributors")]
    Contributors = Audience.Contributors,
    [JsonStringEnumMemberName("members")]
    Members = Audience.Members,
    [JsonStringEnumMemberName("public")]
    Public = Audience.Public,
}
