using Hub.Silo.Ledger;

namespace Hub.SystemTests.Access;

/// <summary>A tail that says it has lost touch with the ledger when the test wants it to.</summary>
internal sealed class StaleTail(LedgerTail inner, Func<bool> isStale) : ILedgerTail
{
    public bool IsFresh => !isStale() && inner.IsFresh;

    public DateTimeOffset LatestTime => inner.LatestTime;

    public Task CaughtUpAsync(long position, CancellationToken cancellationToken) => inner.CaughtUpAsync(position, cancellationToken);
}
