using Hub.Silo.Catalogue;
using Hub.Silo.Ledger;

namespace Hub.Silo.Disclosures;

/// <summary>All that one computation reads of the ledger.</summary>
internal sealed record ComputationInput
{
    public required Computation Computation { get; init; }

    /// <summary>The memory of the audit; its version is the expected version of the result.</summary>
    public required DisclosureState Memory { get; init; }

    /// <summary>As it was when the release was asked for.</summary>
    public required CatalogueState Catalogue { get; init; }

    /// <summary>Entries of the collection, in log order; those after the fence tell only what was opened or erased since.</summary>
    public required IReadOnlyList<Entry> Topic { get; init; }

    /// <summary>Of a tree that holds everything before the fence.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>Null if nobody asked for the release, or it is concluded.</summary>
    public static async Task<ComputationInput?> ReadAsync(ILedger ledger, ReleaseName release, CancellationToken cancellationToken)
    {
        var memory = new StreamFold<DisclosureState>(ledger, Streams.Disclosures(release.Instrument), DisclosureState.Empty);
        await memory.ReadOnAsync(cancellationToken);
        if (memory.State.Find(release) is not { IsConcluded: false } computation)
        {
            return null;
        }

        return new ComputationInput
        {
            Computation = computation,
            Memory = memory.State,
            Catalogue = await ReadCatalogueAsync(ledger, computation.Request.CataloguePosition, cancellationToken),
            Topic = await ReadTopicAsync(ledger, release.Collection, cancellationToken),
            Checkpoint = await ReadCheckpointAsync(ledger, computation.Fence, cancellationToken),
        };
    }

    private static async Task<CatalogueState> ReadCatalogueAsync(ILedger ledger, long position, CancellationToken cancellationToken)
    {
        var state = CatalogueState.Empty;
        while (true)
        {
            var entries = await ledger.ReadStreamAsync(Streams.Catalogue, state.Version, Limits.EntriesPerRead, cancellationToken);
            state = entries.TakeWhile(e => e.Position <= position).Aggregate(state, (known, entry) => known.Apply(entry));
            if (entries.Count < Limits.EntriesPerRead || entries[^1].Position > position)
            {
                return state;
            }
        }
    }

    // That of the fence's own receipt, since the latest one may have been signed before it.
    private static async Task<string> ReadCheckpointAsync(ILedger ledger, long fence, CancellationToken cancellationToken) =>
        (await ledger.ReadReceiptAsync(fence, cancellationToken))!.Checkpoint;

    private static async Task<IReadOnlyList<Entry>> ReadTopicAsync(ILedger ledger, string topic, CancellationToken cancellationToken)
    {
        var all = new List<Entry>();
        IReadOnlyList<Entry> page;
        do
        {
            page = await ledger.ReadTopicAsync(topic, all.Count == 0 ? -1 : all[^1].Position, Limits.EntriesPerRead, cancellationToken);
            all.AddRange(page);
        }
        while (page.Count == Limits.EntriesPerRead);
        return all;
    }
}
