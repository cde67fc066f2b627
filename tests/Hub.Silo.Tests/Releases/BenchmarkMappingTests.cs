using Hub.Privacy;
using Hub.Silo.Releases;
using Hub.Silo.Tests.Disclosures;
using Xunit;

namespace Hub.Silo.Tests.Releases;

public sealed class BenchmarkMappingTests
{
    private static readonly ReleaseState State = new TestRelease().Proposed().State;

    public static TheoryData<Type, Type, string> Enums => new()
    {
        { typeof(Statistic), typeof(V1.Statistic), "" },
        { typeof(Audience), typeof(V1.Audience), "" },
        { typeof(WithheldRule), typeof(V1.WithheldReason), "" },
        { typeof(FindingRule), typeof(V1.FindingRule), "" },
        { typeof(DominanceRule), typeof(V1.DominanceRule), "" },
        { typeof(LadderStep), typeof(V1.LadderStep), "SmallCellsJoined=SmallGroupsJoined" },
    };

    [Theory]
    [MemberData(nameof(Enums))]
    public void Enum_OfTheCore_HasTheSameNamesOnTheWireOneHigher(Type core, Type wire, string renamed)
    {
        foreach (var value in Enum.GetValues(core).Cast<int>())
        {
            var expected = Enum.GetName(core, value)!;
            expected = renamed.StartsWith(expected + "=", StringComparison.Ordinal) ? renamed[(expected.Length + 1)..] : expected;
            Assert.Equal(expected, Enum.GetName(wire, value + 1));
        }
    }

    [Fact]
    public void Enum_ReleaseStatus_HasTheNumbersOfTheWire() => Assert.All(
        Enum.GetValues<ReleaseStatus>(), status => Assert.Equal(status.ToString(), ((V1.ReleaseState)status).ToString()));

    [Fact]
    public void ToProto_ForAReviewer_HasEveryPlannedStatisticOfEveryGroup()
    {
        var benchmarks = BenchmarkMapping.ToProto(State.Name, State.Content!, (_, _) => true).ToList();

        Assert.Equal(["groups/all", "groups/region.A@3", "groups/region.B@1"], benchmarks.Select(b => b.Group));
        Assert.Equal($"{TestCatalogue.Collection}/releases/1/indicators/T.SCORE/groups/region.A@3", benchmarks[1].Name);
        Assert.All(benchmarks, b => Assert.Equal(Enum.GetValues<V1.Statistic>().Skip(1), b.Figures.Select(f => f.Statistic)));
        var mean = benchmarks[0].Figures[0];
        Assert.Equal(("48.00", "0.25"), (mean.Value.Value.Value, mean.Value.RoundingBase.Value));
        Assert.Equal((20, 29), (benchmarks[0].Contributors.Min, benchmarks[0].Contributors.Max));
        Assert.Contains(benchmarks[1].Figures, f => f.WithheldReason == V1.WithheldReason.TooFewContributors);
    }

    [Fact]
    public void ToProto_ForSomebodyOutsideTheAudience_SaysNothingButThat()
    {
        var benchmarks = BenchmarkMapping.ToProto(State.Name, State.Content!, (_, audience) => audience == Audience.Public).ToList();

        Assert.Equal(V1.Figure.ContentOneofCase.Value, benchmarks[0].Figures[0].ContentCase);
        Assert.All(
            benchmarks[0].Figures.Skip(1).Concat(benchmarks.Skip(1).SelectMany(b => b.Figures)),
            figure => Assert.Equal(V1.WithheldReason.Audience, figure.WithheldReason));
        Assert.All(benchmarks, b => Assert.Null(b.Contributors));
    }
}
