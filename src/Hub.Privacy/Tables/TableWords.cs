namespace Hub.Privacy;

/// <summary>The words of the canonical form. They are a storage format: a word is added, never changed.</summary>
internal static class TableWords
{
    public const string Format = "hub-protected-table/1";

    public static IReadOnlyDictionary<ValueKind, string> Kinds { get; } = new Dictionary<ValueKind, string>
    {
        [ValueKind.Level] = "level",
        [ValueKind.Score] = "score",
        [ValueKind.Rate] = "rate",
    };

    public static IReadOnlyDictionary<StatisticFamily, string> Families { get; } = new Dictionary<StatisticFamily, string>
    {
        [StatisticFamily.Mean] = "mean",
        [StatisticFamily.Median] = "median",
        [StatisticFamily.Tertiles] = "tertiles",
        [StatisticFamily.Quartiles] = "quartiles",
        [StatisticFamily.OuterDeciles] = "outer-deciles",
    };

    public static IReadOnlyDictionary<Statistic, string> Statistics { get; } = new Dictionary<Statistic, string>
    {
        [Statistic.Mean] = "mean",
        [Statistic.P10] = "p10",
        [Statistic.LowerQuartile] = "lower-quartile",
        [Statistic.LowerTertile] = "lower-tertile",
        [Statistic.Median] = "median",
        [Statistic.UpperTertile] = "upper-tertile",
        [Statistic.UpperQuartile] = "upper-quartile",
        [Statistic.P90] = "p90",
    };

    public static IReadOnlyDictionary<Audience, string> Audiences { get; } = new Dictionary<Audience, string>
    {
        [Audience.Contributors] = "contributors",
        [Audience.Members] = "members",
        [Audience.Public] = "public",
    };

    public static IReadOnlyDictionary<LadderStep, string> Steps { get; } = new Dictionary<LadderStep, string>
    {
        [LadderStep.Full] = "full",
        [LadderStep.WithoutQuantiles] = "without-quantiles",
        [LadderStep.SmallCellsJoined] = "small-cells-joined",
        [LadderStep.NotPublished] = "not-published",
    };

    public static IReadOnlyDictionary<WithheldRule, string> Rules { get; } = new Dictionary<WithheldRule, string>
    {
        [WithheldRule.TooFewContributors] = "too-few-contributors",
        [WithheldRule.WindowsOverlap] = "windows-overlap",
        [WithheldRule.JoinedIntoOther] = "joined-into-other",
        [WithheldRule.MinimumDifference] = "minimum-difference",
        [WithheldRule.Ladder] = "ladder",
    };
}
