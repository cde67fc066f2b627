using System.Threading.Channels;

namespace Hub.Silo.Ledger;

/// <summary>
/// Follows the ledger for this silo: looks at the head every half second, and at once when this silo has committed or somebody
/// waits, and hands what is new to the followers. It has a clock of its own, since freshness is about real seconds.
/// </summary>
internal sealed partial class LedgerTail(
    ILedger ledger, IEnumerable<ILedgerFollower> followers, CommitSignal committed, ILogger<LedgerTail> logger, TimeProvider? clock = null)
    : BackgroundService, ILedgerTail
{
    private readonly TimeProvider clock = clock ?? TimeProvider.System;
    private readonly Channel<bool> bell = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly Following[] following = [.. followers.Select(follower => new Following(follower))];
    private TaskCompletionSource _moved = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _applied = -1;
    private long _seen = long.MinValue;
    private long _latestTicks = DateTimeOffset.MinValue.Ticks;

    public bool IsFresh => Volatile.Read(ref _seen) is var seen && seen != long.MinValue && clock.GetElapsedTime(seen) <= Limits.TailFreshMax;

    public DateTimeOffset LatestTime => new(Volatile.Read(ref _latestTicks), TimeSpan.Zero);

    public async Task CaughtUpAsync(long position, CancellationToken cancellationToken)
    {
        while (true)
        {
            // Taken before the look at the position: a move in between completes it.
            var moved = Volatile.Read(ref _moved).Task;
            if (Volatile.Read(ref _applied) >= position) return;
            Ring();
            await moved.WaitAsync(cancellationToken);
        }
    }

    /// <summary>Catches up once before anything else starts: no call is served from an unfinished state.</summary>
    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        await FollowAsync(cancellationToken);
        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        committed.Committed += Ring;
        await using var poll = clock.CreateTimer(_ => Ring(), null, Limits.TailPollInterval, Limits.TailPollInterval);
        try
        {
            await foreach (var _ in bell.Reader.ReadAllAsync(stoppingToken)) await TryFollowAsync(stoppingToken);
        }
        finally
        {
            committed.Committed -= Ring;
        }
    }

    private void Ring() => bell.Writer.TryWrite(true);

    private async Task TryFollowAsync(CancellationToken cancellationToken)
    {
        try
        {
            await FollowAsync(cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            LogFailed(logger, e, _applied);
        }
    }

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        var looked = clock.GetTimestamp();
        var head = await ledger.ReadHeadAsync(cancellationToken);
        while (_applied < head.Size - 1)
        {
            foreach (var entry in await ledger.ReadLogAsync(_applied, Limits.PageMax, cancellationToken))
                await ApplyAsync(entry, cancellationToken);
        }

        Volatile.Write(ref _seen, looked);
    }

    private async Task ApplyAsync(Entry entry, CancellationToken cancellationToken)
    {
        Entry? opened = null;
        foreach (var each in following)
        {
            // After a failure the entry comes again: who has applied it already is not given it twice.
            if (each.Applied >= entry.Position) continue;
            if (each.Follower.Follows(entry.Header.Stream))
                each.Follower.Apply(each.Follower.Opens(entry.Header.Stream) ? opened ??= await OpenAsync(entry, cancellationToken) : entry);

            each.Applied = entry.Position;
        }

        Volatile.Write(ref _latestTicks, entry.Header.Time.UtcTicks);
        Volatile.Write(ref _applied, entry.Position);
        Interlocked.Exchange(ref _moved, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }

    private async Task<Entry> OpenAsync(Entry entry, CancellationToken cancellationToken) =>
        (await ledger.ReadStreamAsync(entry.Header.Stream, entry.Header.Version - 1, 1, cancellationToken))[0];

    private sealed class Following(ILedgerFollower follower)
    {
        public ILedgerFollower Follower => follower;

        public long Applied { get; set; } = -1;
    }

    [LoggerMessage(LogLevel.Error, "The tail stands still at position {Position} and tries again.")]
    private static partial void LogFailed(ILogger logger, Exception reason, long position);
}
