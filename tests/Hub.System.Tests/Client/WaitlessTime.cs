using System.Collections.Concurrent;

namespace Hub.SystemTests.Client;

/// <summary>
/// A clock for code that waits before it tries again: a short wait is over at once and moves the clock by as much; longer timers, such as
/// deadlines, never fire by themselves.
/// </summary>
internal sealed class WaitlessTime(TimeSpan? shortest = null) : TimeProvider
{
    private readonly TimeSpan waitMax = shortest ?? TimeSpan.FromSeconds(9);
    private readonly object gate = new();
    private DateTimeOffset now = new(2026, 11, 24, 12, 0, 0, TimeSpan.Zero);

    /// <summary>The waits that were asked for, in order.</summary>
    public ConcurrentQueue<TimeSpan> Waits { get; } = new();

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate) return now;
    }

    public override long GetTimestamp() => GetUtcNow().UtcTicks;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan by)
    {
        lock (gate) now += by;
    }

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(this, callback, state, dueTime);

    private sealed class Timer : ITimer
    {
        private readonly WaitlessTime time;
        private readonly TimerCallback callback;
        private readonly object? state;

        public Timer(WaitlessTime time, TimerCallback callback, object? state, TimeSpan dueTime)
        {
            (this.time, this.callback, this.state) = (time, callback, state);
            Change(dueTime, Timeout.InfiniteTimeSpan);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            if (dueTime < TimeSpan.Zero || dueTime > time.waitMax) return true;
            time.Waits.Enqueue(dueTime);
            time.Advance(dueTime);
            ThreadPool.UnsafeQueueUserWorkItem(_ => callback(state), null);
            return true;
        }

        public void Dispose()
        {
        }

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}
