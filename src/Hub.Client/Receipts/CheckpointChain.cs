using Grpc.Core;
using Hub.Transparency;

namespace Hub.Client;

/// <summary>Asks the log for the proof that its tree of one size begins its tree of another.</summary>
internal delegate Task<IReadOnlyList<byte[]>> ConsistencyProver(long first, long second, CancellationToken cancellationToken);

/// <summary>
/// All checkpoints ever seen of the log must lie on one line of growth. Whatever waits is proved in one round, so many receipts
/// at once cost one round trip; the greatest is remembered.
/// </summary>
internal sealed class CheckpointChain(ICheckpointStore store, NoteVerifier log, ConsistencyProver prove)
{
    private const int ProofsAtOnce = 8;
    private readonly object gate = new();
    private Round next = new();
    private Task tail = Task.CompletedTask;
    private SignedCheckpoint? last;

    /// <summary>Returns once the checkpoint is proved to be one with all that was seen before.</summary>
    /// <exception cref="LogInconsistentException">It is not.</exception>
    /// <exception cref="HubException">The proof could not be fetched.</exception>
    public Task ObserveAsync(SignedCheckpoint seen, CancellationToken cancellationToken)
    {
        lock (gate)
        {
            next.Waiting.Add(seen);
            next.Outcome ??= tail = ProveAfterAsync(tail, next);
            return next.Outcome.WaitAsync(cancellationToken);
        }
    }

    // One round at a time; what comes while a round runs waits for the next, together. A waiter that gives up ends no round.
    private async Task ProveAfterAsync(Task previous, Round round)
    {
        await Task.Yield();
        await previous.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        lock (gate) next = new Round();
        await ProveAsync(round.Waiting).ConfigureAwait(false);
    }

    private async Task ProveAsync(List<SignedCheckpoint> waiting)
    {
        var stored = await ReadStoreAsync().ConfigureAwait(false);
        var line = new[] { last, stored }.OfType<SignedCheckpoint>().Concat(waiting).OrderBy(c => c.Size).ToArray();
        await Parallel.ForEachAsync(
            line.Zip(line.Skip(1)).Where(pair => !pair.First.Checkpoint.Equals(pair.Second.Checkpoint)),
            new ParallelOptions { MaxDegreeOfParallelism = ProofsAtOnce },
            async (pair, token) => await ProveStepAsync(pair.First, pair.Second, token).ConfigureAwait(false)).ConfigureAwait(false);
        last = line[^1];
        if (stored is null || stored.Size < last.Size) await WriteStoreAsync(last.Note).ConfigureAwait(false);
    }

    private async Task ProveStepAsync(SignedCheckpoint first, SignedCheckpoint second, CancellationToken cancellationToken)
    {
        if (first.Size == second.Size) throw new LogInconsistentException(first, second, "two roots were signed for one size.");
        // The empty tree begins every tree; its root is the same for all logs.
        var proof = first.Size == 0 ? [] : await FetchAsync(first, second, cancellationToken).ConfigureAwait(false);
        if (!ConsistencyProof.Verify(first.Size, first.Checkpoint.Root, second.Size, second.Checkpoint.Root, proof))
            throw new LogInconsistentException(first, second, "the log's proof does not lead from one to the other.");
    }

    private async Task<IReadOnlyList<byte[]>> FetchAsync(SignedCheckpoint first, SignedCheckpoint second, CancellationToken cancellationToken)
    {
        try
        {
            return await prove(first.Size, second.Size, cancellationToken).ConfigureAwait(false);
        }
        catch (HubException e) when (
            e.StatusCode is StatusCode.InvalidArgument or StatusCode.OutOfRange or StatusCode.FailedPrecondition or StatusCode.NotFound)
        {
            throw new LogInconsistentException(first, second, "the log cannot prove that it ever had both sizes.", e);
        }
    }

    private async Task<SignedCheckpoint?> ReadStoreAsync()
    {
        try
        {
            if (await store.ReadAsync(CancellationToken.None).ConfigureAwait(false) is not { } note) return null;
            return SignedCheckpoint.Open(note, log) ?? throw new HubException(
                $"The remembered checkpoint ({store}) is not signed by the pinned log key, {log.Name}: it is of another log, or was damaged. "
                + "Compare the key with what was handed over at onboarding; if the log is another one by intent, move the checkpoint away to begin anew.",
                StatusCode.FailedPrecondition);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HubException($"The remembered checkpoint ({store}) cannot be read: {e.Message}", StatusCode.FailedPrecondition, e);
        }
    }

    private async Task WriteStoreAsync(string note)
    {
        try
        {
            await store.WriteAsync(note, CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new HubException($"The checkpoint cannot be remembered ({store}): {e.Message}", StatusCode.FailedPrecondition, e);
        }
    }

    /// <summary>Checkpoints that are proved together.</summary>
    private sealed class Round
    {
        public List<SignedCheckpoint> Waiting { get; } = [];

        public Task? Outcome { get; set; }
    }
}
