using Hub.Silo.Ledger;

namespace Hub.Silo.Catalogue;

/// <summary>What is in force as far as this silo has followed the ledger: a snapshot that any thread may read.</summary>
internal sealed class CurrentCatalogue : ILedgerFollower
{
    private volatile CatalogueState state = CatalogueState.Empty;

    public CatalogueState State => state;

    public bool Follows(string stream) => stream == Streams.Catalogue;

    public void Apply(Entry entry) => state = state.Apply(entry);
}
