using System.Text.Json.Serialization;

namespace Hub.Silo.Catalogue;

/// <summary>What is measured, and what a value of it must be.</summary>
internal sealed record Indicator(string Instrument, string Code)
{
    /// <summary>The range of a rate, by its kind: numerator over denominator.</summary>
    public static readonly (ExactDecimal Lower, ExactDecimal Upper) RateRange = (ExactDecimal.Parse("0"), ExactDecimal.Parse("1"));

    // Without a setter, so that no copy can have another name than its own.
    public string Instrument { get; } = Instrument;

    public string Code { get; } = Code;

    public required LocalizedText Title { get; init; }

    public required LocalizedText Definition { get; init; }

    /// <summary>What a reader must know before comparing: breaks, survey years.</summary>
    public LocalizedText? ComparabilityNote { get; init; }

    public required string Unit { get; init; }

    public required ExactDecimal Lower { get; init; }

    public required ExactDecimal Upper { get; init; }

    public required int DecimalsMax { get; init; }

    /// <summary>Nobody may narrow another's value down to less than this.</summary>
    public required ExactDecimal ProtectionWidth { get; init; }

    public required string ProtectionWidthReason { get; init; }

    public required Polarity Polarity { get; init; }

    public required ValueKind ValueKind { get; init; }

    public Directness? Directness { get; init; }

    public string? ArushaFactor { get; init; }

    public string? PmmDimension { get; init; }

    public string? PmmExpectedOutcome { get; init; }

    /// <summary>Of a variation: the code of its level, in the same instrument.</summary>
    public string? DerivedFrom { get; init; }

    /// <summary>From 1; set by the fold, never part of a file or an entry.</summary>
    [JsonIgnore]
    public int Version { get; init; }

    [JsonIgnore]
    public string Name { get; } = NameOf(Instrument, Code);

    public static string NameOf(string instrument, string code) => $"instruments/{instrument}/indicators/{code}";

    /// <summary>Whether a rate with these parts lies in its range: by products, which 0 and 1 leave exact, since a quotient would be rounded.</summary>
    public bool Allows(ExactDecimal numerator, ExactDecimal denominator) =>
        numerator.Value >= Lower.Value * denominator.Value && numerator.Value <= Upper.Value * denominator.Value;
}

/// <summary>Which direction is better. Numbers are those of the proto.</summary>
internal enum Polarity
{
    [JsonStringEnumMemberName("better-high")]
    BetterHigh = 1,
    [JsonStringEnumMemberName("better-low")]
    BetterLow = 2,
    [JsonStringEnumMemberName("ambiguous")]
    Ambiguous = 3,
}

/// <summary>The WCO's own split of integrity indicators. Numbers are those of the proto.</summary>
internal enum Directness
{
    [JsonStringEnumMemberName("direct")]
    Direct = 1,
    [JsonStringEnumMemberName("indirect")]
    Indirect = 2,
}

/// <summary>What a value is. Numbers are those of the proto.</summary>
internal enum ValueKind
{
    [JsonStringEnumMemberName("rate")]
    Rate = 1,
    [JsonStringEnumMemberName("level")]
    Level = 2,
    [JsonStringEnumMemberName("score")]
    Score = 3,
    [JsonStringEnumMemberName("derived-variation")]
    DerivedVariation = 4,
}
