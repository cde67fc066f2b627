namespace Hub.Client;

/// <summary>What is measured. Decimals are text, exactly as the catalogue states them.</summary>
public sealed record Indicator
{
    /// <summary>Resource name, <c>instruments/{instrument}/indicators/{code}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Name as its publisher gives it.</summary>
    public required LocalizedText Title { get; init; }

    /// <summary>Definition as its publisher gives it.</summary>
    public required LocalizedText Definition { get; init; }

    /// <summary>Version in force, from 1. A changed definition or range is another version.</summary>
    public required int Version { get; init; }

    /// <summary>Unit of the value, for example <c>hours</c>.</summary>
    public required string Unit { get; init; }

    /// <summary>Least legal value, in the unit; 0 for a rate.</summary>
    public required string Lower { get; init; }

    /// <summary>Greatest legal value, in the unit; 1 for a rate.</summary>
    public required string Upper { get; init; }

    /// <summary>The privacy promise: nobody can narrow another's value down to less than this width, in the unit.</summary>
    public required string ProtectionWidth { get; init; }

    /// <summary>Why the width is what it is.</summary>
    public required string ProtectionWidthReason { get; init; }

    /// <summary>Most digits after the decimal point.</summary>
    public required int DecimalsMax { get; init; }

    /// <summary>Which direction is better, if either.</summary>
    public required Polarity Polarity { get; init; }

    /// <summary>Whether it measures integrity itself or a condition of it.</summary>
    public required Directness Directness { get; init; }

    /// <summary>What a value is, and so what to submit.</summary>
    public required ValueKind ValueKind { get; init; }

    /// <summary>Factor of the Revised Arusha Declaration by its exact name; empty if the publisher assigned none.</summary>
    public string ArushaFactor { get; init; } = "";

    /// <summary>Dimension of the WCO's Performance Measurement Mechanism; empty if the publisher assigned none.</summary>
    public string PmmDimension { get; init; } = "";

    /// <summary>Expected outcome of the Performance Measurement Mechanism; empty if the publisher assigned none.</summary>
    public string PmmExpectedOutcome { get; init; } = "";

    /// <summary>For <see cref="ValueKind.DerivedVariation"/>: the level that it is derived from; else empty.</summary>
    public string DerivedFrom { get; init; } = "";

    /// <summary>What a reader must know before comparing: survey years, breaks of the series, revisions. Empty if nothing.</summary>
    public LocalizedText ComparabilityNote { get; init; } = LocalizedText.Empty;

    /// <summary>The last part of the name.</summary>
    public string Code => EntryPayload.CodeOf(Name);
}
