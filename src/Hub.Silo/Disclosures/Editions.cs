using Hub.Silo.Ledger;

namespace Hub.Silo.Disclosures;

/// <summary>Which editions members may know of by now.</summary>
internal interface IOpenEditions
{
    /// <summary>Whether an edition has been published, whatever became of it since.</summary>
    bool IsOpen(ReleaseName edition);
}

/// <summary>What those who decide and answer have to know of the editions of a collection.</summary>
internal sealed class Editions(CurrentDisclosures disclosures, CurrentChanges changes, IOpenEditions open, ILedger ledger, ILedgerTail tail)
{
    /// <summary>
    /// The earliest edition that an entry at this position can count in, by what members may know: one that waits for its review or
    /// its time is not told of.
    /// </summary>
    public int CountsFrom(string collection, long position) => disclosures.Of(collection).CountsFrom(collection, position, open.IsOpen);

    /// <summary>Whether the content of a contribution was erased after a position.</summary>
    public bool IsErasedSince(string collection, long position) => changes.LastErasureOf(collection) > position;

    /// <summary>Returns once all that happened before a position is known here.</summary>
    public Task CaughtUpAsync(long position) => tail.CaughtUpAsync(position, CancellationToken.None);

    /// <summary>Returns once all that has happened is known here.</summary>
    public async Task CaughtUpAsync() => await CaughtUpAsync((await ledger.ReadHeadAsync(CancellationToken.None)).Size - 1);
}
