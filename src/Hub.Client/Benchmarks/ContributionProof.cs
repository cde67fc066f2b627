using Hub.Transparency;

namespace Hub.Client;

/// <summary>Proves that an entry of the caller's own stream was in the log when a release was computed. Nothing of it rests on the Hub's word.</summary>
internal sealed class ContributionProof(NoteVerifier log, LedgerClient ledger, OwnAdministration own)
{
    public async Task<Checkpoint> ProveAsync(Release release, VerifiedReceipt receipt, CancellationToken cancellationToken)
    {
        var administration = await own.GetAsync(cancellationToken).ConfigureAwait(false);
        var checkpoint = SignedCheckpoint.Open(release.Checkpoint, log)
            ?? throw new ReceiptRefusedException("It is not signed by the pinned log key.", ReceiptFailure.SignatureInvalid, what: "release's checkpoint");
        if (Mistake(release, receipt, administration, checkpoint.Checkpoint) is { } why)
            throw new ReceiptRefusedException(why, receiptJson: receipt.ToJson());
        await ledger.Chain.ObserveAsync(checkpoint, cancellationToken).ConfigureAwait(false);
        await ledger.ProveInclusionAsync(receipt, checkpoint.Checkpoint, cancellationToken).ConfigureAwait(false);
        return checkpoint.Checkpoint;
    }

    private static string? Mistake(Release release, VerifiedReceipt receipt, string administration, Checkpoint checkpoint)
    {
        if (receipt.Header.Stream != $"administrations/{administration}") return $"It is of the stream {receipt.Header.Stream}, not of your own.";
        if (receipt.Kind is not ("submitted" or "corrected")) return $"It says {receipt.Kind}, which contributes nothing.";
        if (EntryPayload.Read(receipt.Payload)?.Collection != release.Collection) return "It is of another collection than the release.";
        if (receipt.Position >= release.Fence) return "Its entry is younger than the release: it counts from a later edition.";
        return checkpoint.Size < release.Fence ? "The release's checkpoint is of a tree without all that the release was computed from." : null;
    }
}
