namespace Hub.Privacy;

/// <summary>
/// The record of what was shown must be whole, or nothing more is shown: every contribution of an earlier edition of the period
/// with its value, one value for each (member, version), the partition of then, and the same partition as now. An
/// erased value closes the collection to further editions (privacy.md §5, "an erased value is never used").
/// </summary>
internal static class MemoryRules
{
    public static void Check(PublicationRequest request, List<Refusal> refusals)
    {
        foreach (var edition in Of(request))
        {
            foreach (var shown in edition.Table.Indicators.Where(shown => shown.Cells.Any(cell => cell.Figures.Count > 0)))
            {
                CheckIndicator(request, edition, shown, refusals);
            }
        }
    }

    /// <summary>The editions of the request's instrument and period.</summary>
    public static IEnumerable<ShownEdition> Of(PublicationRequest request) => request.Memory
        .Where(edition => edition.Table.Instrument == request.Instrument && edition.Table.Period == request.Period);

    /// <summary>The contributions of an indicator in an edition.</summary>
    public static IReadOnlyList<Contribution> Of(ShownEdition edition, string code) =>
        edition.Contributions.TryGetValue(code, out var contributions) ? contributions : [];

    private static void CheckIndicator(
        PublicationRequest request, ShownEdition edition, ProtectedIndicator shown, List<Refusal> refusals)
    {
        var planned = request.Plan.Indicators.FirstOrDefault(indicator => indicator.Code == shown.Code);
        if (planned is null)
        {
            return;
        }

        var field = $"memory[{edition.Table.Edition}].contributions[{shown.Code}]";
        var contributions = Of(edition, shown.Code);
        if (contributions.Any(contribution => contribution.Value is null))
        {
            refusals.Add(new(RefusalRule.ErasedContribution, field, "Close the collection: a value that was shown is erased."));
        }

        if (planned.Partitions.Count == 1 && shown.Partition is { } before && planned.Partitions[0] != before)
        {
            refusals.Add(new(RefusalRule.OverlappingPartitions, $"plan.indicators[{shown.Code}].partitions",
                "Name the partition of the earlier edition or none."));
        }

        if (!FitsTogether(request, edition, shown, contributions))
        {
            refusals.Add(new(RefusalRule.MemoryContradiction, field,
                "Give the groups and every contribution of the edition, with one value for each version."));
        }
    }

    private static bool FitsTogether(
        PublicationRequest request, ShownEdition edition, ProtectedIndicator shown, IReadOnlyList<Contribution> contributions)
    {
        var groups = edition.Partitions.FirstOrDefault(partition => partition.Name == shown.Partition)?.Groups ?? [];
        var named = shown.Cells.Where(cell => cell.Figures.Count > 0)
            .SelectMany(cell => cell.Joined.Append(cell.Group))
            .Where(name => name is not (Group.All or Group.Other));
        var values = Of(request).SelectMany(other => Of(other, shown.Code))
            .Concat(request.Contributions.TryGetValue(shown.Code, out var current) ? current : []);
        return named.All(name => groups.Any(group => group.Name == name))
            && contributions.Count > 0
            && !PlanRules.Repeated(contributions.Select(contribution => contribution.Member)).Any()
            && values.GroupBy(value => (value.Member, value.Version)).All(same => same.Select(value => value.Value).Distinct().Count() == 1);
    }
}
