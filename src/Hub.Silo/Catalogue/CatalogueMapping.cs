using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf.WellKnownTypes;

namespace Hub.Silo.Catalogue;

/// <summary>Domain to proto, and resource names to their parts; nothing is decided here but what a name is.</summary>
internal static partial class CatalogueMapping
{
    /// <summary>Stands for all instruments in the parent of a list.</summary>
    public const string AnyInstrument = "-";

    /// <summary>The code in `instruments/{code}`; null if the name is of another form.</summary>
    public static string? ParseInstrument(string name) => InstrumentName().Match(name) is { Success: true } match ? match.Groups[1].Value : null;

    public static (string Instrument, string Code)? ParseIndicator(string name) =>
        IndicatorName().Match(name) is { Success: true } match ? (match.Groups[1].Value, match.Groups[2].Value) : null;

    /// <summary>The code and, if it is named, the version in `groups/{code}@{version}`.</summary>
    public static (string Code, int? Version)? ParseGroup(string name)
    {
        if (GroupName().Match(name) is not { Success: true } match)
        {
            return null;
        }

        return match.Groups[2].Success ? (match.Groups[1].Value, int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)) : (match.Groups[1].Value, null);
    }

    public static V1.Instrument ToProto(Instrument instrument) => new()
    {
        Name = instrument.Name,
        Title = ToProto(instrument.Title),
        Publisher = instrument.Publisher,
        Licence = instrument.Licence,
        Version = instrument.Version,
    };

    public static V1.Indicator ToProto(Indicator indicator) => new()
    {
        Name = indicator.Name,
        Title = ToProto(indicator.Title),
        Definition = ToProto(indicator.Definition),
        ComparabilityNote = indicator.ComparabilityNote is { } note ? ToProto(note) : null,
        Version = indicator.Version,
        Unit = indicator.Unit,
        Lower = ToProto(indicator.Lower),
        Upper = ToProto(indicator.Upper),
        ProtectionWidth = ToProto(indicator.ProtectionWidth),
        ProtectionWidthReason = indicator.ProtectionWidthReason,
        DecimalsMax = indicator.DecimalsMax,
        Polarity = (V1.Polarity)indicator.Polarity,
        Directness = (V1.Directness)(indicator.Directness ?? 0),
        ArushaFactor = indicator.ArushaFactor ?? "",
        PmmDimension = indicator.PmmDimension ?? "",
        PmmExpectedOutcome = indicator.PmmExpectedOutcome ?? "",
        ValueKind = (V1.ValueKind)indicator.ValueKind,
        DerivedFrom = indicator.DerivedFrom is { } level ? Indicator.NameOf(indicator.Instrument, level) : "",
    };

    public static V1.Group ToProto(Group group) => new()
    {
        Name = group.Name,
        Title = ToProto(group.Title),
        Partition = group.Partition,
        Members = { group.Members.Select(code => $"administrations/{code}") },
    };

    public static V1.Collection ToProto(Collection collection, DateTimeOffset now, OwnSubmissions own) => new()
    {
        Name = collection.Name,
        Indicators = { collection.Indicators.Select(i => i.Name) },
        OpenTime = collection.OpensAt.ToTimestamp(),
        CloseTime = collection.ClosesAt.ToTimestamp(),
        TimeZone = collection.Zone,
        State = (V1.CollectionState)collection.StateAt(now),
        CloseReason = collection.CloseReason ?? "",
        OwnStatus = own.StatusIn(collection.Name),
        OwnSubmission = own.LiveIn(collection.Name),
    };

    private static V1.LocalizedText ToProto(LocalizedText text) => new() { Texts = { text.Texts.ToDictionary() } };

    private static Google.Type.Decimal ToProto(ExactDecimal value) => new() { Value = value.Text };

    [GeneratedRegex(@"\Ainstruments/([^/]+)\z")]
    private static partial Regex InstrumentName();

    [GeneratedRegex(@"\Ainstruments/([^/]+)/indicators/([^/]+)\z")]
    private static partial Regex IndicatorName();

    [GeneratedRegex(@"\Agroups/([^/@]+)(?:@([1-9][0-9]{0,8}))?\z")]
    private static partial Regex GroupName();
}
