using System.Numerics;

namespace Hub.Privacy;

/// <summary>
/// To what a figure is rounded, by integer arithmetic, half to even, once and last.
/// <code>
/// mean:     the smallest of 1, 2.5, 5 × 10^k that is ≥ max(W/(2n + 1), W/100)   (W = 10: 0.5 below 20, 0.25 below 50, then 0.1)
/// quantile: W/10 below 50 contributors, else W/20
/// </code>
/// W/(2n + 1) is necessary and not sufficient: it hides one joiner for one pair of sets away from the limits. What
/// suffices is decided by the audit. A policy may round the means of few contributors more coarsely, never more finely.
/// </summary>
/// <remarks>Source: privacy.md §4, "Mean" and "Smoothed quantile".</remarks>
internal static class Rounding
{
    private const int ManyContributors = 50;

    /// <summary>The unit that a mean of n contributors is rounded to.</summary>
    public static decimal OfMean(Measure measure, PrivacyPolicy policy, int n)
    {
        var byWidth = SmallestStep(measure.Width, Math.Min(2 * n + 1, 100));
        var coarse = policy.CoarseMeans.FirstOrDefault(rounding => n <= rounding.ContributorsMax);
        return coarse is null
            ? byWidth
            : Math.Max(byWidth, Plain(coarse.FractionOfRange * (measure.Upper - measure.Lower)));
    }

    /// <summary>The unit that a quantile of n contributors is rounded to.</summary>
    public static decimal OfQuantile(Measure measure, int n) =>
        Plain(measure.Width * (n < ManyContributors ? 0.1m : 0.05m));

    /// <summary>The nearest multiple of the unit, half to even, with the unit's decimals.</summary>
    public static decimal HalfToEven(Rational value, decimal unit)
    {
        var quotient = value / Rational.Of(unit);
        var whole = quotient.Floor();
        var twiceRest = 2 * (quotient.Numerator - whole * quotient.Denominator);
        var order = twiceRest.CompareTo(quotient.Denominator);
        var multiple = order > 0 || (order == 0 && !whole.IsEven) ? whole + 1 : whole;
        return Multiple(multiple, unit);
    }

    /// <summary>Whether a figure is a multiple of its unit and has exactly the unit's decimals.</summary>
    public static bool IsMultiple(decimal figure, decimal unit) =>
        figure.Scale == unit.Scale && (Rational.Of(figure) / Rational.Of(unit)) is var quotient
        && (quotient.Numerator % quotient.Denominator).IsZero;

    /// <summary>The same number without trailing zeros after the point.</summary>
    public static decimal Plain(decimal value)
    {
        var shorter = value;
        while (shorter.Scale > 0 && decimal.Round(shorter, shorter.Scale - 1) == value)
        {
            shorter = decimal.Round(shorter, shorter.Scale - 1);
        }

        return shorter;
    }

    private static decimal SmallestStep(decimal width, int parts)
    {
        // Exact: a width has at most 9 decimals and 10^12 in magnitude, so candidates × 100 stay far below 28 digits.
        for (var power = 0.000000000001m; ; power *= 10m)
        {
            foreach (var mantissa in (ReadOnlySpan<decimal>)[1m, 2.5m, 5m])
            {
                if (mantissa * power * parts >= width)
                {
                    return Plain(mantissa * power);
                }
            }
        }
    }

    private static decimal Multiple(BigInteger count, decimal unit)
    {
        var scale = unit.Scale;
        var unscaled = count * (Rational.Of(unit) * Rational.Of(Rational.PowerOfTen(scale))).Floor();
        var magnitude = (decimal)BigInteger.Abs(unscaled);
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(magnitude, bits);
        return new decimal(bits[0], bits[1], bits[2], unscaled.Sign < 0, (byte)scale);
    }
}
