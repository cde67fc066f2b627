using System.Numerics;
using CsCheck;

namespace Hub.Privacy.Tests.Rules;

public sealed class RoundingTests
{
    private static readonly Gen<decimal> Widths =
        from unscaled in Gen.Long[1, 1_000_000_000_000]
        from scale in Gen.Int[0, 9]
        select new decimal((int)(unscaled & uint.MaxValue), (int)(unscaled >> 32), 0, false, (byte)scale);

    private static Measure Of(decimal width) => new("x", 0m, width * 10m, width, 4, ValueKind.Level);

    [Theory]
    [InlineData(10, "0.5")]
    [InlineData(19, "0.5")]
    [InlineData(20, "0.25")]
    [InlineData(49, "0.25")]
    [InlineData(50, "0.1")]
    [InlineData(190, "0.1")]
    public void OfMean_WidthTen_IsThePublishedTable(int n, string unit) =>
        Assert.Equal(unit, Rounding.OfMean(Of(10m), PrivacyPolicy.Standard, n).ToString());

    [Fact]
    public void OfMean_AnyWidth_IsTheSmallestStepThatHidesOneJoiner() =>
        Gen.Select(Widths, Gen.Int[1, 2_000]).Sample((width, n) =>
        {
            var unit = Rounding.OfMean(Of(width), PrivacyPolicy.Standard, n);
            var bound = Rational.Max(Rational.Of(width) / Rational.Of(2 * n + 1), Rational.Of(width) / Rational.Of(100));
            Assert.True(Rational.Of(unit) >= bound);
            Assert.True(Rational.Of(NextSmaller(unit)) < bound);
        });

    [Theory]
    [InlineData(5, "2")]
    [InlineData(9, "2")]
    [InlineData(10, "1")]
    [InlineData(19, "1")]
    [InlineData(20, "0.25")]
    public void OfMean_SmallProgramme_IsCoarser(int n, string unit) =>
        Assert.Equal(unit, Rounding.OfMean(Of(10m), PrivacyPolicy.SmallProgramme, n).ToString());

    [Fact]
    public void OfMean_CoarseButNarrowerThanTheWidthAsks_IsTheWidths() =>
        Assert.Equal(5m, Rounding.OfMean(new("x", 0m, 100m, 50m, 4, ValueKind.Level), PrivacyPolicy.SmallProgramme, 9));

    [Theory]
    [InlineData(49, "0.04")]
    [InlineData(50, "0.02")]
    public void OfQuantile_WidthOfTwoFifths_IsATenthThenATwentieth(int n, string unit) =>
        Assert.Equal(unit, Rounding.OfQuantile(Of(0.4m), n).ToString());

    [Theory]
    [InlineData("0.125", "0.25", "0.00")]
    [InlineData("0.375", "0.25", "0.50")]
    [InlineData("-0.125", "0.25", "0.00")]
    [InlineData("-0.376", "0.25", "-0.50")]
    [InlineData("2.5", "5", "0")]
    [InlineData("7.5", "5", "10")]
    [InlineData("0.1250000000000000000000000001", "0.25", "0.25")]
    public void HalfToEven_Ties_GoToTheEvenMultiple(string value, string unit, string rounded) => Assert.Equal(
        rounded,
        Rounding.HalfToEven(Rational.Of(decimal.Parse(value)), decimal.Parse(unit)).ToString());

    [Fact]
    public void HalfToEven_AnyFraction_IsTheNearestMultiple() =>
        Gen.Select(Gen.Long[-1_000_000_000, 1_000_000_000], Gen.Int[1, 100_000], Widths).Sample((numerator, denominator, unit) =>
        {
            var value = Rational.Of(new BigInteger(numerator)) / Rational.Of(denominator);
            var plain = Rounding.Plain(unit);
            var rounded = Rounding.HalfToEven(value, plain);
            Assert.True(Rounding.IsMultiple(rounded, plain));
            Assert.True((value - Rational.Of(rounded)).Abs() * Rational.Of(2) <= Rational.Of(plain));
        });

    /// <summary>1 → 0.5 → 0.25 → 0.1 …</summary>
    private static decimal NextSmaller(decimal unit) => Rational.Of(unit).Numerator.ToString()[0] == '2' ? unit * 0.4m : unit * 0.5m;
}
