using System.Collections.ObjectModel;

namespace Hub.Client;

/// <summary>The catalogue from the contract to the SDK's own types.</summary>
internal static class CatalogueMapping
{
    public static Instrument ToInstrument(V1.Instrument sent) => new(sent.Name, ToText(sent.Title), sent.Publisher, sent.Licence, sent.Version);

    public static Group ToGroup(V1.Group sent) => new(sent.Name, ToText(sent.Title), sent.Partition, [.. sent.Members]);

    public static Indicator ToIndicator(V1.Indicator sent) => new()
    {
        Name = sent.Name,
        Title = ToText(sent.Title),
        Definition = ToText(sent.Definition),
        Version = sent.Version,
        Unit = sent.Unit,
        Lower = sent.Lower?.Value ?? "",
        Upper = sent.Upper?.Value ?? "",
        ProtectionWidth = sent.ProtectionWidth?.Value ?? "",
        ProtectionWidthReason = sent.ProtectionWidthReason,
        DecimalsMax = sent.DecimalsMax,
        Polarity = (Polarity)sent.Polarity,
        Directness = (Directness)sent.Directness,
        ValueKind = (ValueKind)sent.ValueKind,
        ArushaFactor = sent.ArushaFactor,
        PmmDimension = sent.PmmDimension,
        PmmExpectedOutcome = sent.PmmExpectedOutcome,
        DerivedFrom = sent.DerivedFrom,
        ComparabilityNote = ToText(sent.ComparabilityNote),
    };

    public static Collection ToCollection(V1.Collection sent) => new()
    {
        Name = sent.Name,
        Indicators = [.. sent.Indicators],
        OpenTime = sent.OpenTime?.ToDateTimeOffset(),
        CloseTime = sent.CloseTime?.ToDateTimeOffset(),
        TimeZone = sent.TimeZone,
        State = (CollectionState)sent.State,
        CloseReason = sent.CloseReason,
        OwnStatus = (OwnStatus)sent.OwnStatus,
        OwnSubmission = sent.OwnSubmission,
    };

    public static LocalizedText ToText(V1.LocalizedText? sent) =>
        new(new ReadOnlyDictionary<string, string>(new Dictionary<string, string>(sent?.Texts ?? new(), StringComparer.OrdinalIgnoreCase)));
}
