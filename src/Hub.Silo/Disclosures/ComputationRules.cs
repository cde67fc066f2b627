using Hub.Privacy;
using Hub.Silo.Catalogue;

namespace Hub.Silo.Disclosures;

/// <summary>
/// Contributions → aggregate → protected → audited: a pure function of what was read. Raw values and aggregates live in here and
/// nowhere else, and are gone when it returns.
/// </summary>
internal static class ComputationRules
{
    public static DisclosureEvent Compute(ComputationInput input, CancellationToken cancellationToken)
    {
        var release = input.Computation.Release;
        if (DisclosureRules.RefuseErased(input.Memory, release.Collection, ErasedAt(input)) is { } erased)
        {
            return new Refused(release.ToString(), [new Violation("parent", erased.Detail, "Leave the collection as it is.")]);
        }

        var planned = Plan(input);
        var codes = planned.Plan.Indicators.Select(i => i.Code).ToList();
        var result = Publication.Protect(new PublicationRequest
        {
            Instrument = release.Instrument,
            Period = release.Period,
            Edition = release.Number,
            Plan = planned.Plan,
            Policy = planned.Policy,
            Indicators = planned.Indicators,
            Partitions = planned.Partitions,
            Contributions = new YieldingContributions(Contributions(input, codes), cancellationToken),
            Memory = [.. input.Memory.ShownOf(release.Collection).Select(shown => ToEdition(shown, input))],
        });
        return result.IsProtected
            ? Propose(input, result, planned)
            : new Refused(release.ToString(), [.. result.Refusals.Select(DisclosureRules.ToViolation)]);
    }

    private static PlannedPublication Plan(ComputationInput input)
    {
        var (release, catalogue) = (input.Computation.Release, input.Catalogue);
        var plan = catalogue.FindPlan(release.Instrument)!;
        return PlannedPublication.Of(plan, catalogue.FindPolicy(plan.Policy)!, catalogue.FindCollection(release.Collection)!, catalogue);
    }

    // Whoever erased his contribution since the fence takes no part: his value is not there any more.
    private static Dictionary<string, IReadOnlyList<Contribution>> Contributions(ComputationInput input, IReadOnlyList<string> codes) =>
        ContributionRules.At(input.Computation.Fence, input.Computation.Release.Collection, input.Topic, codes)
            .ToDictionary(c => c.Key, IReadOnlyList<Contribution> (c) => [.. c.Value.Where(contribution => contribution.Value is not null)]);

    private static long? ErasedAt(ComputationInput input) =>
        input.Topic.LastOrDefault(e => e.Header.Kind == Administrations.SubmissionEntries.ErasedKind)?.Position;

    /// <summary>What was shown, with the contributions of then, and who has opened or erased them by now.</summary>
    private static ShownEdition ToEdition(Computation shown, ComputationInput input)
    {
        var table = ProtectedTable.Read(shown.Proposed!.Table);
        var partitions = shown.Proposed.Groups.GroupBy(g => g.Partition).Select(partition => new Partition(
            partition.Key,
            [.. partition.Select(g => new Privacy.Group(g.Code, input.Catalogue.FindGroup(g.Code, g.Version)!.Members))]));
        var codes = table.Indicators.Select(i => i.Code).ToList();
        return new ShownEdition(table, [.. partitions], ContributionRules.At(shown.Fence, shown.Release.Collection, input.Topic, codes));
    }

    private static Proposed Propose(ComputationInput input, ProtectionResult result, PlannedPublication planned) =>
        new(input.Computation.Release.ToString(), result.Table!.Write())
        {
            Fence = input.Computation.Fence,
            Checkpoint = input.Checkpoint,
            Indicators = [.. result.Table.Indicators.Select(i => ToSnapshot(input.Catalogue.FindIndicator(input.Computation.Release.Instrument, i.Code)!))],
            Groups = [.. planned.Partitions.SelectMany(p => PlannedPublication.GroupsOf(p.Name, input.Catalogue)).Select(g => new GroupSnapshot(g.Code, g.Version, g.Partition))],
            Findings = result.Findings,
            Warnings = result.Warnings,
        };

    private static IndicatorSnapshot ToSnapshot(Indicator indicator) => new(
        indicator.Code, indicator.Version, indicator.Unit, indicator.Polarity, indicator.ComparabilityNote is { } note ? [note] : []);
}
