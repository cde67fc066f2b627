using Hub.Silo.Ledger;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Hub.Silo.Tests.Ledger;

/// <summary>What followers get, and when a silo may say that it is up to date.</summary>
public sealed class LedgerTailTests : IAsyncLifetime
{
    private readonly SqliteSite site = new();
    private readonly FakeTimeProvider clock = new();
    private readonly CommitSignal committed = new();
    private readonly Recorder recorder = new("registry");
    private ILedger _ledger = null!;
    private LedgerTail _tail = null!;
    private bool _broken;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        _ledger = site.Open(point =>
        {
            if (point == LedgerFault.OnRead && Volatile.Read(ref _broken)) throw new IOException("gone");
        });
        _tail = new LedgerTail(_ledger, [recorder], committed, NullLogger<LedgerTail>.Instance, clock);
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        await _tail.StopAsync(CancellationToken.None);
        _tail.Dispose();
        site.Dispose();
    }

    [Fact]
    public async Task Start_WithEntriesThere_HasAppliedThemWhenItReturns()
    {
        await AppendAsync("registry", 0, "1", "2");
        await AppendAsync("catalogue", 0, "not followed");

        await _tail.StartAsync(Token);

        Assert.Equal(["0:1", "1:2"], recorder.Applied);
        Assert.True(_tail.IsFresh);
    }

    [Fact]
    public async Task Follower_ThatOpensNothing_IsGivenPlaceAndKindOnly()
    {
        var closed = new Recorder("registry") { OpensPayloads = false };
        using var tail = new LedgerTail(_ledger, [closed], committed, NullLogger<LedgerTail>.Instance, clock);
        await AppendAsync("registry", 0, "1");

        await tail.StartAsync(Token);
        await tail.StopAsync(Token);

        Assert.Equal(["0:"], closed.Applied);
        Assert.Equal(site.Clock.GetUtcNow(), tail.LatestTime);
    }

    [Fact]
    public async Task Start_LedgerNotReadable_Fails()
    {
        _broken = true;

        await Assert.ThrowsAsync<IOException>(() => _tail.StartAsync(Token));
        Assert.False(_tail.IsFresh);
    }

    [Fact]
    public async Task CaughtUp_OwnCommit_NeedsNoPoll()
    {
        await _tail.StartAsync(Token);

        await AppendAsync("registry", 0, "1");
        await _tail.CaughtUpAsync(0, Token);

        Assert.Equal(["0:1"], recorder.Applied);
    }

    [Fact]
    public async Task CaughtUp_PositionNotYetWritten_WaitsForIt()
    {
        await _tail.StartAsync(Token);
        var waiting = _tail.CaughtUpAsync(0, Token);
        Assert.False(waiting.IsCompleted);

        await AppendAsync("registry", 0, "1");
        committed.Raise();

        await waiting;
        Assert.Equal(["0:1"], recorder.Applied);
    }

    [Fact]
    public async Task Poll_CommitOfAnotherSilo_IsFollowed()
    {
        await _tail.StartAsync(Token);
        var applied = recorder.Next();
        await AppendAsync("registry", 0, "1");

        clock.Advance(TimeSpan.FromMilliseconds(500));

        Assert.Equal("0:1", await applied.WaitAsync(Token));
    }

    [Fact]
    public async Task Fresh_LedgerNotReadable_EndsAfterTwoSeconds()
    {
        await _tail.StartAsync(Token);
        Volatile.Write(ref _broken, true);

        clock.Advance(TimeSpan.FromSeconds(2));
        Assert.True(_tail.IsFresh);
        clock.Advance(TimeSpan.FromMilliseconds(1));

        Assert.False(_tail.IsFresh);
    }

    [Fact]
    public async Task Follower_Fails_GetsTheEntryAgainAndNobodyElseTwice()
    {
        var failing = new Recorder("registry") { Failures = 1 };
        using var tail = new LedgerTail(_ledger, [recorder, failing], committed, NullLogger<LedgerTail>.Instance, clock);
        await tail.StartAsync(Token);

        await AppendAsync("registry", 0, "1", "2");
        var caughtUp = tail.CaughtUpAsync(1, Token);
        await failing.Refused.WaitAsync(Token);
        Assert.False(caughtUp.IsCompleted);
        clock.Advance(TimeSpan.FromMilliseconds(500));
        await caughtUp;
        await tail.StopAsync(Token);

        Assert.Equal(["0:1", "1:2"], recorder.Applied);
        Assert.Equal(["0:1", "1:2"], failing.Applied);
    }

    private async Task AppendAsync(string stream, long version, params string[] payloads) =>
        Assert.IsType<AppendOutcome.Committed>(await _ledger.AppendAsync(
            new Append(stream, version, [.. payloads.Select(text => new Event("told", 1, "", System.Text.Encoding.UTF8.GetBytes(text)))]), Token));

    private sealed class Recorder(string stream) : ILedgerFollower
    {
        private readonly List<string> applied = [];
        private TaskCompletionSource<string> _next = new(TaskCreationOptions.RunContinuationsAsynchronously);

        private readonly TaskCompletionSource refused = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public int Failures { get; set; }

        public bool OpensPayloads { get; init; } = true;

        public bool Opens(string name) => OpensPayloads;

        public Task Refused => refused.Task;

        public IReadOnlyList<string> Applied
        {
            get
            {
                lock (applied) return [.. applied];
            }
        }

        public Task<string> Next() => (_next = new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

        public bool Follows(string name) => name == stream;

        public void Apply(Entry entry)
        {
            if (Failures-- > 0)
            {
                refused.SetResult();
                throw new InvalidOperationException("not now");
            }

            var text = $"{entry.Position}:{(entry.Payload is { } payload ? System.Text.Encoding.UTF8.GetString(payload.Span) : "")}";
            lock (applied) applied.Add(text);
            _next.TrySetResult(text);
        }
    }
}
