using System.Globalization;
using System.Text.RegularExpressions;
using Hub.Silo.Disclosures;

namespace Hub.Silo.Benchmarks;

/// <summary>Which edition is asked for.</summary>
/// <param name="Number">Null: the latest that is published and was not withdrawn.</param>
internal readonly partial record struct EditionName(string Collection, int? Number)
{
    private const string Latest = "latest";

    /// <summary>Reads {collection}/releases/{number}, or …/latest; null if it is no such name.</summary>
    public static EditionName? Parse(string name)
    {
        if (ReleaseName.Parse(name) is { } release)
        {
            return new EditionName(release.Collection, release.Number);
        }

        return LatestForm().Match(name) is { Success: true } match ? new EditionName(match.Groups[1].Value, null) : null;
    }

    [GeneratedRegex($@"\A(instruments/[^/]+/periods/[^/]+)/releases/{Latest}\z")]
    private static partial Regex LatestForm();
}

/// <summary>The figures of one indicator in one group, in an edition.</summary>
/// <param name="GroupVersion">Null: the version of the edition.</param>
internal readonly partial record struct BenchmarkName(EditionName Edition, string Indicator, string Group, int? GroupVersion)
{
    public static BenchmarkName? Parse(string name)
    {
        if (Form().Match(name) is not { Success: true } match || EditionName.Parse(match.Groups[1].Value) is not { } edition)
        {
            return null;
        }

        int? version = match.Groups[4].Success ? int.Parse(match.Groups[4].Value, CultureInfo.InvariantCulture) : null;
        return new BenchmarkName(edition, match.Groups[2].Value, match.Groups[3].Value, version);
    }

    [GeneratedRegex(@"\A(.+)/indicators/([^/]+)/groups/([^/@]+)(?:@([1-9][0-9]{0,8}))?\z")]
    private static partial Regex Form();
}
