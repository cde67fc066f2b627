using Hub.Silo.Catalogue;
using Hub.Silo.Ledger;

namespace Hub.Silo.Disclosures;

/// <summary>All that is shown of one instrument: load → decide → append → apply → answer. Long work waits in the queue.</summary>
internal sealed class DisclosureGrain(
    ILedger ledger, CurrentCatalogue catalogue, CurrentChanges changes, ComputationQueue queue, TimeProvider time) : Grain, IDisclosureGrain
{
    private StreamFold<DisclosureState> stream = null!;

    public override async Task OnActivateAsync(CancellationToken cancellationToken)
    {
        stream = new StreamFold<DisclosureState>(ledger, Streams.Disclosures(this.GetPrimaryKeyString()), DisclosureState.Empty);
        await stream.ReadOnAsync(cancellationToken);
        Enqueue();
    }

    public async Task<Decision<ProposedRelease>> ProposeAsync(ProposeReleaseCommand command)
    {
        var recorded = await stream.ActAsync(command.Act.Idempotency, state =>
        {
            var decision = DisclosureRules.Propose(state, command, catalogue.State, changes.LastErasureOf(command.Collection), time.GetUtcNow());
            return decision.IsRefused ? decision.Refusal! : new Append([DisclosureEntries.ToEntry(decision.Value)]);
        });
        if (recorded.IsRefused)
        {
            return recorded.Refusal!;
        }

        Enqueue();
        var asked = stream.State.Computations.First(c => c.Fence == recorded.Value.Position);
        return new ProposedRelease(asked.Fence, asked.Release);
    }

    public async Task<bool> ConcludeAsync(ConcludeCommand command)
    {
        await stream.ReadOnAsync(CancellationToken.None);
        if (stream.State.Find(command.Release) is not { IsConcluded: false })
        {
            return true;
        }

        var entry = new Event(command.Kind, DisclosureEntries.Schema, command.Release.ToString(), command.Payload);
        var append = new Append(Streams.Disclosures(this.GetPrimaryKeyString()), command.ExpectedVersion, [entry]);
        return await ledger.AppendAsync(append, CancellationToken.None) is AppendOutcome.Committed;
    }

    public async Task ResumeAsync()
    {
        await stream.ReadOnAsync(CancellationToken.None);
        Enqueue();
    }

    private void Enqueue()
    {
        foreach (var computation in stream.State.Unfinished)
        {
            queue.TryEnqueue(computation.Release);
        }
    }
}
