using System.Numerics;
using System.Text.Json;
using CsCheck;
using Hub.Silo.Catalogue;
using Xunit;

namespace Hub.Silo.Tests.Catalogue;

public sealed class ExactDecimalTests
{
    [Theory]
    [InlineData("0")]
    [InlineData("-2.50")]
    [InlineData("+007.5")]
    [InlineData("1234567890123456789012345678")]
    [InlineData("0.0000000000000000000000000001")]
    [InlineData("-9.999999999999999999999999999")]
    public void TryParse_PlainDecimal_IsKeptAsSent(string text)
    {
        Assert.True(ExactDecimal.TryParse(text, out var value, out _));
        Assert.Equal(text, value.Text);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("-")]
    [InlineData(".5")]
    [InlineData("5.")]
    [InlineData("1e3")]
    [InlineData(" 1")]
    [InlineData("1\n")]
    [InlineData("1,5")]
    [InlineData("1_000")]
    [InlineData("--1")]
    [InlineData("NaN")]
    [InlineData("Infinity")]
    [InlineData("٣")]
    [InlineData("12345678901234567890123456789")]
    [InlineData("0.00000000000000000000000000001")]
    public void TryParse_AnythingElse_NamesTheRuleAndNotTheText(string? text)
    {
        Assert.False(ExactDecimal.TryParse(text, out _, out var rule));
        Assert.StartsWith("A decimal ", rule, StringComparison.Ordinal);
        Assert.DoesNotContain("12345", rule, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("5", 0)]
    [InlineData("5.0", 1)]
    [InlineData("-5.125", 3)]
    public void Decimals_OfAText_CountsItsDigitsAfterThePoint(string text, int decimals) =>
        Assert.Equal(decimals, ExactDecimal.Parse(text).Decimals);

    [Fact]
    public void Equals_SameValueOtherText_IsEqual()
    {
        Assert.Equal(ExactDecimal.Parse("1.50"), ExactDecimal.Parse("+01.5"));
        Assert.Equal(ExactDecimal.Parse("-0"), ExactDecimal.Parse("0.00"));
        Assert.NotEqual(ExactDecimal.Parse("0.1"), ExactDecimal.Parse("0.1000000000000000000000000001"));
    }

    [Theory]
    [InlineData("0.3", "0.1", "0.4", true)]
    [InlineData("0.3", "0.1", "0.3999999999999999999999999999", false)]
    [InlineData("0.0000000000000000000000000001", "0", "1000000000000000000000000000", true)]
    [InlineData("1000000000000000000000000000", "0.0000000000000000000000000001", "1000000000000000000000000000", false)]
    public void FitsBetween_TwoBounds_IsDecidedWithoutRounding(string width, string lower, string upper, bool fits) =>
        Assert.Equal(fits, ExactDecimal.Parse(width).FitsBetween(ExactDecimal.Parse(lower), ExactDecimal.Parse(upper)));

    [Fact]
    public void Json_ADecimal_IsItsTextInQuotes()
    {
        var json = JsonSerializer.Serialize(ExactDecimal.Parse("-0.10"));
        Assert.Equal("\"-0.10\"", json);
        Assert.Equal("-0.10", JsonSerializer.Deserialize<ExactDecimal>(json)!.Text);
    }

    [Fact]
    public void CompareTo_AnyTwoDecimals_AgreesWithWholeNumbers() =>
        Gen.Select(Unscaled, Gen.Int[0, 28], Unscaled, Gen.Int[0, 28]).Sample((a, aScale, b, bScale) =>
        {
            var left = ExactDecimal.Parse(Text(a, aScale));
            var right = ExactDecimal.Parse(Text(b, bScale));
            var expected = (a * BigInteger.Pow(10, 28 - aScale)).CompareTo(b * BigInteger.Pow(10, 28 - bScale));
            return Math.Sign(left.CompareTo(right)) == Math.Sign(expected) && left.Equals(right) == (expected == 0);
        });

    private static readonly Gen<BigInteger> Unscaled =
        Gen.Select(Gen.Long, Gen.Int[0, 999_999_999], (high, low) => new BigInteger(high) * 1_000_000_000 + low);

    private static string Text(BigInteger unscaled, int scale)
    {
        var digits = BigInteger.Abs(unscaled).ToString().PadLeft(scale + 1, '0');
        var sign = unscaled.Sign < 0 ? "-" : "";
        return scale == 0 ? sign + digits : $"{sign}{digits[..^scale]}.{digits[^scale..]}";
    }
}
