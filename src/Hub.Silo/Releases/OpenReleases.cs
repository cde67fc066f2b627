using Hub.Silo.Disclosures;
using Hub.Silo.Ledger;

namespace Hub.Silo.Releases;

/// <summary>
/// What members and partners may read now. A release opens when this silo's clock has passed its time, while the silo knows the ledger's
/// end and its clock is not behind the ledger; what is open stays open whatever happens to clock and tail.
/// </summary>
internal sealed class OpenReleases(CurrentReleases current, CurrentChanges changes, ILedgerTail tail, TimeProvider time) : IOpenEditions
{
    private long horizonTicks = DateTimeOffset.MinValue.Ticks;
    private volatile OpenShelf shelf = OpenShelf.Empty;

    /// <summary>What is open now: the same object as before while nothing changed.</summary>
    public OpenShelf Now()
    {
        var (known, horizon) = (shelf, Horizon());
        return known.IsOf(current.All, changes.Version, horizon) ? known : shelf = OpenShelf.Of(current.All, changes, horizon);
    }

    /// <summary>An open release; null for one that is not open, exactly as for one that does not exist.</summary>
    public OpenRelease? Find(ReleaseName name) => Now().Find(name);

    /// <summary>Whether a release that was scheduled will never open.</summary>
    public bool IsStopped(ReleaseState release) => OpenShelf.IsStopped(release, changes);

    public bool IsOpen(ReleaseName edition) => Find(edition) is not null;

    /// <summary>The latest edition of a collection that is open and was not taken back.</summary>
    public OpenRelease? Latest(string collection) => Now().Latest(collection);

    /// <summary>Returns when more may be open than a caller has seen, or less.</summary>
    public async Task WaitAsync(OpenShelf seen, CancellationToken cancellationToken)
    {
        var changed = current.Changed;
        if (!ReferenceEquals(Now(), seen))
        {
            return;
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(changed, Task.Delay(Wait(seen), time, ended.Token));
        await ended.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }

    private TimeSpan Wait(OpenShelf seen) => seen.NextOpening is not { } next ? Limits.WatchWaitMax
        : next - time.GetUtcNow() is var due && due < Limits.OpeningRetry ? Limits.OpeningRetry
        : due < Limits.WatchWaitMax ? due : Limits.WatchWaitMax;

    // Up to where the calendar has certainly come. It never goes back.
    private DateTimeOffset Horizon()
    {
        var now = time.GetUtcNow();
        var latest = tail.LatestTime;
        if (latest <= now + Limits.ClockDoubtMax)
        {
            Raise((tail.IsFresh ? now : latest).UtcTicks);
        }

        return new DateTimeOffset(Volatile.Read(ref horizonTicks), TimeSpan.Zero);
    }

    private void Raise(long ticks)
    {
        var known = Volatile.Read(ref horizonTicks);
        while (ticks > known && Interlocked.CompareExchange(ref horizonTicks, ticks, known) is var found && found != known)
        {
            known = found;
        }
    }
}
