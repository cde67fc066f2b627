using Hub.Silo.Administrations;
using Hub.Silo.Catalogue;
using Xunit;
using Limits = Hub.Silo.Administrations.Limits;

namespace Hub.Silo.Tests.Administrations;

public sealed class ValueRulesTests
{
    private const string First = "submission.values[0]";

    [Fact]
    public void Check_SoundValues_AreRecordedAsTheyWereSent()
    {
        var values = Recorded(SmallStream.Draft(SmallStream.Level("+012.50", (int)Disclosure.PUBLIC), SmallStream.Rate("1", "04")));
        Assert.Equal(
            [("LEVEL", Disclosure.PUBLIC, "+012.50"), ("RATE", Disclosure.AGGREGATES_ONLY, "1/04")],
            values.Select(v => (v.Indicator, v.Disclosure, v.Decimal?.Text ?? $"{v.Ratio!.Numerator}/{v.Ratio.Denominator}")));
    }

    [Fact]
    public void Check_SameValueInOtherDigits_IsEqualAndKeepsItsDigits()
    {
        var sent = new[] { "1", "1.0", "1.00", "01" };
        var values = sent.Select(text => Recorded(SmallStream.Draft(SmallStream.Level(text), SmallStream.Rate("1", "1")))[0]).ToList();
        Assert.Single(values.Distinct());
        Assert.Equal(sent, values.Select(v => v.Decimal!.Text));
    }

    [Theory]
    [InlineData(null, "no exponent")]
    [InlineData("", "no exponent")]
    [InlineData("1e1", "no exponent")]
    [InlineData("1E-2", "no exponent")]
    [InlineData("1,5", "no separators")]
    [InlineData("12345678901234567890123456789", "at most 28 significant digits")]
    [InlineData("0.00000000000000000000000000001", "at most 28 digits after the point")]
    [InlineData("1.234", "more than 2 digits after the point")]
    [InlineData("1.000", "more than 2 digits after the point")]
    [InlineData("100.01", "outside the legal range of 0 to 100 (hours)")]
    [InlineData("-0.01", "outside the legal range of 0 to 100 (hours)")]
    public void Check_LevelThatBreaksOneRule_NamesTheFieldAndTheRule(string? text, string rule)
    {
        var violation = Assert.Single(Violations(SmallStream.Draft(SmallStream.Level(text)), "LEVEL"));
        Assert.Equal($"{First}.decimal.value", violation.Field);
        Assert.Contains(rule, violation.Rule, StringComparison.Ordinal);
        Assert.NotEmpty(violation.Remedy);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("-0")]
    [InlineData("0.00")]
    [InlineData("100")]
    [InlineData("100.00")]
    [InlineData("0000000000000000000000000000099.99")]
    public void Check_LevelAtTheEdgeOfARule_IsRecorded(string text) =>
        Assert.Empty(Violations(SmallStream.Draft(SmallStream.Level(text)), "LEVEL"));

    [Theory]
    [InlineData("-1", "4", ".ratio.numerator.value", "not negative")]
    [InlineData("1", "0", ".ratio.denominator.value", "greater than zero")]
    [InlineData("0", "0", ".ratio.denominator.value", "greater than zero")]
    [InlineData("1", "-4", ".ratio.denominator.value", "greater than zero")]
    [InlineData("5", "4", ".ratio", "outside the legal range of 0 to 1 (hours)")]
    [InlineData("9999999999999999999999999999", "9999999999999999999999999998", ".ratio", "outside the legal range")]
    [InlineData("1e0", "4", ".ratio.numerator.value", "no exponent")]
    [InlineData("1", "4e0", ".ratio.denominator.value", "no exponent")]
    [InlineData(null, "4", ".ratio.numerator.value", "A decimal is")]
    [InlineData("1", null, ".ratio.denominator.value", "A decimal is")]
    [InlineData("0.5", "4", ".ratio.numerator.value", "more than 0 digits")]
    [InlineData("1", "4.5", ".ratio.denominator.value", "more than 0 digits")]
    public void Check_RateThatBreaksOneRule_NamesThePartAndTheRule(string? numerator, string? denominator, string field, string rule)
    {
        var violation = Assert.Single(Violations(SmallStream.Draft(SmallStream.Rate(numerator, denominator)), "RATE"));
        Assert.Equal(First + field, violation.Field);
        Assert.Contains(rule, violation.Rule, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("0", "1")]
    [InlineData("4", "4")]
    [InlineData("9999999999999999999999999998", "9999999999999999999999999999")]
    public void Check_RateAtTheEdgeOfItsRange_IsRecorded(string numerator, string denominator) =>
        Assert.Empty(Violations(SmallStream.Draft(SmallStream.Rate(numerator, denominator)), "RATE"));

    [Fact]
    public void Check_RateWithBothPartsWrong_NamesBoth() => Assert.Equal(
        [$"{First}.ratio.numerator.value", $"{First}.ratio.denominator.value"],
        Violations(SmallStream.Draft(SmallStream.Rate("-1", "-4")), "RATE").Select(v => v.Field));

    [Theory]
    [InlineData("LEVEL", "Ratio", ".decimal")]
    [InlineData("LEVEL", "None", ".decimal")]
    [InlineData("RATE", "Decimal", ".ratio")]
    [InlineData("RATE", "None", ".ratio")]
    public void Check_FigureOfTheWrongShape_AsksForTheRightOne(string code, string figure, string field)
    {
        var value = new DraftValue(SmallStream.Name(code), Enum.Parse<DraftFigure>(figure), "1", "1", "1", 0, 0);
        Assert.Equal([First + field], Violations(SmallStream.Draft(value), code).Select(v => v.Field));
    }

    [Theory]
    [InlineData((int)Absence.NOT_AVAILABLE)]
    [InlineData((int)Absence.NOT_APPLICABLE)]
    [InlineData((int)Absence.NOT_DISCLOSED)]
    public void Check_AbsenceWithAReason_IsRecordedForEachKind(int reason)
    {
        var values = Recorded(SmallStream.Draft(SmallStream.Absent("LEVEL", reason), SmallStream.Absent("RATE", reason)));
        Assert.All(values, v => Assert.Equal(((Absence?)reason, null, null), (v.Absence, v.Decimal, v.Ratio)));
    }

    // Beside the reason the proto holds no figure; what a hand-made draft says beyond its kind of figure is not recorded.
    [Fact]
    public void Check_AbsenceBesideAFigure_RecordsTheAbsenceAlone()
    {
        var both = SmallStream.Absent("LEVEL", (int)Absence.NOT_AVAILABLE) with { Decimal = "5", Numerator = "1", Denominator = "2" };
        var value = Recorded(SmallStream.Draft(both, SmallStream.Rate("1", "4")))[0];
        Assert.Equal((Absence.NOT_AVAILABLE, null, null), (value.Absence, value.Decimal, value.Ratio));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(4)]
    [InlineData(-1)]
    public void Check_AbsenceWithoutAKnownReason_IsRefused(int reason) => Assert.Equal(
        [$"{First}.absence_reason"], Violations(SmallStream.Draft(SmallStream.Absent("LEVEL", reason)), "LEVEL").Select(v => v.Field));

    [Theory]
    [InlineData(5)]
    [InlineData(-1)]
    public void Check_UnknownDisclosure_IsRefused(int disclosure) => Assert.Equal(
        [$"{First}.disclosure"], Violations(SmallStream.Draft(SmallStream.Level("1", disclosure)), "LEVEL").Select(v => v.Field));

    [Fact]
    public void Check_UnknownIndicator_IsRefusedAndDoesNotStandForAnother()
    {
        var other = SmallStream.Level("1") with { Indicator = "instruments/other/indicators/LEVEL" };
        Assert.Equal(
            [($"{First}.indicator", "The collection has no such indicator."), ("submission.values", "There is no value for instruments/synthetic/indicators/LEVEL.")],
            Violations(SmallStream.Draft(other), "LEVEL").Select(v => (v.Field, v.Rule)));
    }

    [Fact]
    public void Check_IndicatorTwice_RefusesEachFurtherOneAndSaysWhereTheFirstIs() => Assert.Equal(
        [("submission.values[1].indicator", $"It stands already at {First}."), ("submission.values[2].indicator", $"It stands already at {First}.")],
        Violations(SmallStream.Draft(SmallStream.Level("1"), SmallStream.Level("1"), SmallStream.Level("2")), "LEVEL").Select(v => (v.Field, v.Rule)));

    [Fact]
    public void Check_DerivedVariation_IsNeitherTakenNorMissed()
    {
        var change = SmallStream.Level("1") with { Indicator = SmallStream.Name("CHANGE") };
        Assert.Equal(
            ["submission.values[1].indicator"],
            Violations(SmallStream.Draft(SmallStream.Level("1"), change), "LEVEL", "CHANGE").Select(v => v.Field));
        Assert.Empty(Violations(SmallStream.Draft(SmallStream.Level("1")), "LEVEL", "CHANGE"));
    }

    [Fact]
    public void Check_NoValues_NamesEachMissingIndicator() => Assert.Equal(
        ["There is no value for instruments/synthetic/indicators/LEVEL.", "There is no value for instruments/synthetic/indicators/RATE."],
        Violations(SmallStream.Draft(), "LEVEL", "RATE").Select(v => v.Rule));

    [Fact]
    public void Check_SeveralMistakes_AreAllToldInTheOrderOfTheRequest()
    {
        var unknown = SmallStream.Level("1") with { Indicator = "x" };
        var draft = SmallStream.Draft(unknown, SmallStream.Level("1e9", 9), SmallStream.Level("1"), SmallStream.Absent("RATE", 9));
        Assert.Equal(
            ["submission.values[0].indicator", "submission.values[1].disclosure", "submission.values[1].decimal.value", "submission.values[2].indicator", "submission.values[3].absence_reason"],
            Violations(draft, "LEVEL", "RATE").Select(v => v.Field));
    }

    [Theory]
    [InlineData("777.7777")]
    [InlineData("-7777")]
    [InlineData("7777e1")]
    [InlineData("7777777777777777777777777777777")]
    public void Check_RefusedFigure_IsNotRepeatedInTheRefusal(string text) => Assert.All(
        Violations(SmallStream.Draft(SmallStream.Level(text)), "LEVEL"), v => Assert.DoesNotContain("777", v.Description, StringComparison.Ordinal));

    [Fact]
    public void Check_MoreValuesThanTheLimit_LooksAtNone()
    {
        var most = Enumerable.Repeat(SmallStream.Level("x"), Limits.ValuesMax).ToArray();
        Assert.Equal(Limits.ValuesMax, Violations(SmallStream.Draft(most), "LEVEL").Count);
        Assert.Equal(["submission.values"], Violations(SmallStream.Draft([.. most, most[0]]), "LEVEL").Select(v => v.Field));
    }

    private static IReadOnlyList<SubmittedValue> Recorded(Draft draft)
    {
        var (violations, values) = SubmissionRules.Validate(draft, SmallStream.Open);
        Assert.Empty(violations);
        return values;
    }

    private static List<Violation> Violations(Draft draft, params string[] codes)
    {
        var violations = new List<Violation>();
        ValueRules.Check(draft, SmallStream.Of(codes), violations);
        return violations;
    }
}
