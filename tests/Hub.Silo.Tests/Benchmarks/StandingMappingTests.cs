using Hub.Privacy;
using Hub.Silo.Benchmarks;
using Hub.Silo.Tests.Disclosures;
using Hub.Silo.Tests.Releases;
using Hub.V1;
using Xunit;
using Polarity = Hub.Silo.Catalogue.Polarity;
using Standing = Hub.Privacy.Standing;

namespace Hub.Silo.Tests.Benchmarks;

public sealed class StandingMappingTests
{
    [Theory]
    [InlineData(2, 1, 1, Assessment.Worse)]
    [InlineData(2, 2, 2, Assessment.Better)]
    [InlineData(2, 1, 2, Assessment.Middle)]
    [InlineData(3, 1, 1, Assessment.Worse)]
    [InlineData(3, 1, 2, Assessment.Worse)]
    [InlineData(3, 2, 2, Assessment.Middle)]
    [InlineData(3, 2, 3, Assessment.Better)]
    [InlineData(3, 3, 3, Assessment.Better)]
    [InlineData(4, 1, 2, Assessment.Worse)]
    [InlineData(4, 2, 2, Assessment.Worse)]
    [InlineData(4, 2, 3, Assessment.Middle)]
    [InlineData(4, 3, 3, Assessment.Better)]
    [InlineData(4, 3, 4, Assessment.Better)]
    [InlineData(4, 1, 3, Assessment.Middle)]
    public void Assess_AnyPart_IsMirroredByPolarityAndNeverToldWhereAmbiguous(int parts, int lowest, int highest, Assessment high)
    {
        Assert.Equal(high, StandingMapping.Assess(parts, lowest, highest, Polarity.BetterHigh));
        var low = high switch { Assessment.Better => Assessment.Worse, Assessment.Worse => Assessment.Better, _ => high };
        Assert.Equal(low, StandingMapping.Assess(parts, lowest, highest, Polarity.BetterLow));
        Assert.Equal(Assessment.Neither, StandingMapping.Assess(parts, lowest, highest, Polarity.Ambiguous));
    }

    [Fact]
    public void ToProto_Erased_SaysSoAndNotThatNothingWasContributed()
    {
        var indicator = TestRelease.Table.Find(TestCatalogue.Indicator)!;
        var none = Standing.Of(indicator, "all", null);
        var erased = OwnContribution.At(10, "UA", "c", OwnContributionTests.ErasedLater());

        Assert.Equal(NoStandingReason.NotContributed, StandingMapping.ToProto(none, OwnContribution.None, "b", Polarity.BetterHigh).NoStandingReason);
        Assert.Equal(NoStandingReason.Erased, StandingMapping.ToProto(none, erased, "b", Polarity.BetterHigh).NoStandingReason);
        Assert.Equal(Assessment.Unspecified, StandingMapping.ToProto(none, erased, "b", Polarity.BetterHigh).Assessment);
    }

    [Fact]
    public void ToProto_WithinHalfTheRoundingBaseOfABoundary_IsAtBoundary()
    {
        var indicator = TestRelease.Table.Find(TestCatalogue.Indicator)!;
        var median = indicator.CellOf("all")!.Find(Privacy.Statistic.Median)!;

        var at = Told(median.Value + (median.RoundedTo / 2));
        var above = Told(median.Value + (median.RoundedTo / 2) + 0.01m);

        Assert.Equal((4, 2, 3, true, Assessment.Middle), (at.Parts, at.LowestPart, at.HighestPart, at.AtBoundary, at.Assessment));
        Assert.Equal((4, 3, 3, false, Assessment.Better), (above.Parts, above.LowestPart, above.HighestPart, above.AtBoundary, above.Assessment));

        V1.Standing Told(decimal value) => StandingMapping.ToProto(
            Standing.Of(indicator, "all", ContributedValue.Level(value)), OwnContribution.None, "b", Polarity.BetterHigh);
    }
}
