using Hub.Silo.Administrations;
using Hub.Silo.Disclosures;
using Hub.Silo.Ledger;
using Hub.Silo.Releases;
using Hub.Silo.Tests.Disclosures;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using Limits = Hub.Silo.Releases.Limits;

namespace Hub.Silo.Tests.Releases;

public sealed class OpenReleasesTests
{
    private readonly CurrentReleases current = new();
    private readonly CurrentChanges changes = new();
    private readonly TestTail tail = new();
    private readonly TestLog log = new();
    private readonly FakeTimeProvider time = new(TestLog.Start);
    private readonly OpenReleases open;

    public OpenReleasesTests() => open = new OpenReleases(current, changes, tail, time);

    [Fact]
    public void Find_BeforeItsTime_IsNotThereAndThenIs()
    {
        var release = Scheduled(1);

        time.SetUtcNow(TestRelease.PublishTime.AddTicks(-1));
        Assert.Null(open.Find(release.Name));
        Assert.Empty(open.Now().Releases);
        time.SetUtcNow(TestRelease.PublishTime);

        Assert.Equal(ReleaseStatus.Published, open.Find(release.Name)!.Status);
    }

    [Fact]
    public void Find_TailStaleAtItsTime_OpensOnlyWhenFreshAgain()
    {
        var release = Scheduled(1);
        tail.IsFresh = false;

        time.SetUtcNow(TestRelease.PublishTime.AddMinutes(5));
        Assert.Null(open.Find(release.Name));
        tail.IsFresh = true;

        Assert.NotNull(open.Find(release.Name));
    }

    [Fact]
    public void Find_TailStaleAfterItsOpening_StaysOpen()
    {
        var release = Scheduled(1);
        time.SetUtcNow(TestRelease.PublishTime);
        Assert.NotNull(open.Find(release.Name));

        tail.IsFresh = false;
        time.Advance(TimeSpan.FromHours(1));

        Assert.NotNull(open.Find(release.Name));
    }

    [Fact]
    public void Find_StaleFromTheStart_OpensWhatTheLedgersLastEntryProves()
    {
        var release = Scheduled(1);
        tail.IsFresh = false;
        time.SetUtcNow(TestRelease.PublishTime.AddHours(1));

        tail.LatestTime = TestRelease.PublishTime.AddTicks(-1);
        Assert.Null(open.Find(release.Name));
        tail.LatestTime = TestRelease.PublishTime;

        Assert.NotNull(open.Find(release.Name));
    }

    [Fact]
    public void Find_ClockBehindTheLedger_OpensNothing()
    {
        var release = Scheduled(1);
        time.SetUtcNow(TestRelease.PublishTime);

        tail.LatestTime = time.GetUtcNow() + Limits.ClockDoubtMax + TimeSpan.FromTicks(1);
        Assert.Null(open.Find(release.Name));
        tail.LatestTime = time.GetUtcNow() + Limits.ClockDoubtMax;

        Assert.NotNull(open.Find(release.Name));
    }

    [Fact]
    public void Find_ClockSetBackAfterItsOpening_StaysOpen()
    {
        var release = Scheduled(1);
        time.SetUtcNow(TestRelease.PublishTime);
        Assert.NotNull(open.Find(release.Name));

        var setBack = new OpenReleases(current, changes, tail, new FakeTimeProvider(TestLog.Start));
        time.AdjustTime(TestLog.Start);

        Assert.NotNull(open.Find(release.Name));
        Assert.Null(setBack.Find(release.Name));
    }

    [Fact]
    public void Find_WithdrawnBeforeItsTime_IsNeverThere()
    {
        var release = Scheduled(1, r => r.Withdrawn(TestRelease.PublishTime.AddSeconds(-1)));

        time.SetUtcNow(TestRelease.PublishTime.AddDays(1));

        Assert.Null(open.Find(release.Name));
        Assert.Null(open.Now().NextOpening);
    }

    [Fact]
    public void Find_WithdrawnAfterItsOpening_SaysSoAndIsNotTheLatest()
    {
        var first = Scheduled(1);
        var second = Scheduled(2, r => r.Withdrawn(TestRelease.PublishTime.AddSeconds(1)));

        time.SetUtcNow(TestRelease.PublishTime.AddMinutes(1));

        Assert.Equal((ReleaseStatus.Withdrawn, "A mistake"), (open.Find(second.Name)!.Status, open.Find(second.Name)!.Withdrawal!.Reason));
        Assert.Equal((ReleaseStatus.Published, first.Name), (open.Find(first.Name)!.Status, open.Latest(TestCatalogue.Collection)!.Name));
    }

    [Fact]
    public void Find_LaterEditionOpen_IsSupersededAndStaysReadable()
    {
        var first = Scheduled(1);
        var second = new TestRelease(2, log: log).Proposed().Approved().Scheduled(TestRelease.PublishTime.AddHours(1));
        second.FollowedBy(current);

        time.SetUtcNow(TestRelease.PublishTime);
        Assert.Equal(ReleaseStatus.Published, open.Find(first.Name)!.Status);
        time.SetUtcNow(TestRelease.PublishTime.AddHours(1));

        Assert.Equal((ReleaseStatus.Superseded, second.Name), (open.Find(first.Name)!.Status, open.Find(first.Name)!.SupersededBy));
        Assert.Equal(TestRelease.Table.Write(), open.Find(first.Name)!.Content.Table.Write());
        Assert.Equal(second.Name, open.Latest(TestCatalogue.Collection)!.Name);
    }

    [Theory]
    [InlineData(SubmissionEntries.CorrectedKind, true, false)]
    [InlineData(SubmissionEntries.WithdrawnKind, true, false)]
    [InlineData(SubmissionEntries.ErasedKind, false, true)]
    public void Find_ContributionChangedAfterTheFence_HasAFootnote(string kind, bool isChanged, bool isErased)
    {
        Submission(kind);
        var release = Scheduled(1);
        time.SetUtcNow(TestRelease.PublishTime);
        Assert.Equal((false, false), (open.Find(release.Name)!.IsChangedSince, open.Find(release.Name)!.IsErasedSince));

        Submission(kind);

        Assert.Equal((isChanged, isErased), (open.Find(release.Name)!.IsChangedSince, open.Find(release.Name)!.IsErasedSince));
    }

    [Fact]
    public void Find_ContributionErasedBeforeItsTime_IsNeverThere()
    {
        Submission(SubmissionEntries.ErasedKind);
        var (stopped, untouched) = (Scheduled(1), Scheduled(2));
        time.SetUtcNow(TestRelease.PublishTime.AddTicks(-1));
        Submission(SubmissionEntries.ErasedKind);

        time.SetUtcNow(TestRelease.PublishTime.AddHours(1));

        Assert.True(open.Find(stopped.Name) is null && open.Find(untouched.Name) is null);
    }

    [Fact]
    public void Now_NothingHappened_IsTheSameObject()
    {
        Scheduled(1);
        time.SetUtcNow(TestRelease.PublishTime);
        var seen = open.Now();

        time.Advance(TimeSpan.FromHours(1));

        Assert.Same(seen, open.Now());
    }

    [Fact]
    public async Task WaitAsync_UntilTheNextOpening_ReturnsThen()
    {
        var release = Scheduled(1);
        var seen = open.Now();
        Assert.Equal(TestRelease.PublishTime, seen.NextOpening);

        var waiting = open.WaitAsync(seen, TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);
        for (var i = 0; i < 60 && !waiting.IsCompleted; i++)
        {
            time.Advance(Limits.WatchWaitMax);
            await Task.Yield();
        }

        await waiting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task WaitAsync_SomethingElseHappens_Returns()
    {
        Scheduled(1);
        var waiting = open.WaitAsync(open.Now(), TestContext.Current.CancellationToken);
        Assert.False(waiting.IsCompleted);

        Scheduled(2);

        await waiting.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    private TestRelease Scheduled(int number, Func<TestRelease, TestRelease>? and = null)
    {
        var release = new TestRelease(number, log: log).Proposed().Approved().Scheduled();
        release = and is null ? release : and(release);
        release.FollowedBy(current);
        return release;
    }

    private void Submission(string kind)
    {
        var entry = log.Add(Streams.Administration("UA"), new Event(kind, 1, TestCatalogue.Collection, new byte[] { 1 }), time.GetUtcNow());
        Assert.True(changes.Follows(entry.Header.Stream) && !changes.Opens(entry.Header.Stream));
        changes.Apply(entry with { Payload = null });
    }

    private sealed class TestTail : ILedgerTail
    {
        public bool IsFresh { get; set; } = true;

        public DateTimeOffset LatestTime { get; set; } = DateTimeOffset.MinValue;

        public Task CaughtUpAsync(long position, CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
