using CsCheck;

namespace Hub.Privacy.Tests;

public sealed class StandingTests
{
    // Quartiles 24, 50 and 74, each rounded to 1.
    private static readonly ProtectedIndicator Quarters = Scenario.Of([.. Enumerable.Range(0, 20).Select(i => 2m + i * 5m)]).Published();

    private static string Of(ProtectedIndicator indicator, decimal value)
    {
        var standing = Standing.Of(indicator, Group.All, ContributedValue.Level(value));
        return standing.AtBoundary ? $"{standing.Lowest}-{standing.Highest}/{standing.Parts}" : $"{standing.Lowest}/{standing.Parts}";
    }

    [Theory]
    [InlineData("0", "1/4")]
    [InlineData("23.4999", "1/4")]
    [InlineData("23.5", "1-2/4")]
    [InlineData("24", "1-2/4")]
    [InlineData("24.5", "1-2/4")]
    [InlineData("24.5001", "2/4")]
    [InlineData("50", "2-3/4")]
    [InlineData("74.6", "4/4")]
    [InlineData("100", "4/4")]
    public void Of_Value_IsItsQuarterOrABoundary(string value, string standing) =>
        Assert.Equal(standing, Of(Quarters, decimal.Parse(value)));

    [Fact]
    public void Of_SixteenContributors_IsAThird() =>
        Assert.Equal("2/3", Of(Scenario.Of([.. Enumerable.Range(0, 16).Select(i => 3m + 6 * i)]).Published(), 48m));

    [Fact]
    public void Of_TwelveContributors_IsAHalf() =>
        Assert.Equal("1/2", Of(Scenario.Of([.. Enumerable.Range(0, 12).Select(i => 3m + 8 * i)]).Published(), 11m));

    [Fact]
    public void Of_BoundariesThatCoincide_SpansAllTheirParts()
    {
        var indicator = Scenario.Of([.. Enumerable.Repeat(10m, 6), .. Enumerable.Repeat(50m, 30), .. Enumerable.Repeat(90m, 6)]).Published();

        Assert.Equal("1-4/4", Of(indicator, 50m));
    }

    [Fact]
    public void Of_JoinedGroup_IsTheStandingInOther()
    {
        var indicator = (Scenario.Of([.. Enumerable.Range(0, 40).Select(i => 1m + i * 37 % 99)]) with { Partition = Scenario.Groups(20, 15, 5) }).Published();

        Assert.Equal("other", indicator.CellOf("g2")!.Group);
        Assert.Equal(4, Standing.Of(indicator, "g2", ContributedValue.Level(10m)).Parts);
    }

    [Fact]
    public void Of_NoFigure_NamesTheReason()
    {
        Assert.Equal(NoStanding.NotPlanned, Standing.Of(Quarters, "elsewhere", ContributedValue.Level(1m)).Reason);
        Assert.Equal(NoStanding.NotContributed, Standing.Of(Quarters, Group.All, null).Reason);
        Assert.Equal(NoStanding.Withheld, Standing.Of(Scenario.Of(1m).Published(), Group.All, ContributedValue.Level(1m)).Reason);
    }

    [Fact]
    public void Of_AnyValue_ContainsItsTruePartUpToTheRounding() =>
        Gen.Decimal[0m, 100m].Sample(value =>
        {
            var standing = Standing.Of(Quarters, Group.All, ContributedValue.Level(value));
            var part = 1 + new[] { 24m, 50m, 74m }.Count(boundary => value > boundary);
            Assert.InRange(part, standing.Lowest, standing.Highest);
        });
}
