using Hub.Silo.Ledger;

namespace Hub.Silo.Catalogue;

/// <summary>Load → decide → append → apply → answer, for the catalogue.</summary>
internal sealed class CatalogueGrain(ILedger ledger, TimeProvider time) : Grain, ICatalogueGrain
{
    private const int RacesMax = 16;

    private readonly StreamFold<CatalogueState> stream = new(ledger, Streams.Catalogue, CatalogueState.Empty);

    public async Task<Decision<long>> AdoptAsync(AdoptCommand command)
    {
        var reading = CatalogueReader.Read(command.Files);
        for (var i = 0; i < RacesMax; i++)
        {
            await stream.ReadOnAsync(CancellationToken.None);
            var decision = CatalogueRules.Adopt(stream.State, reading, command.Operator, time.GetUtcNow());
            if (decision.IsRefused)
            {
                return decision.Refusal!;
            }

            if (decision.Value.Length == 0)
            {
                return stream.State.Position;
            }

            // Without an idempotency key: whoever starts with the same files finds that nothing differs.
            var append = new Append(Streams.Catalogue, stream.State.Version, [.. decision.Value.Select(CatalogueEntries.ToEntry)]);
            if (await ledger.AppendAsync(append, CancellationToken.None) is AppendOutcome.Committed committed)
            {
                return committed.Entries[^1].Position;
            }
        }

        throw new LedgerUnavailableException($"{RacesMax} adoptions of the catalogue lost their race.");
    }

    public async Task<Decision<long>> CloseAsync(CloseCommand command)
    {
        var recorded = await stream.ActAsync(command.Act.Idempotency, state =>
        {
            var decision = CatalogueRules.Close(state, command.Collection, command.Reason, command.Closer, time.GetUtcNow());
            return decision.IsRefused ? decision.Refusal! : new Append([CatalogueEntries.ToEntry(decision.Value)]);
        });
        return recorded.IsRefused ? recorded.Refusal! : recorded.Value.Position;
    }
}
