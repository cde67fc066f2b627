using CsCheck;

namespace Hub.Privacy.Tests.Audit;

/// <summary>Whatever is published of a small hub, no coalition narrows anybody down to less than W: every world is listed.</summary>
public sealed class EveryWorldTests
{
    private static readonly Gen<bool> Seldom = Gen.Int[0, 9].Select(draw => draw == 0);

    private static readonly Gen<SmallHub> Hubs =
        from large in Seldom
        let most = large ? 3 : 2
        from first in Gen.Int[0, most].Array[SmallHub.Members]
        from discloses in Seldom.Array[SmallHub.Members]
        from coalition in Gen.Int[1, 2]
        from width in Gen.Int[1, 2]
        select new SmallHub(first, first, new bool[SmallHub.Members], discloses, coalition, width, null) { GridMax = most };

    [Fact]
    public void Publish_OneEdition_NobodyIsNarrowedBelowTheWidth() => AssertSafe(Hubs, 20);

    [Fact]
    public void Publish_WithACorrection_NobodyIsNarrowedBelowTheWidth() => AssertSafe(Corrected, 60);

    [Fact]
    public void Publish_MeansWithACorrection_NobodyIsNarrowedBelowTheWidth() =>
        AssertSafe(Corrected.Select(hub => hub with { Statistics = [PublicationPlan.DefaultStatistics[0]] }), 60);

    /// <summary>Some members open the correction alone: what stood before is still theirs.</summary>
    [Fact]
    public void Publish_WithOpenedCorrections_NobodyIsNarrowedBelowTheWidth() => AssertSafe(
        from hub in Corrected
        from opens in Gen.Int[0, 3].Select(draw => draw == 0).Array[SmallHub.Members]
        select hub with { Discloses = opens, OpensCorrectionsAlone = true }, 60);

    [Fact]
    public void Publish_WithAJoiner_NobodyIsNarrowedBelowTheWidth() => AssertSafe(
        from hub in Hubs
        from joins in Gen.Int[0, SmallHub.Members - 1].Array[1, 3]
        select hub with { Joins = [.. Enumerable.Range(0, SmallHub.Members).Select(joins.Contains)] }, 20);

    private static Gen<SmallHub> Corrected { get; } =
        from hub in Hubs
        from second in Gen.Int[0, 2].Array[SmallHub.Members]
        from corrects in Gen.Int[0, SmallHub.Members - 1].Array[1, 2]
        select hub with
        {
            GridMax = 2,
            First = [.. hub.First.Select(value => Math.Min(value, 2))],
            Second = second,
            Corrects = [.. Enumerable.Range(0, SmallHub.Members).Select(corrects.Contains)],
        };

    [Fact]
    public void Publish_RatesWithKnownDenominators_NobodyIsNarrowedBelowTheWidth() => AssertSafe(Rates(Gen.Int[2, 3]), 20);

    /// <summary>Numerators are whole numbers, so a rate of fifths cannot be exchanged with one of sixths, though quantiles would stay.</summary>
    [Fact]
    public void Publish_QuantilesOfRatesWithoutTheRatio_NobodyIsNarrowedBelowTheWidth() =>
        AssertSafe(Rates(Gen.Int[0, 9].Select(draw => draw == 0 ? 2 : 3)).Select(hub => hub with { Statistics = PublicationPlan.DefaultStatistics.Skip(1).ToArray() }), 6);

    private static Gen<SmallHub> Rates(Gen<int> denominator) =>
        from hub in Hubs
        from denominators in denominator.Array[SmallHub.Members]
        select hub with { Denominators = denominators, First = [.. hub.First.Zip(denominators, Math.Min)] };

    [Fact]
    public void Publish_WithoutTheAudit_SomebodyIsNarrowed() =>
        AssertBreached(seed => SmallHub.Draw(seed), hub => hub.NarrowestWidth(controls: new(PolicyChecked: false, Audited: false)));

    [Fact]
    public void Publish_WithEditionsForgotten_SomebodyIsNarrowed() =>
        AssertBreached(seed => SmallHub.Draw(seed, corrections: 2), hub => hub.NarrowestWidth(controls: new(PolicyChecked: false, Remembered: false)));

    [Fact]
    public void Publish_WithOneInsiderFewer_SomebodyIsNarrowed() =>
        AssertBreached(seed => SmallHub.Draw(seed), hub => hub.NarrowestWidth(hub.Policy with { Coalition = hub.Coalition - 1 }));

    [Fact]
    public void Publish_WithOpenedValuesTakenForMates_SomebodyIsNarrowed() =>
        AssertBreached(seed => SmallHub.Draw(seed, disclosures: 3) with { OpennessIgnored = true }, hub => hub.NarrowestWidth());

    private static void AssertBreached(Func<int, SmallHub> draw, Func<SmallHub, int?> attack) =>
        Assert.Contains(Enumerable.Range(1, 200), seed => draw(seed) is var hub && attack(hub) is { } narrowest && narrowest < hub.ScaledWidth);

    private static void AssertSafe(Gen<SmallHub> hubs, int published)
    {
        var shown = 0;
        hubs.Sample(
            hub =>
            {
                if (hub.NarrowestWidth() is { } narrowest)
                {
                    Interlocked.Increment(ref shown);
                    Assert.True(narrowest >= hub.ScaledWidth, $"{narrowest} < {hub.ScaledWidth}");
                }
            },
            iter: 3 * published);
        Assert.True(shown >= published / 3, $"only {shown} hubs showed anything");
    }
}
