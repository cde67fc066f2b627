namespace Hub.Privacy;

/// <summary>What was decided for one indicator, before any figure is computed.</summary>
internal sealed record Descent(LadderStep Step, IReadOnlyList<Cell> Cells, IReadOnlyList<Finding> Findings)
{
    /// <summary>Why a figure of this kind is withheld in a cell of n contributors; null if it is published.</summary>
    public WithheldRule? Withheld(PrivacyPolicy policy, StatisticFamily family, int n) =>
        Ladder.Withheld(policy, Step, family, n) is { } rule ? (rule == WithheldRule.Ladder ? Announced : rule) : null;

    /// <summary>The rule that is named for what the ladder took away: structure, if it was structure alone.</summary>
    public WithheldRule Announced => Findings.All(finding => finding.Rule != FindingRule.AuditOnValues)
        ? WithheldRule.MinimumDifference
        : WithheldRule.Ladder;
}

/// <summary>
/// The ladder of a laminar plan: full → without quantiles → small cells joined into `other` → not at all. A finding that depends
/// on values takes the whole indicator one step down, never a single cell, and the step is announced with the table: it tells at
/// most two bits for each indicator and edition, and the promise is conditional on it.
/// </summary>
/// <remarks>Source: privacy.md §2.2, §5.5.</remarks>
internal static class Ladder
{
    private static readonly LadderStep[] Steps = [LadderStep.Full, LadderStep.WithoutQuantiles, LadderStep.SmallCellsJoined];

    public static Descent Descend(IndicatorRequest request, Controls controls)
    {
        var findings = new List<Finding>();
        foreach (var step in Steps)
        {
            var cells = CellRules.Form(request.Entries, request.Partition, ContributorsMin(request.Policy, step));
            if (Reject(request, cells, step, controls) is not { } rule)
            {
                return new(step, cells, findings);
            }

            findings.Add(new(request.Measure.Code, step, rule));
        }

        return new(LadderStep.NotPublished, CellRules.Form(request.Entries, request.Partition, request.Policy.ContributorsMin), findings);
    }

    /// <summary>Whether the plan's figure of this kind is published at a step, and if not, why.</summary>
    public static WithheldRule? Withheld(PrivacyPolicy policy, LadderStep step, StatisticFamily family, int n)
    {
        var structural = Thresholds.Withheld(policy, family, n);
        var taken = step == LadderStep.NotPublished || (step != LadderStep.Full && family != StatisticFamily.Mean);
        return taken ? structural ?? WithheldRule.Ladder : structural;
    }

    private static int ContributorsMin(PrivacyPolicy policy, LadderStep step) =>
        step == LadderStep.SmallCellsJoined ? policy.JoinedContributorsMin : policy.ContributorsMin;

    private static FindingRule? Reject(IndicatorRequest request, IReadOnlyList<Cell> cells, LadderStep step, Controls controls)
    {
        var published = cells.Where(cell => request.Families.Any(family =>
            Withheld(request.Policy, step, family, cell.Entries.Count) is null)).ToArray();
        var sets = published.Select(cell => Shown(request, cell, step)).ToArray();
        if (sets.Length == 0)
        {
            return null;
        }

        var editions = controls.Remembered ? request.Editions : [];
        return DifferenceRules.Check(published, [.. editions.Select(edition => edition.Cells)], request.Policy) is { } rule ? rule
            : controls.Audited && !ReleaseAudit.IsSafe(
                [.. editions.SelectMany(edition => edition.Sets), .. sets], request.Measure, request.Policy.Coalition)
            ? FindingRule.AuditOnValues
            : null;
    }

    private static ShownSet Shown(IndicatorRequest request, Cell cell, LadderStep step)
    {
        var shown = request.Families.Where(family => Withheld(request.Policy, step, family, cell.Entries.Count) is null);
        return new(cell.Entries, shown.Any(family => family != StatisticFamily.Mean));
    }
}
