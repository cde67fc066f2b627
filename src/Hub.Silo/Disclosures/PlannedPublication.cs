using Hub.Privacy;
using Hub.Silo.Catalogue;
using Group = Hub.Silo.Catalogue.Group;
using ValueKind = Hub.Silo.Catalogue.ValueKind;

namespace Hub.Silo.Disclosures;

/// <summary>What a collection's publication is planned from, as Hub.Privacy takes it: all of it is fixed before any value is opened.</summary>
internal sealed record PlannedPublication(
    PublicationPlan Plan, PrivacyPolicy Policy, IReadOnlyList<IndicatorFacts> Indicators, IReadOnlyList<Partition> Partitions)
{
    public static PlannedPublication Of(Plan plan, Policy policy, Collection collection, CatalogueState catalogue)
    {
        // What the plan names of the instrument and this collection does not collect is no part of this publication.
        var collected = plan.Indicators.Where(planned =>
            collection.Indicators.Any(i => i.Code == planned.Code) || catalogue.FindIndicator(plan.Instrument, planned.Code) is null);
        var indicators = collected.ToList();
        return new PlannedPublication(
            new PublicationPlan(plan.Instrument, plan.Version, [.. indicators.Select(i => i.ToPrivacy())]),
            policy.ToPrivacy(),
            [.. collection.Indicators.Select(ToFacts)],
            [.. indicators.SelectMany(i => i.Partitions).Distinct().Select(name => ToPartition(name, catalogue)).OfType<Partition>()]);
    }

    /// <summary>The groups of the partitions, each in the version in force.</summary>
    public static IEnumerable<Group> GroupsOf(string partition, CatalogueState catalogue) =>
        catalogue.Groups.Values.Select(versions => versions[^1]).Where(group => group.Partition == partition && group.Code != Group.All);

    private static Partition? ToPartition(string name, CatalogueState catalogue)
    {
        var groups = GroupsOf(name, catalogue).Select(group => new Privacy.Group(group.Code, group.Members)).ToList();
        return groups.Count == 0 ? null : new Partition(name, groups);
    }

    private static IndicatorFacts ToFacts(Indicator indicator) => new(
        indicator.Code, indicator.Lower.Value, indicator.Upper.Value, indicator.ProtectionWidth.Value, indicator.DecimalsMax,
        indicator.ValueKind switch
        {
            ValueKind.Level => Privacy.ValueKind.Level,
            ValueKind.Score => Privacy.ValueKind.Score,
            ValueKind.Rate => Privacy.ValueKind.Rate,
            _ => Privacy.ValueKind.Variation,
        });
}
