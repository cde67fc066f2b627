using System.Globalization;
using Hub.Client;
using Xunit;

namespace Hub.SystemTests.Client;

public sealed class FigureTests
{
    [Theory]
    [InlineData("3.50", "3.5")]
    [InlineData("+3.5", "3.5")]
    [InlineData("-0", "0")]
    [InlineData("007", "7.000")]
    [InlineData("-0.10", "-0.1")]
    [InlineData("0.0000000000000000000000000000001", "00.00000000000000000000000000000010")]
    public void Decimals_OfOneValue_AreEqual(string one, string other)
    {
        Assert.Equal(Figure.Decimal(one), Figure.Decimal(other));
        Assert.Equal(Figure.Decimal(one).GetHashCode(), Figure.Decimal(other).GetHashCode());
        Assert.Equal(one, Figure.Decimal(one).Value);
    }

    [Theory]
    [InlineData("3.5", "3.51")]
    [InlineData("3.5", "-3.5")]
    [InlineData("3.5", "35")]
    [InlineData("100", "1")]
    [InlineData("1e2", "100")]
    [InlineData("3,5", "3.5")]
    [InlineData("0.0000000000000000000000000000001", "0")]
    public void Decimals_OfDifferentValues_AreNot(string one, string other) => Assert.NotEqual(Figure.Decimal(one), Figure.Decimal(other));

    [Fact]
    public void Figures_OfDifferentKindsOrDisclosures_AreNotEqual()
    {
        Figure[] figures =
        [
            Figure.Decimal("1"), Figure.Decimal("1") with { Disclosure = Disclosure.Public }, Figure.Ratio("1", "1"), Figure.Ratio("1", "2"),
            Figure.Absent(AbsenceReason.NotAvailable), Figure.Absent(AbsenceReason.NotDisclosed),
        ];

        Assert.Equal(figures.Length, figures.Distinct().Count());
    }

    [Fact]
    public void Figure_PrintedAnywhere_ShowsNoNumber()
    {
        var draft = new SubmissionDraft(Drafts.Collection, ("customs", Figure.Decimal("31415.9265")), ("rate", Figure.Ratio("31415", "92653")));

        var printed = string.Join(' ', draft.Figures.Values.Append<object>(draft).Append(new SubmitResult(draft, null, null)));

        Assert.DoesNotContain("31415", printed, StringComparison.Ordinal);
        Assert.DoesNotContain("92653", printed, StringComparison.Ordinal);
    }

    [Fact]
    public void Figure_OfADecimal_IsWrittenWithAPointInEveryCulture()
    {
        var culture = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = new CultureInfo("") { NumberFormat = { NumberDecimalSeparator = "," } };
            Assert.Equal("-1234.50", Figure.Decimal(-1234.50m).Value);
        }
        finally
        {
            CultureInfo.CurrentCulture = culture;
        }
    }

    [Fact]
    public void Draft_NamingAnIndicatorByCodeAndInFull_NamesItTwice() =>
        Assert.Throws<ArgumentException>(() => new SubmissionDraft(
            Drafts.Collection, ("customs", Figure.Decimal("1")), ("instruments/lpi/indicators/customs", Figure.Decimal("1"))));

    [Fact]
    public void Drafts_MadeOneAfterTheOther_HaveRequestIdsOfTheirOwn() => Assert.NotEqual(Drafts.One().RequestId, Drafts.One().RequestId);
}
