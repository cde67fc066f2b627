using System.Globalization;
using nietras.SeparatedValues;
using YamlDotNet.RepresentationModel;

namespace Hub.Privacy.Tests.Utility;

/// <summary>One collection of the samples: an indicator's real figures of one year.</summary>
internal sealed record SampleCollection(string Instrument, IndicatorFacts Facts, string Year, IReadOnlyList<Contribution> Contributions);

/// <summary>The real figures and the catalogue under `samples/`.</summary>
internal sealed record Samples(IReadOnlyList<SampleCollection> Collections, IReadOnlyList<Partition> Partitions)
{
    public static Samples Read()
    {
        var root = Path.Combine(Root(), "samples");
        string[] partitions = ["region", "income", "size"];
        string[] instruments = ["lpi", "doing-business", "wgi", "enterprise-surveys"];
        return new(
            [.. instruments.SelectMany(instrument => Facts(root, instrument).SelectMany(facts => Years(root, instrument, facts)))],
            [.. partitions.Select(name => Partition(root, name))]);
    }

    /// <summary>The repository's root: the folder above this one that holds the solution.</summary>
    public static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "Hub.sln")))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException("Hub.sln");
    }

    private static IEnumerable<SampleCollection> Years(string root, string instrument, IndicatorFacts facts)
    {
        using var reader = Sep.Reader().FromFile(Path.Combine(root, "figures", facts.Code + ".csv"));
        var rows = new List<(string Year, Contribution Contribution)>();
        foreach (var row in reader)
        {
            var value = decimal.Parse(row["value"].Span, NumberStyles.Float, CultureInfo.InvariantCulture);
            rows.Add((row["year"].ToString(), new(row["alpha2"].ToString(), 1, ContributedValue.Level(value), false)));
        }

        return rows.GroupBy(row => row.Year).OrderBy(year => year.Key, StringComparer.Ordinal)
            .Select(year => new SampleCollection(instrument, facts, year.Key, [.. year.Select(row => row.Contribution)]));
    }

    private static IEnumerable<IndicatorFacts> Facts(string root, string instrument) =>
        ((YamlSequenceNode)Yaml(root, instrument)["indicators"]).Select(node => new IndicatorFacts(
            Scalar(node, "code"), Number(node, "lower"), Number(node, "upper"), Number(node, "protection_width"),
            int.Parse(Scalar(node, "decimals_max"), CultureInfo.InvariantCulture), Enum.Parse<ValueKind>(Scalar(node, "value_kind"), true)));

    private static Partition Partition(string root, string name) => new(
        name,
        [.. ((YamlSequenceNode)Yaml(root, "groups-" + name)["groups"]).Select(group => new Group(
            Scalar(group, "code"), [.. ((YamlSequenceNode)group["members"]).Select(member => ((YamlScalarNode)member).Value!)]))]);

    private static YamlNode Yaml(string root, string name)
    {
        using var reader = File.OpenText(Path.Combine(root, "catalogue", name + ".yaml"));
        var yaml = new YamlStream();
        yaml.Load(reader);
        return yaml.Documents[0].RootNode;
    }

    private static string Scalar(YamlNode node, string key) => ((YamlScalarNode)node[key]).Value!;

    private static decimal Number(YamlNode node, string key) => decimal.Parse(Scalar(node, key), CultureInfo.InvariantCulture);
}
