using System.Security.Cryptography;
using System.Text;

namespace Hub.Privacy.Tests.Utility;

/// <summary>What one plan leaves to the readers of one collection.</summary>
internal sealed record Measurement(
    SampleCollection Collection, string Partition, ProtectedIndicator Indicator, IReadOnlyDictionary<int, int> StandingInCell,
    IReadOnlyDictionary<int, int> StandingInAll)
{
    public int Contributors => Collection.Contributions.Count;

    public int Planned => Indicator.Cells.Count(cell => cell.Group != Group.Other);

    public int Published => Indicator.Cells.Count(cell => cell.Figures.Count > 0);

    /// <summary>Cells without any figure, by the rule that withholds them.</summary>
    public IReadOnlyDictionary<WithheldRule, int> Withheld => Indicator.Cells
        .Where(cell => cell.Figures.Count == 0)
        .GroupBy(cell => cell.Withheld[0].Rule)
        .ToDictionary(rule => rule.Key, rule => rule.Count());

    public static Measurement Of(
        SampleCollection collection, Partition partition, decimal? width = null, IReadOnlyList<PlannedStatistic>? statistics = null)
    {
        var facts = collection.Facts with { Width = width ?? collection.Facts.Width };
        var result = Publication.Protect(new()
        {
            Instrument = collection.Instrument,
            Period = collection.Year,
            Edition = 1,
            Plan = new("utility", 1, [new(facts.Code, [partition.Name], statistics ?? PublicationPlan.DefaultStatistics)]),
            Policy = PrivacyPolicy.Standard,
            Indicators = [facts],
            Partitions = [partition],
            Contributions = new Dictionary<string, IReadOnlyList<Contribution>> { [facts.Code] = collection.Contributions },
            Memory = [],
        });
        var indicator = result.Table?.Indicators[0] ?? throw new InvalidOperationException(result.Refusals[0].ToString());
        return new(collection, partition.Name, indicator,
            Standings(collection, indicator, member => GroupOf(partition, member)), Standings(collection, indicator, _ => Group.All));
    }

    /// <summary>So many contributors, drawn by the hash of a seed: the same on every machine.</summary>
    public static SampleCollection Draw(SampleCollection collection, int contributors, string seed) => collection with
    {
        Contributions = [.. collection.Contributions
            .OrderBy(contribution => Convert.ToHexString(SHA256.HashData(
                Encoding.UTF8.GetBytes($"{seed}/{collection.Facts.Code}/{collection.Year}/{contribution.Member}"))), StringComparer.Ordinal)
            .Take(contributors)],
    };

    private static string GroupOf(Partition partition, string member) =>
        partition.Groups.FirstOrDefault(group => group.Members.Contains(member))?.Name ?? Group.Other;

    private static Dictionary<int, int> Standings(SampleCollection collection, ProtectedIndicator indicator, Func<string, string> groupOf) =>
        collection.Contributions
            .Select(contribution => Standing.Of(indicator, groupOf(contribution.Member), contribution.Value).Parts)
            .GroupBy(parts => parts)
            .ToDictionary(parts => parts.Key, parts => parts.Count());
}
