namespace Hub.Privacy;

/// <summary>
/// The structural rules that a plan must meet before any value is opened: known indicators with a finite range and a positive
/// width, at most one partition for an indicator (a laminar plan: `all` and ONE partition), groups that exist, have members
/// and do not overlap, and only statistics that the policy publishes.
/// </summary>
/// <remarks>Source: privacy.md §3, first row. Overlapping plans, declared blocs and derived variations are refused.</remarks>
public static class PlanRules
{
    /// <summary>Finds everything that is wrong with a plan.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="policy">The policy; see <see cref="PolicyRules"/> for what is asked of itself.</param>
    /// <param name="indicators">The catalogue's facts; those that the plan does not name are not looked at.</param>
    /// <param name="partitions">The partitions with their groups' members; those that the plan does not name are not looked at.</param>
    /// <returns>One refusal for each mistake; empty if the plan can be published.</returns>
    public static IReadOnlyList<Refusal> Check(
        PublicationPlan plan, PrivacyPolicy policy, IReadOnlyList<IndicatorFacts> indicators, IReadOnlyList<Partition> partitions)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(policy);
        ArgumentNullException.ThrowIfNull(indicators);
        ArgumentNullException.ThrowIfNull(partitions);
        var refusals = new List<Refusal>();
        CheckPlan(plan, refusals);
        var named = plan.Indicators.SelectMany(planned => planned.Partitions).ToHashSet();
        PartitionRules.Check([.. partitions.Where(partition => named.Contains(partition.Name))], refusals);
        foreach (var repeated in Repeated(indicators.Select(facts => facts.Code)))
        {
            refusals.Add(new(RefusalRule.DuplicateIndicator, $"indicators[{repeated}]", "Give an indicator's facts once."));
        }

        foreach (var planned in plan.Indicators)
        {
            CheckIndicator(planned, policy, partitions, refusals);
            FactsRules.Check(planned.Code, indicators.FirstOrDefault(facts => facts.Code == planned.Code), refusals);
        }

        return refusals;
    }

    internal static IEnumerable<string> Repeated(IEnumerable<string> names) =>
        names.GroupBy(name => name, StringComparer.Ordinal).Where(group => group.Count() > 1).Select(group => group.Key);

    private static void CheckPlan(PublicationPlan plan, List<Refusal> refusals)
    {
        if (!Names.IsName(plan.Name) || plan.Version < 1)
        {
            refusals.Add(new(RefusalRule.InvalidName, "plan", "Name the plan and count its versions from 1."));
        }

        if (plan.Indicators.Count == 0)
        {
            refusals.Add(new(RefusalRule.NothingPlanned, "plan.indicators", "Name at least one indicator."));
        }

        if (plan.Indicators.Count > Limits.IndicatorsMax)
        {
            refusals.Add(new(RefusalRule.TooManyIndicators, "plan.indicators", $"Name at most {Limits.IndicatorsMax} indicators."));
        }

        foreach (var repeated in Repeated(plan.Indicators.Select(planned => planned.Code)))
        {
            refusals.Add(new(RefusalRule.DuplicateIndicator, $"plan.indicators[{repeated}]", "Name an indicator once."));
        }
    }

    private static void CheckIndicator(
        PlannedIndicator planned, PrivacyPolicy policy, IReadOnlyList<Partition> partitions, List<Refusal> refusals)
    {
        var field = $"plan.indicators[{planned.Code}]";
        if (planned.Partitions.Count > 1)
        {
            refusals.Add(new(RefusalRule.OverlappingPartitions, $"{field}.partitions", "Name one partition or none."));
        }

        foreach (var unknown in planned.Partitions.Where(name => partitions.All(partition => partition.Name != name)))
        {
            refusals.Add(new(RefusalRule.UnknownGroup, $"{field}.partitions[{unknown}]", "Name a partition of the catalogue."));
        }

        CheckStatistics(planned, policy, $"{field}.statistics", refusals);
    }

    private static void CheckStatistics(PlannedIndicator planned, PrivacyPolicy policy, string field, List<Refusal> refusals)
    {
        var families = planned.Statistics.Select(statistic => statistic.Family).ToArray();
        if (families.Length == 0)
        {
            refusals.Add(new(RefusalRule.NothingPlanned, field, "Name at least one statistic."));
        }

        if (families.Distinct().Count() < families.Length || !families.All(Enum.IsDefined)
            || !planned.Statistics.All(statistic => Enum.IsDefined(statistic.OfAll) && Enum.IsDefined(statistic.OfCells)))
        {
            refusals.Add(new(RefusalRule.DuplicateStatistic, field, "Name each statistic once, with known audiences."));
        }

        if (policy.Quantiles is null && families.Any(family => family != StatisticFamily.Mean))
        {
            refusals.Add(new(RefusalRule.StatisticNotInPolicy, field, "Ask for the mean alone: the policy publishes no quantiles."));
        }
    }
}
