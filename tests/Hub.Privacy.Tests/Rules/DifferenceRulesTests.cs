namespace Hub.Privacy.Tests.Rules;

/// <summary>Which further editions structure lets through, seen from a request: 40 members in groups of 20 and 20.</summary>
public sealed class DifferenceRulesTests
{
    private static readonly Scenario First = Scenario.Of([.. Enumerable.Range(0, 40).Select(i => 2m + i * 23 % 96)]) with { Partition = Scenario.Groups(20, 20) };

    private static ProtectionResult Again(Func<int, int> version, int leavers = 0) => (First with
    {
        Edition = 2,
        Memory = [First.Shown()],
        Contributions = [.. First.Contributions.Skip(leavers).Select((contribution, i) => contribution with
        {
            Version = version(i + leavers),
            Value = version(i + leavers) == 1 ? contribution.Value : ContributedValue.Level(2m + i * 29 % 96),
        })],
    }).Protect();

    private static void AssertRefused(ProtectionResult result, FindingRule rule)
    {
        var indicator = result.Table!.Indicators[0];
        Assert.Equal(LadderStep.NotPublished, indicator.Step);
        Assert.All(indicator.Cells, cell => Assert.Empty(cell.Figures));
        Assert.Contains(result.Findings, finding => finding.Rule == rule);
        Assert.All(indicator.Cells.SelectMany(cell => cell.Withheld), withheld => Assert.NotEqual(WithheldRule.Ladder, withheld.Rule));
    }

    [Fact]
    public void Reissue_NothingChanged_IsPublished() => Assert.Equal(LadderStep.Full, Again(_ => 1).Table!.Indicators[0].Step);

    [Fact]
    public void Reissue_OneCorrected_IsNot() => AssertRefused(Again(i => i == 7 ? 2 : 1), FindingRule.EditionDifference);

    [Fact]
    public void Reissue_NineCorrected_IsNot() => AssertRefused(Again(i => i < 9 ? 2 : 1), FindingRule.EditionDifference);

    [Fact]
    public void Reissue_TenOfTwentyCorrected_IsPublished() => Assert.NotEqual(LadderStep.NotPublished, Again(i => i < 10 ? 2 : 1).Table!.Indicators[0].Step);

    [Fact]
    public void Reissue_ElevenOfTwentyCorrected_LeavesTooFewUnchanged() => AssertRefused(Again(i => i < 11 ? 2 : 1), FindingRule.EditionDifference);

    [Fact]
    public void Reissue_WholeCellCorrected_IsPublished() => Assert.NotEqual(LadderStep.NotPublished, Again(i => i < 20 ? 2 : 1).Table!.Indicators[0].Step);

    [Fact]
    public void Reissue_AllCorrected_IsPublished() => Assert.Equal(LadderStep.Full, Again(_ => 2).Table!.Indicators[0].Step);

    [Fact]
    public void Reissue_OneLeft_IsNot() => AssertRefused(Again(_ => 1, leavers: 1), FindingRule.EditionDifference);

    [Fact]
    public void Check_RemainderOfFour_BreaksTheMinimumDifference()
    {
        Entry[] entries = [.. Enumerable.Range(0, 24).Select(i => new Entry(Scenario.Member(i), 1, false, Rational.Of(i), Rational.Of(1)))];
        Cell[] cells = [new("all", [], entries), new("g0", [], entries[..20])];

        Assert.Equal(FindingRule.MinimumDifference, DifferenceRules.Check(cells, [], PrivacyPolicy.Standard));
        Assert.Null(DifferenceRules.Check(cells, [], PrivacyPolicy.Standard with { DifferenceMin = 4 }));
    }

    // Groups changed between two editions: nobody's value did, and no new cell has anybody whom no earlier one had.
    [Fact]
    public void Check_EarlierCellWithThreeMoreThanItsNewOne_BreaksTheMinimumDifference()
    {
        Entry[] entries = [.. Enumerable.Range(0, 30).Select(i => new Entry(Scenario.Member(i), 1, false, Rational.Of(i), Rational.Of(1)))];
        Cell[] earlier = [new("g0", [], entries[..15]), new("g1", [], entries[12..])];
        Cell[] current = [new("g0", [], entries[..12]), new("g1", [], entries[12..])];

        Assert.Equal(FindingRule.MinimumDifference, DifferenceRules.Check(current, [earlier], PrivacyPolicy.Standard));
        Assert.Null(DifferenceRules.Check(current, [earlier], PrivacyPolicy.Standard with { DifferenceMin = 3 }));
    }
}
