using System.Numerics;

namespace Hub.Privacy;

/// <summary>
/// An exact fraction with a positive denominator. All arithmetic on values happens here: nothing is ever rounded before
/// <see cref="Rounding"/> rounds it once, last.
/// </summary>
internal readonly struct Rational : IComparable<Rational>
{
    private Rational(BigInteger numerator, BigInteger denominator)
    {
        Numerator = numerator;
        Denominator = denominator;
    }

    public BigInteger Numerator { get; }

    public BigInteger Denominator { get; }

    public static Rational Zero { get; } = new(BigInteger.Zero, BigInteger.One);

    public int Sign => Numerator.Sign;

    /// <summary>The exact value of a decimal: its 96-bit integer over a power of ten.</summary>
    public static Rational Of(decimal value) => new(Unscaled(value), PowerOfTen(value.Scale));

    public static Rational Of(int value) => new(value, BigInteger.One);

    public static Rational Of(BigInteger value) => new(value, BigInteger.One);

    public static Rational operator +(Rational left, Rational right)
    {
        if (left.Denominator == right.Denominator)
        {
            return new(left.Numerator + right.Numerator, left.Denominator);
        }

        // Decimals have powers of ten below: a sum of thousands of them must not multiply its denominators up.
        if (left.Denominator > right.Denominator && (left.Denominator % right.Denominator).IsZero)
        {
            return new(left.Numerator + right.Numerator * (left.Denominator / right.Denominator), left.Denominator);
        }

        return (right.Denominator % left.Denominator).IsZero
            ? new(left.Numerator * (right.Denominator / left.Denominator) + right.Numerator, right.Denominator)
            : new(left.Numerator * right.Denominator + right.Numerator * left.Denominator, left.Denominator * right.Denominator);
    }

    public static Rational operator -(Rational left, Rational right) =>
        left + new Rational(-right.Numerator, right.Denominator);

    public static Rational operator *(Rational left, Rational right) =>
        new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    /// <summary>The quotient; the divisor must be positive.</summary>
    public static Rational operator /(Rational left, Rational right) =>
        new(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

    public static bool operator <(Rational left, Rational right) => left.CompareTo(right) < 0;

    public static bool operator >(Rational left, Rational right) => left.CompareTo(right) > 0;

    public static bool operator <=(Rational left, Rational right) => left.CompareTo(right) <= 0;

    public static bool operator >=(Rational left, Rational right) => left.CompareTo(right) >= 0;

    public static Rational Min(Rational left, Rational right) => left <= right ? left : right;

    public static Rational Max(Rational left, Rational right) => left >= right ? left : right;

    public int CompareTo(Rational other) => Denominator == other.Denominator
        ? Numerator.CompareTo(other.Numerator)
        : (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    public Rational Abs() => new(BigInteger.Abs(Numerator), Denominator);

    /// <summary>The largest integer that is not above this fraction.</summary>
    public BigInteger Floor()
    {
        var quotient = BigInteger.DivRem(Numerator, Denominator, out var remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }

    /// <summary>The smallest integer that is not below this fraction.</summary>
    public BigInteger Ceiling() => -new Rational(-Numerator, Denominator).Floor();

    /// <summary>The fraction in lowest terms, as text: equal fractions have equal texts.</summary>
    public override string ToString()
    {
        var divisor = BigInteger.GreatestCommonDivisor(Numerator, Denominator);
        return $"{Numerator / divisor}/{Denominator / divisor}";
    }

    public static BigInteger PowerOfTen(int exponent) => BigInteger.Pow(10, exponent);

    private static BigInteger Unscaled(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var magnitude = ((BigInteger)(uint)bits[2] << 64) | ((BigInteger)(uint)bits[1] << 32) | (uint)bits[0];
        return decimal.IsNegative(value) ? -magnitude : magnitude;
    }
}
