using Hub.Silo.Ledger;

namespace Hub.Silo.Registry;

/// <summary>Who may take part, as far as this silo has followed the ledger: a snapshot that any thread may read.</summary>
internal sealed class CurrentRegistry : ILedgerFollower
{
    private volatile RegistryState state = RegistryState.Empty;

    public RegistryState State => state;

    public AdministrationRecord? Find(string code) => state.Administrations.GetValueOrDefault(code);

    public bool Follows(string stream) => stream == Streams.Registry;

    public void Apply(Entry entry) => state = state.Apply(entry);
}
