namespace Hub.Privacy.Tests.Rules;

/// <summary>The worked examples of the ESSnet Handbook on Statistical Disclosure Control, chapter 4.2.</summary>
public sealed class DominanceTests
{
    private static (Rational, bool)[] Units(params int[] values) => [.. values.Select(value => (Rational.Of(value), false))];

    /// <summary>Example 1: X = 100,000, the largest 50,000 and 49,000: safe by (1, 90), and 2 % from the truth for the second.</summary>
    [Fact]
    public void Broken_HandbookExample1_TheSecondLargestIsTooNear()
    {
        var units = Units(50_000, 49_000, 1_000);

        Assert.False(Dominance.IsOver(units, Rational.Of(100_000), count: 1, percent: 90));
        Assert.Contains(DominanceRule.PPercent, Dominance.Broken(units, coalition: 1));
    }

    /// <summary>Example 2: X = 110,000, 52,000 and 50,000: overestimated by 15.4 %, safe for p = 10, not for p = 16 nor (2, 90.9).</summary>
    [Fact]
    public void Broken_HandbookExample2_IsSafeForTenPercentAndNotByTwoLargest()
    {
        var units = Units(52_000, 50_000, 4_000, 4_000);

        Assert.DoesNotContain(DominanceRule.PPercent, Dominance.Broken(units, coalition: 1, percent: 10));
        Assert.DoesNotContain(DominanceRule.PPercent, Dominance.Broken(units, coalition: 1, percent: 15));
        Assert.Contains(DominanceRule.PPercent, Dominance.Broken(units, coalition: 1, percent: 16));
        Assert.True(Dominance.IsOver(units, Rational.Of(110_000), count: 2, percent: 90));
        Assert.True(Rational.Of(102_000) > Rational.Of(110_000) * Rational.Of(100) / Rational.Of(110));
    }

    /// <summary>The footnote of table 4.1: c insiders take the c largest others away.</summary>
    [Fact]
    public void Broken_MoreInsiders_LeaveLess()
    {
        var units = Units(100, 40, 30, 20, 5);

        Assert.DoesNotContain(DominanceRule.PPercent, Dominance.Broken(units, coalition: 2));
        Assert.Contains(DominanceRule.PPercent, Dominance.Broken(units, coalition: 3));
    }

    /// <summary>"Waivers": the largest that is not opened is protected, and what is opened is known.</summary>
    [Fact]
    public void Broken_OpenedUnits_AreKnownAndUnprotected()
    {
        (Rational, bool)[] units = [(Rational.Of(1_000), true), (Rational.Of(50), false), (Rational.Of(40), false), (Rational.Of(6), false)];

        Assert.DoesNotContain(DominanceRule.PPercent, Dominance.Broken(units, coalition: 1));
        units[3] = (Rational.Of(6), true);
        Assert.Contains(DominanceRule.PPercent, Dominance.Broken(units, coalition: 1));
    }

    [Fact]
    public void Broken_NegativeContributions_CountByAbsoluteValue() =>
        Assert.Equal([DominanceRule.PPercent, DominanceRule.LargestOverHalf, DominanceRule.TwoLargestOverTwoThirds], Dominance.Broken(Units(-90, 5, 5), 3));

    [Fact]
    public void Protect_DominatedRate_WarnsTheReviewerAndNotTheTable()
    {
        var scenario = new Scenario
        {
            Facts = new(Scenario.Code, 0m, 1m, 0.1m, 0, ValueKind.Rate),
            Statistics = [new(StatisticFamily.Mean, Audience.Public, Audience.Members)],
            Contributions = [.. Enumerable.Range(0, 30).Select(i =>
                new Contribution(Scenario.Member(i), 1, ContributedValue.Rate(i == 0 ? 12_500 : 2, i == 0 ? 25_000 : 100), false))],
        };

        var result = scenario.Protect();

        Assert.Contains(new(Scenario.Code, Group.All, true, DominanceRule.LargestOverHalf), result.Warnings);
        Assert.Contains(new(Scenario.Code, Group.All, false, DominanceRule.PPercent), result.Warnings);
    }
}
