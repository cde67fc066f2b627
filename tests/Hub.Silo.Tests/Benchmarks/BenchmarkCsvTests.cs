using Hub.Silo.Benchmarks;
using Hub.Silo.Releases;
using Hub.Silo.Tests.Releases;
using Hub.V1;
using Xunit;

namespace Hub.Silo.Tests.Benchmarks;

public sealed class BenchmarkCsvTests
{
    [Fact]
    public void Write_AWholeRelease_HasOneLineForEachFigure()
    {
        var release = new V1.Release { Name = "r", Footnotes = { new Footnote { Text = "Changed, since" } } };
        var proposed = new TestRelease().Proposed();
        release.Benchmarks.AddRange(BenchmarkMapping.ToProto(proposed.Name, proposed.State.Content!, (_, _) => true));

        var lines = BenchmarkCsv.Write(release).Split("\r\n");

        Assert.StartsWith("RELEASE,INDICATOR,GROUP,STATISTIC,OBS_VALUE,", lines[0], StringComparison.Ordinal);
        Assert.Equal("", lines[^1]);
        Assert.Equal(release.Benchmarks.Sum(b => b.Figures.Count), lines.Length - 2);
        Assert.Equal(
            "r,instruments/test/indicators/T.SCORE,groups/all,MEAN,48.00,0.25,points,20,29,A,F,,PUBLIC,\"Changed, since\"",
            lines[1]);
    }

    [Theory]
    [InlineData(Audience.Public, "F")]
    [InlineData(Audience.Members, "N")]
    [InlineData(Audience.Contributors, "N")]
    public void Status_OfAShownFigure_IsNormalAndSaysWhoMayHaveIt(Audience audience, string expected)
    {
        var figure = new Figure { Audience = audience, Value = new RoundedValue() };

        Assert.Equal(("A", expected), (BenchmarkCsv.ObsStatus(figure), BenchmarkCsv.ConfStatus(figure)));
    }

    [Theory]
    [InlineData(WithheldReason.TooFewContributors, "A")]
    [InlineData(WithheldReason.JoinedIntoOther, "A")]
    [InlineData(WithheldReason.WindowsOverlap, "D")]
    [InlineData(WithheldReason.MinimumDifference, "D")]
    [InlineData(WithheldReason.Ladder, "C")]
    [InlineData(WithheldReason.Audience, "N")]
    public void Status_OfAWithheldFigure_IsSuppressedAndSaysWhy(WithheldReason reason, string expected)
    {
        var figure = new Figure { Audience = Audience.Members, WithheldReason = reason };

        Assert.Equal(("Q", expected), (BenchmarkCsv.ObsStatus(figure), BenchmarkCsv.ConfStatus(figure)));
    }
}
