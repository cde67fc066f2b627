using System.Collections.Immutable;
using Hub.Transparency;

namespace Hub.Silo.Ledger;

/// <summary>What a stream says so far: a pure fold of its entries.</summary>
internal interface IStreamState<TSelf>
    where TSelf : IStreamState<TSelf>
{
    /// <summary>Entries folded; the expected version of the next append.</summary>
    long Version { get; }

    /// <summary>Requests that were answered, by idempotency key (base64).</summary>
    ImmutableDictionary<string, AnsweredRequest> Requests { get; }

    TSelf Apply(Entry entry);
}

/// <summary>A request that was answered: what it was (nothing, once erased), and where the entry stands that answers it.</summary>
internal sealed record AnsweredRequest(byte[] Fingerprint, long Version, long Position);

/// <summary>An act that stands in the ledger: where its first entry is, and the receipt of that, if the act is not a repetition.</summary>
internal sealed record Recorded(long Version, long Position, Receipt? Receipt);

/// <summary>What every fold does with an entry's idempotency key.</summary>
internal static class AnsweredRequests
{
    public static ImmutableDictionary<string, AnsweredRequest> With(this ImmutableDictionary<string, AnsweredRequest> requests, Entry entry) =>
        entry.Idempotency is { } request
            ? requests.SetItem(Convert.ToBase64String(request.Key), new AnsweredRequest(request.Fingerprint, entry.Header.Version, entry.Position))
            : requests;
}

/// <summary>
/// One stream as its grain holds it: read on → decide → append → apply. The grain's single activation makes this fast; the ledger's
/// constraints make it right, and whoever loses a race reads on and decides again.
/// </summary>
internal sealed class StreamFold<TState>(ILedger ledger, string stream, TState empty)
    where TState : class, IStreamState<TState>
{
    private const int DecisionsMax = 16;
    private const int EntriesPerRead = 500;

    public TState State { get; private set; } = empty;

    /// <summary>Folds what others have appended since.</summary>
    public async Task ReadOnAsync(CancellationToken cancellationToken)
    {
        IReadOnlyList<Entry> entries;
        do
        {
            entries = await ledger.ReadStreamAsync(stream, State.Version, EntriesPerRead, cancellationToken);
            Fold(entries);
        }
        while (entries.Count == EntriesPerRead);
    }

    /// <summary>
    /// Records what <paramref name="decide"/> decides on the state, once: a request that was answered before is not decided again.
    /// The decision's expected version is filled in here. Before it is decided again, <paramref name="readAlso"/> brings up to date
    /// what else is decided on.
    /// </summary>
    public async Task<Decision<Recorded>> ActAsync(
        Idempotency request, Func<TState, Decision<Append>> decide, Func<Task>? readAlso = null)
    {
        var isAtHead = false;
        for (var i = 0; i < DecisionsMax; i++)
        {
            if (State.Requests.TryGetValue(Convert.ToBase64String(request.Key), out var answered))
            {
                return Repeat(request, answered);
            }

            var decision = decide(State);
            if (decision.IsRefused && isAtHead)
            {
                return decision.Refusal!;
            }

            // A refusal counts only when it was decided on everything that has happened.
            if (!decision.IsRefused && await AppendAsync(decision.Value, request) is { } recorded)
            {
                return recorded;
            }

            await ReadOnAsync(CancellationToken.None);
            if (readAlso is not null)
            {
                await readAlso();
            }

            isAtHead = true;
        }

        throw new LedgerUnavailableException($"{DecisionsMax} decisions on one stream lost their race.");
    }

    private async Task<Recorded?> AppendAsync(Append decided, Idempotency request)
    {
        var append = decided with { Stream = stream, ExpectedVersion = State.Version, Idempotency = request };
        // Not cancellable: an act that was begun is finished, and its caller may ask again.
        if (await ledger.AppendAsync(append, CancellationToken.None) is not AppendOutcome.Committed committed)
        {
            return null;
        }

        Fold(committed.Entries.Select((entry, i) => ToEntry(append, entry, i)));
        var first = committed.Entries[0];
        return new Recorded(first.Version, first.Position, first.Receipt);
    }

    // Reads may interleave: whoever comes second finds these entries folded already.
    private void Fold(IEnumerable<Entry> entries) =>
        State = entries.Aggregate(State, (state, entry) => entry.Header.Version > state.Version ? state.Apply(entry) : state);

    private static Entry ToEntry(Append append, CommittedEntry entry, int index) => new(
        entry.Position, EntryHeader.Parse(entry.Receipt.Header), append.Events[index].Topic, [], append.Events[index].Payload,
        index == 0 ? append.Idempotency : null);

    private static Decision<Recorded> Repeat(Idempotency request, AnsweredRequest answered) =>
        answered.Fingerprint.Length > 0 && !answered.Fingerprint.AsSpan().SequenceEqual(request.Fingerprint)
            ? new Refusal(ErrorReason.RequestIdReused, "This request_id was used for another request. Send a fresh UUID with each new act.")
            : new Recorded(answered.Version, answered.Position, null);
}
