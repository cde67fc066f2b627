using Hub.Silo.Ledger;

namespace Hub.Silo.Disclosures;

/// <summary>What an administration is told of the editions of a collection.</summary>
internal sealed class Editions(CurrentDisclosures disclosures, ILedger ledger, ILedgerTail tail)
{
    /// <summary>The first edition that an entry at this position counts in.</summary>
    public int CountsFrom(string collection, long position) => disclosures.CountsFrom(collection, position);

    /// <summary>Whether anything of a collection was ever shown to anybody.</summary>
    public bool WasShown(string collection) => disclosures.WasShown(collection);

    /// <summary>Returns once all that happened before a position is known here.</summary>
    public Task CaughtUpAsync(long position) => tail.CaughtUpAsync(position, CancellationToken.None);

    /// <summary>Returns once all that has happened is known here.</summary>
    public async Task CaughtUpAsync() => await CaughtUpAsync((await ledger.ReadHeadAsync(CancellationToken.None)).Size - 1);
}
