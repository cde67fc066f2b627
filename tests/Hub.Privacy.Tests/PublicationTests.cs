namespace Hub.Privacy.Tests;

public sealed class PublicationTests
{
    private static readonly decimal[] Spread = [.. Enumerable.Range(0, 20).Select(i => 2m + i * 5m)];

    [Fact]
    public void Protect_TwentySpreadValues_PublishesMeanMedianAndQuartiles()
    {
        var indicator = Scenario.Of(Spread).Published();

        Assert.Equal(LadderStep.Full, indicator.Step);
        var all = Assert.Single(indicator.Cells);
        Assert.Equal("20-29", all.Band!.ToString());
        Assert.Equal(
            [(Statistic.Mean, 49.50m, 0.25m), (Statistic.LowerQuartile, 24m, 1m), (Statistic.Median, 50m, 1m), (Statistic.UpperQuartile, 74m, 1m)],
            all.Figures.Select(figure => (figure.Statistic, figure.Value, figure.RoundedTo)));
        Assert.Equal(
            [(Statistic.P10, WithheldRule.TooFewContributors), (Statistic.LowerTertile, WithheldRule.WindowsOverlap),
             (Statistic.UpperTertile, WithheldRule.WindowsOverlap), (Statistic.P90, WithheldRule.TooFewContributors)],
            all.Withheld.Select(withheld => (withheld.Statistic, withheld.Rule)));
    }

    [Fact]
    public void Protect_ContributionsInAnotherOrder_MakesTheSameBytes()
    {
        var scenario = Scenario.Of(Spread);
        var reversed = scenario with { Contributions = [.. scenario.Contributions.Reverse()] };

        Assert.Equal(scenario.Protect().Table!.Write(), reversed.Protect().Table!.Write());
    }

    [Fact]
    public void Protect_ValuesAllEqual_PublishesTheMeanAlone()
    {
        var indicator = Scenario.Of([.. Enumerable.Repeat(50m, 9), 50m, 50m]).Published();

        Assert.Equal(LadderStep.WithoutQuantiles, indicator.Step);
        Assert.Equal([Statistic.Mean], indicator.Cells[0].Figures.Select(figure => figure.Statistic));
    }

    [Fact]
    public void Protect_ValuesAllAtTheLimit_PublishesNothing()
    {
        var result = Scenario.Of([.. Enumerable.Repeat(0m, 30)]).Protect();

        var indicator = result.Table!.Indicators.Single();
        Assert.Equal(LadderStep.NotPublished, indicator.Step);
        Assert.All(indicator.Cells, cell => Assert.Empty(cell.Figures));
        Assert.Equal(
            [LadderStep.Full, LadderStep.WithoutQuantiles, LadderStep.SmallCellsJoined],
            result.Findings.Select(finding => finding.Step));
        Assert.All(result.Findings, finding => Assert.Equal(FindingRule.AuditOnValues, finding.Rule));
    }

    [Fact]
    public void Protect_OneContributor_WithholdsByName()
    {
        var indicator = Scenario.Of(50m).Published();

        var all = Assert.Single(indicator.Cells);
        Assert.Empty(all.Figures);
        Assert.Null(all.Band);
        Assert.All(all.Withheld, withheld => Assert.Equal(WithheldRule.TooFewContributors, withheld.Rule));
    }

    [Fact]
    public void Protect_NoContribution_WithholdsByName() =>
        Assert.All(Scenario.Of().Published().Cells[0].Withheld, withheld => Assert.Equal(WithheldRule.TooFewContributors, withheld.Rule));
}
