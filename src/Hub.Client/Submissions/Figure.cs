using System.Globalization;

namespace Hub.Client;

/// <summary>
/// One figure of an administration, or the reason for its absence, and who may know it. Immutable; equal by value, so <c>3.50</c> equals
/// <c>3.5</c>. A decimal is text all the way: it is never rounded and never a floating-point number.
/// </summary>
public sealed record Figure
{
    private readonly PlainDecimal? value;
    private readonly PlainDecimal? numerator;
    private readonly PlainDecimal? denominator;

    private Figure(PlainDecimal? value, PlainDecimal? numerator, PlainDecimal? denominator, AbsenceReason? absence) =>
        (this.value, this.numerator, this.denominator, Absence) = (value, numerator, denominator, absence);

    /// <summary>The figure of a level or a score, as written; null for a ratio or an absent figure.</summary>
    public string? Value => value?.Text;

    /// <summary>The numerator of a ratio, as written; else null.</summary>
    public string? Numerator => numerator?.Text;

    /// <summary>The denominator of a ratio, as written; else null.</summary>
    public string? Denominator => denominator?.Text;

    /// <summary>Why there is no figure; null if there is one.</summary>
    public AbsenceReason? Absence { get; }

    /// <summary>Who may know this figure under the administration's own name; nobody unless set.</summary>
    public Disclosure Disclosure { get; init; } = Disclosure.AggregatesOnly;

    /// <summary>A level or a score in the indicator's unit: an optional sign, digits, an optional fraction with a point, no exponent.</summary>
    public static Figure Decimal(string value)
    {
        ArgumentNullException.ThrowIfNull(value);
        return new Figure(new PlainDecimal(value), null, null, null);
    }

    /// <summary>A level or a score in the indicator's unit; its trailing zeros are kept.</summary>
    public static Figure Decimal(decimal value) => Decimal(value.ToString(CultureInfo.InvariantCulture));

    /// <summary>A rate in its parts, each written as in <see cref="Decimal(string)"/>.</summary>
    public static Figure Ratio(string numerator, string denominator)
    {
        ArgumentNullException.ThrowIfNull(numerator);
        ArgumentNullException.ThrowIfNull(denominator);
        return new Figure(null, new PlainDecimal(numerator), new PlainDecimal(denominator), null);
    }

    /// <summary>A rate in its parts.</summary>
    public static Figure Ratio(decimal numerator, decimal denominator) =>
        Ratio(numerator.ToString(CultureInfo.InvariantCulture), denominator.ToString(CultureInfo.InvariantCulture));

    /// <summary>No figure, and why.</summary>
    public static Figure Absent(AbsenceReason reason) => new(null, null, null, reason);

    /// <summary>What it is and who may know it; never the figure, so that it cannot get into a log by accident.</summary>
    public override string ToString() =>
        $"{(Absence is { } reason ? $"absent, {reason}" : numerator is null ? "a decimal" : "a ratio")}, {Disclosure}";
}
