using System.Globalization;
using System.Text.RegularExpressions;

namespace Hub.Silo.Disclosures;

/// <summary>The name of a release: one edition of one collection.</summary>
[GenerateSerializer, Immutable, Alias("hub.release-name")]
internal readonly partial record struct ReleaseName(string Instrument, string Period, int Number)
{
    /// <summary>The collection's resource name.</summary>
    public string Collection => $"instruments/{Instrument}/periods/{Period}";

    /// <summary>What its stream and its grain are named by.</summary>
    public string Key => $"{Instrument}/{Period}/{Number}";

    /// <summary>Reads a resource name; null if it is none of a release.</summary>
    public static ReleaseName? Parse(string name) =>
        Form().Match(name) is { Success: true } match && int.TryParse(match.Groups[3].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new ReleaseName(match.Groups[1].Value, match.Groups[2].Value, number)
            : null;

    public static ReleaseName Of(string collection, int number) => Parse($"{collection}/releases/{number}")!.Value;

    public static ReleaseName OfKey(string key) => key.Split('/') is [var instrument, var period, var number]
        ? Parse($"instruments/{instrument}/periods/{period}/releases/{number}")!.Value
        : throw new FormatException("This is no key of a release.");

    public override string ToString() => $"{Collection}/releases/{Number}";

    [GeneratedRegex(@"\Ainstruments/([^/]+)/periods/([^/]+)/releases/([1-9][0-9]{0,8})\z")]
    private static partial Regex Form();
}
