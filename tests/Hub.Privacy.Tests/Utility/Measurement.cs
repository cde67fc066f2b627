using System.Security.Cryptography;
using System.Text;

namespace Hub.Privacy.Tests.Utility;

/// <summary>What one plan leaves to the contributors of one collection.</summary>
internal sealed record Measurement(ProtectedIndicator Indicator, IReadOnlyList<Standing> Standings)
{
    public int Planned => Indicator.Cells.Count(cell => cell.Group is not (Group.All or Group.Other));

    public int Published => Indicator.Cells.Count(cell => cell.Group is not (Group.All or Group.Other) && cell.Figures.Count > 0);

    /// <summary>The planned groups without a cell of their own, by the rule that withholds them.</summary>
    public int Withheld(WithheldRule rule) => Indicator.Cells.Count(cell => cell.Figures.Count == 0 && cell.Withheld[0].Rule == rule);

    /// <summary>How many members see themselves in so many parts; 0 parts: in none.</summary>
    public int Members(int parts) => Standings.Count(standing => standing.Parts == parts);

    public static Measurement Of(SampleCollection collection, Partition? partition, decimal widthFactor = 1m)
    {
        var facts = collection.Facts with { Width = collection.Facts.Width * widthFactor };
        var result = Publication.Protect(new()
        {
            Instrument = collection.Instrument,
            Period = collection.Year,
            Edition = 1,
            Plan = new("utility", 1, [new(facts.Code, partition is null ? [] : [partition.Name], PublicationPlan.DefaultStatistics)]),
            Policy = PrivacyPolicy.Standard,
            Indicators = [facts],
            Partitions = partition is null ? [] : [partition],
            Contributions = new Dictionary<string, IReadOnlyList<Contribution>> { [facts.Code] = collection.Contributions },
            Memory = [],
        });
        var indicator = result.Table?.Indicators[0] ?? throw new InvalidOperationException(result.Refusals[0].ToString());
        return new(indicator, [.. collection.Contributions.Select(contribution =>
            Standing.Of(indicator, GroupOf(partition, contribution.Member), contribution.Value))]);
    }

    /// <summary>So many contributors, drawn by the hash of a seed: the same on every machine.</summary>
    public static SampleCollection Draw(SampleCollection collection, int contributors, string seed) => collection with
    {
        Contributions = [.. collection.Contributions
            .OrderBy(contribution => Convert.ToHexString(SHA256.HashData(
                Encoding.UTF8.GetBytes($"{seed}/{collection.Facts.Code}/{collection.Year}/{contribution.Member}"))), StringComparer.Ordinal)
            .Take(contributors)],
    };

    private static string GroupOf(Partition? partition, string member) => partition is null
        ? Group.All
        : partition.Groups.FirstOrDefault(group => group.Members.Contains(member))?.Name ?? Group.Other;
}
