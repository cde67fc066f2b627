using Hub.Transparency;
using static Hub.V1.LedgerService;

namespace Hub.Client;

/// <summary>The log as anybody with a token may see it, hashes only; and the checks that need no trust in the Hub.</summary>
public sealed class LedgerClient
{
    private readonly LedgerServiceClient rpc;
    private readonly HubCalls calls;
    private readonly NoteVerifier log;
    private readonly CheckpointChain chain;

    internal LedgerClient(LedgerServiceClient rpc, HubCalls calls, NoteVerifier log, ICheckpointStore store)
    {
        (this.rpc, this.calls, this.log) = (rpc, calls, log);
        chain = new CheckpointChain(store, log, ProveConsistencyAsync);
    }

    internal CheckpointChain Chain => chain;

    /// <summary>The log's latest checkpoint: signed by the pinned key, and proved to continue every one that was seen before.</summary>
    /// <exception cref="ReceiptRefusedException">The pinned key did not sign it.</exception>
    /// <exception cref="LogInconsistentException">The log's history does not hold.</exception>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public async Task<Checkpoint> GetCheckpointAsync(CancellationToken cancellationToken = default)
    {
        var answer = await calls.CallAsync(rpc.GetCheckpointAsync, new V1.GetCheckpointRequest(), cancellationToken).ConfigureAwait(false);
        var seen = SignedCheckpoint.Open(answer.Checkpoint, log)
            ?? throw new ReceiptRefusedException(
                $"It is not signed by the pinned log key, {log.Name}. Compare {nameof(HubClientOptions.LogKey)} and "
                + $"{nameof(HubClientOptions.Address)} with what was handed over at onboarding, and never take the key from the Hub.",
                ReceiptFailure.SignatureInvalid, what: "checkpoint");
        await chain.ObserveAsync(seen, cancellationToken).ConfigureAwait(false);
        return seen.Checkpoint;
    }

    /// <summary>Verifies a receipt that was saved as a file, with the pinned key alone; the Hub is not asked.</summary>
    /// <param name="receiptJson">What <see cref="VerifiedReceipt.ToJson"/> wrote.</param>
    /// <exception cref="FormatException">The text is not a receipt.</exception>
    /// <exception cref="ReceiptRefusedException">It does not verify.</exception>
    public VerifiedReceipt Verify(string receiptJson) => VerifiedReceipt.Verify(Receipt.FromJson(receiptJson), log);

    /// <summary>Proves that the entry of a receipt stands in the tree of another checkpoint too, for example of the one a release names.</summary>
    /// <param name="receipt">The receipt.</param>
    /// <param name="checkpoint">A checkpoint that is known to be the log's, for example from <see cref="GetCheckpointAsync"/>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="ReceiptRefusedException">The entry is not in that tree, or the Hub does not prove it.</exception>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public async Task ProveInclusionAsync(VerifiedReceipt receipt, Checkpoint checkpoint, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(receipt);
        ArgumentNullException.ThrowIfNull(checkpoint);
        if (receipt.Position >= checkpoint.Size)
            throw new ReceiptRefusedException("Its entry is younger than the checkpoint.", ReceiptFailure.PositionOutsideTree);
        var request = new V1.GetInclusionProofRequest { Position = receipt.Position, Size = checkpoint.Size };
        var answer = await calls.CallAsync(rpc.GetInclusionProofAsync, request, cancellationToken).ConfigureAwait(false);
        var proof = answer.Proof.Select(hash => hash.ToByteArray()).ToArray();
        if (!InclusionProof.Verify(receipt.Position, checkpoint.Size, receipt.LeafHash.Span, proof, checkpoint.Root))
            throw new ReceiptRefusedException("The log's proof does not lead from its entry to the checkpoint.", ReceiptFailure.ProofInvalid);
    }

    private async Task<IReadOnlyList<byte[]>> ProveConsistencyAsync(long first, long second, CancellationToken cancellationToken)
    {
        var request = new V1.GetConsistencyProofRequest { FirstSize = first, SecondSize = second };
        var answer = await calls.CallAsync(rpc.GetConsistencyProofAsync, request, cancellationToken).ConfigureAwait(false);
        return [.. answer.Proof.Select(hash => hash.ToByteArray())];
    }
}
