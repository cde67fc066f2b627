using Hub.Silo.Ledger;

namespace Hub.Silo.Disclosures;

/// <summary>What those who decide have to know of the editions of a collection.</summary>
internal sealed class Editions(CurrentDisclosures disclosures, CurrentChanges changes, ILedger ledger, ILedgerTail tail)
{
    /// <summary>The first edition that an entry at this position counts in.</summary>
    public int CountsFrom(string collection, long position) => disclosures.CountsFrom(collection, position);

    /// <summary>Whether anything of a collection was ever shown to anybody.</summary>
    public bool WasShown(string collection) => disclosures.WasShown(collection);

    /// <summary>Whether the content of a contribution was erased after a position.</summary>
    public bool IsErasedSince(string collection, long position) => changes.LastErasureOf(collection) > position;

    /// <summary>Returns once all that happened before a position is known here.</summary>
    public Task CaughtUpAsync(long position) => tail.CaughtUpAsync(position, CancellationToken.None);

    /// <summary>Returns once all that has happened is known here.</summary>
    public async Task CaughtUpAsync() => await CaughtUpAsync((await ledger.ReadHeadAsync(CancellationToken.None)).Size - 1);
}
