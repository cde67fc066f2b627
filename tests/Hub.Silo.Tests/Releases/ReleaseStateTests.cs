using Hub.Silo.Releases;
using Hub.Silo.Tests.Disclosures;
using Xunit;

namespace Hub.Silo.Tests.Releases;

public sealed class ReleaseStateTests
{
    [Fact]
    public void StatusAt_Scheduled_BecomesPublishedAtItsTimeWithoutAnEntry()
    {
        var state = TestRelease.In(ReleaseStatus.Scheduled).State;

        Assert.Equal(ReleaseStatus.Scheduled, state.StatusAt(TestRelease.PublishTime.AddTicks(-1)));
        Assert.Equal(ReleaseStatus.Published, state.StatusAt(TestRelease.PublishTime));
    }

    [Fact]
    public void Version_EntriesOfTheDisclosures_DoNotCount()
    {
        var release = new TestRelease().Proposed();
        Assert.Equal(0, release.State.Version);

        Assert.Equal(2, release.Viewed().Approved().State.Version);
    }

    [Fact]
    public void Etag_OfTwoProposalsWithTheSameFigures_Differs()
    {
        var log = new TestLog();
        var (first, second) = (new TestRelease(1, log: log).Proposed(), new TestRelease(2, log: log).Proposed());

        Assert.NotEqual(first.State.Etag, second.State.Etag);
        Assert.Equal(first.State.Etag, first.Viewed().Approved().State.Etag);
    }

    [Fact]
    public void Content_AfterProposed_IsTheTableThatWasWritten() =>
        Assert.Equal(TestRelease.Table.Write(), new TestRelease().Proposed().State.Content!.Table.Write());

    [Fact]
    public void WasOpenAt_WithdrawnBeforeItsTime_NeverWas()
    {
        var before = TestRelease.In(ReleaseStatus.Scheduled).Withdrawn(TestRelease.PublishTime.AddMilliseconds(-1)).State;
        var after = TestRelease.In(ReleaseStatus.Scheduled).Withdrawn(TestRelease.PublishTime.AddMilliseconds(1)).State;

        Assert.False(before.WasOpenAt(TestRelease.PublishTime.AddDays(1)));
        Assert.True(after.WasOpenAt(TestRelease.PublishTime.AddDays(1)));
        Assert.Equal(ReleaseStatus.Withdrawn, after.StatusAt(TestRelease.PublishTime.AddDays(1)));
    }

    [Fact]
    public void Apply_EntriesWrittenAndRead_AreWhatTheyWere()
    {
        ReleaseEvent[] events =
        [
            new Viewed("r", "a"), new Reviewed("r", "a", "c"), new Approved("r", "a", "c"), new Returned("r", "a", "c"),
            new Scheduled("r", "a", TestRelease.PublishTime), new Withdrawn("r", "a", "why"),
        ];

        Assert.Equal(events, events.Select(ReleaseEntries.ToEntry).Select(e => ReleaseEntries.Read(e.Kind, e.Payload)));
    }
}
