using CsCheck;

namespace Hub.Privacy.Tests.Audit;

public sealed class RateTests
{
    private static readonly IndicatorFacts Facts = new(Scenario.Code, 0m, 1m, 0.1m, 0, ValueKind.Rate);
    private static readonly PlannedStatistic[] MeanOnly = [new(StatisticFamily.Mean, Audience.Public, Audience.Members)];

    private static Scenario Of(IEnumerable<(int A, int B)> units, IReadOnlyList<PlannedStatistic>? statistics = null) => new()
    {
        Facts = Facts,
        Statistics = statistics ?? PublicationPlan.DefaultStatistics,
        Contributions = [.. units.Select((unit, i) => new Contribution(Scenario.Member(i), 1, ContributedValue.Rate(unit.A, unit.B), false))],
    };

    private static IEnumerable<(int A, int B)> Spread(Func<int, int> denominator) =>
        Enumerable.Range(0, 30).Select(i => (denominator(i) * (3 + i * 3) / 100, denominator(i)));

    [Fact]
    public void Protect_EqualDenominators_ShowsThePooledRatioAndQuantiles()
    {
        var indicator = Of(Spread(_ => 1_000)).Published();

        Assert.Equal(LadderStep.Full, indicator.Step);
        Assert.Equal(0.465m, Spread(_ => 1_000).Sum(unit => unit.A) / 30_000m);
        Assert.Equal(0.4650m, indicator.Cells[0].Find(Statistic.Mean)!.Value);
    }

    /// <summary>With every denominator known and none equal, no swap keeps Σa/Σb beside quantiles: the ratio alone is shown.</summary>
    [Fact]
    public void Protect_DifferentDenominators_ShowsThePooledRatioAlone()
    {
        var indicator = Of(Spread(i => 1_000 + i)).Published();

        Assert.Equal(LadderStep.WithoutQuantiles, indicator.Step);
        Assert.NotNull(indicator.Cells[0].Find(Statistic.Mean));
    }

    /// <summary>Not even quantiles alone: whole numerators cannot be exchanged between different denominators.</summary>
    [Fact]
    public void Protect_DifferentDenominatorsWithoutTheRatio_ShowsNothing()
    {
        var quantiles = PublicationPlan.DefaultStatistics.Where(statistic => statistic.Family != StatisticFamily.Mean).ToArray();

        Assert.Empty(Of(Spread(i => 1_000 + i), quantiles).Published().Cells[0].Figures);
    }

    /// <summary>One member holds nearly all of the denominator: the pooled ratio is its own rate.</summary>
    [Fact]
    public void Protect_OneDominatesTheDenominator_ShowsNothing() =>
        Assert.Equal(LadderStep.NotPublished, Of(Spread(i => i == 0 ? 1_000_000 : 1_000), MeanOnly).Published().Step);

    [Fact]
    public void Protect_Ratio_IsPooledAndNotTheMeanOfRates()
    {
        var units = Enumerable.Range(0, 30).Select(i => i < 15 ? (i * 10, 1_000) : (100 + (i * 3), 200)).ToArray();

        var mean = Of(units, MeanOnly).Published().Cells[0].Find(Statistic.Mean)!;

        Assert.Equal(Rounding.HalfToEven(Rational.Of(units.Sum(unit => unit.Item1)) / Rational.Of(units.Sum(unit => unit.Item2)), mean.RoundedTo), mean.Value);
    }
}
