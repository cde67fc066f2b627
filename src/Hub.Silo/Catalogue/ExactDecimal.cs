using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Numerics;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace Hub.Silo.Catalogue;

/// <summary>
/// A decimal as google.type.Decimal has it, without exponent: kept as it was sent, compared by value, never a double.
/// The bounds below are what System.Decimal holds without rounding, so <see cref="Value"/> is exact.
/// </summary>
[GenerateSerializer, Immutable, Alias("hub.exact-decimal")]
[JsonConverter(typeof(ExactDecimalJsonConverter))]
internal sealed partial class ExactDecimal : IEquatable<ExactDecimal>, IComparable<ExactDecimal>
{
    /// <summary>Most digits, leading zeros apart, and most digits after the point.</summary>
    public const int DigitsMax = 28;

    private ExactDecimal(string text, decimal value) => (Text, Value) = (text, value);

    /// <summary>As it was sent.</summary>
    [Id(0)]
    public string Text { get; }

    /// <summary>Its value, exactly.</summary>
    [Id(1)]
    public decimal Value { get; }

    /// <summary>Digits after the point, as sent: 1.50 has two.</summary>
    public int Decimals => Text.IndexOf('.', StringComparison.Ordinal) is var point && point < 0 ? 0 : Text.Length - point - 1;

    /// <summary>Reads a text; if it is refused, <paramref name="rule"/> says which rule it breaks, without repeating it.</summary>
    public static bool TryParse(string? text, [NotNullWhen(true)] out ExactDecimal? value, [NotNullWhen(false)] out string? rule)
    {
        value = null;
        rule = RuleBrokenBy(text);
        if (rule is null)
        {
            value = new ExactDecimal(text!, decimal.Parse(text!, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture));
        }

        return rule is null;
    }

    /// <summary>Reads what was checked before: an entry of the ledger, a constant.</summary>
    public static ExactDecimal Parse(string text) => TryParse(text, out var value, out var rule) ? value : throw new FormatException(rule);

    /// <summary>Whether it lies between two bounds, both included.</summary>
    public bool IsWithin(ExactDecimal lower, ExactDecimal upper) => this >= lower && this <= upper;

    /// <summary>Whether upper less lower is at least this, in integers: the difference of two decimals may need more digits than one has.</summary>
    public bool FitsBetween(ExactDecimal lower, ExactDecimal upper)
    {
        var decimals = Math.Max(Decimals, Math.Max(lower.Decimals, upper.Decimals));
        return upper.Scaled(decimals) - lower.Scaled(decimals) >= Scaled(decimals);
    }

    public int CompareTo(ExactDecimal? other) => other is null ? 1 : Value.CompareTo(other.Value);

    public bool Equals(ExactDecimal? other) => other is not null && Value == other.Value;

    public override bool Equals(object? obj) => Equals(obj as ExactDecimal);

    public override int GetHashCode() => Value.GetHashCode();

    public override string ToString() => Text;

    public static bool operator ==(ExactDecimal? left, ExactDecimal? right) => left is null ? right is null : left.Equals(right);

    public static bool operator !=(ExactDecimal? left, ExactDecimal? right) => !(left == right);

    public static bool operator <(ExactDecimal left, ExactDecimal right) => left.Value < right.Value;

    public static bool operator >(ExactDecimal left, ExactDecimal right) => left.Value > right.Value;

    public static bool operator <=(ExactDecimal left, ExactDecimal right) => left.Value <= right.Value;

    public static bool operator >=(ExactDecimal left, ExactDecimal right) => left.Value >= right.Value;

    private BigInteger Scaled(int decimals) =>
        BigInteger.Parse(Text.Replace(".", "", StringComparison.Ordinal), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture)
        * BigInteger.Pow(10, decimals - Decimals);

    private static string? RuleBrokenBy(string? text)
    {
        if (text is null || text.Length > 4 * DigitsMax || !Form().IsMatch(text))
        {
            return "A decimal is an optional sign, digits, and optionally a point with digits after it; no exponent, no spaces, no separators.";
        }

        var digits = text.AsSpan().TrimStart("+-").ToString().Replace(".", "", StringComparison.Ordinal).TrimStart('0').Length;
        var point = text.IndexOf('.', StringComparison.Ordinal);
        return digits > DigitsMax ? $"A decimal has at most {DigitsMax} significant digits."
            : point >= 0 && text.Length - point - 1 > DigitsMax ? $"A decimal has at most {DigitsMax} digits after the point."
            : null;
    }

    [GeneratedRegex(@"\A[+-]?[0-9]+(\.[0-9]+)?\z")]
    private static partial Regex Form();
}

/// <summary>In JSON a decimal is its text, in quotes: a JSON number would be read as a double by most readers.</summary>
internal sealed class ExactDecimalJsonConverter : JsonConverter<ExactDecimal>
{
    public override ExactDecimal? Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        ExactDecimal.Parse(reader.GetString() ?? "");

    public override void Write(Utf8JsonWriter writer, ExactDecimal value, JsonSerializerOptions options) => writer.WriteStringValue(value.Text);
}
