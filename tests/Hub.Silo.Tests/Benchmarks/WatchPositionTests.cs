using CsCheck;
using Hub.Silo.Benchmarks;
using Hub.Silo.Disclosures;
using Hub.Silo.Releases;
using Hub.Silo.Tests.Disclosures;
using Hub.Silo.Tests.Releases;
using Xunit;

namespace Hub.Silo.Tests.Benchmarks;

public sealed class WatchPositionTests
{
    private const string Parent = "instruments/-/periods/-";

    // What a silo may come to know, and when: a moment's own time and entry, and the look at which this silo first sees it. Later
    // entries are seen no sooner than earlier ones, unless their time is still to come.
    private static readonly Gen<(int Time, int Seen)[]> Histories = Gen.Select(Gen.Int[0, 6], Gen.Int[0, 3], (time, seen) => (time, seen)).Array[0, 12];

    [Fact]
    public void Untold_TakenUpAnewAfterEachMessage_TellsEveryMomentOnce() => Histories.Sample(history =>
    {
        var moments = Moments(history);
        var told = new List<long>();
        var position = "";
        for (var look = 0; look <= 3; look++)
        {
            var visible = moments.Where(m => m.Look <= look).Select(m => m.Moment).ToList();
            // The stream breaks after every message.
            while (WatchPosition.Read(position, Parent).Value is var from && from.Untold(visible).FirstOrDefault() is { } next)
            {
                told.Add(next.Position);
                position = from.After(next).Write(Parent);
            }
        }

        return told.Order().SequenceEqual(moments.Select(m => m.Moment.Position).Order());
    });

    [Fact]
    public void Untold_InOneStream_TellsThemInTheOrderOfTheirTimes()
    {
        var moments = Moments([(5, 0), (1, 0), (3, 0)]).Select(m => m.Moment).ToList();

        Assert.Equal([1L, 2L, 0L], WatchPosition.Start.Untold(moments).Select(m => m.Position));
    }

    [Theory]
    [InlineData("x")]
    [InlineData("AAAA")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public void Read_MadeUp_IsRefused(string text) => Assert.True(WatchPosition.Read(text, Parent).IsRefused);

    [Fact]
    public void Read_OfAnotherQuery_IsRefused()
    {
        var written = WatchPosition.Start.Write(Parent);

        Assert.False(WatchPosition.Read(written, Parent).IsRefused);
        Assert.Equal(V1.ErrorReason.FieldInvalid, WatchPosition.Read(written, "instruments/lpi/periods/-").Refusal!.Reason);
    }

    private static List<(ReleaseMoment Moment, int Look)> Moments((int Time, int Seen)[] history)
    {
        var moments = new List<(ReleaseMoment, int)>();
        var followed = 0;
        foreach (var ((time, seen), i) in history.Select((h, i) => (h, i)))
        {
            // The log is followed in order, and a moment is seen once its entry is followed and its time has come (two units a look).
            followed = Math.Max(followed, Math.Min(seen, 3));
            var look = Math.Max(followed, time / 2);
            moments.Add((new ReleaseMoment(Release, V1.ReleaseEvent.Published, TestLog.Start.AddSeconds(time), i), look));
        }

        return moments;
    }

    private static OpenRelease Release { get; } = new(ReleaseName.Of(TestCatalogue.Collection, 1), new TestRelease().Proposed().State.Content!)
    {
        Status = ReleaseStatus.Published,
        PublishTime = TestLog.Start,
        ScheduledAt = 0,
        Fence = 0,
        Plan = "test@1",
        Policy = "quick@1",
    };
}
