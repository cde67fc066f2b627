using Hub.Transparency;

namespace Hub.Client;

/// <summary>Where every receipt passes: genuine, of what was sent, and of a log whose history holds. Only then does the caller see it.</summary>
internal sealed class ReceiptDesk(NoteVerifier log, LedgerClient ledger, OwnAdministration own)
{
    private volatile bool open;

    /// <summary>
    /// Before the first act: whatever would make its receipt unacceptable (a wrong log key, a remembered checkpoint of another log, a
    /// history that does not hold, a token without an administration) is found while nothing is recorded.
    /// </summary>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (open) return;
        await ledger.GetCheckpointAsync(cancellationToken).ConfigureAwait(false);
        await own.GetAsync(cancellationToken).ConfigureAwait(false);
        open = true;
    }

    public async Task<VerifiedReceipt> AcceptAsync(V1.Receipt? sent, ExpectedEntry expected, CancellationToken cancellationToken)
    {
        if (sent is null) throw new ReceiptRefusedException("The answer has none.");
        var receipt = VerifiedReceipt.Verify(ToReceipt(sent), log);
        var administration = await own.GetAsync(cancellationToken).ConfigureAwait(false);
        if (ReceiptRules.Compare(receipt, administration, expected) is { } why)
            throw new ReceiptRefusedException(why, receiptJson: receipt.ToJson());
        await ledger.Chain.ObserveAsync(new SignedCheckpoint(receipt.Note, receipt.Checkpoint), cancellationToken).ConfigureAwait(false);
        return receipt;
    }

    private static Receipt ToReceipt(V1.Receipt sent) => new(
        sent.Header.ToByteArray(), sent.Salt.ToByteArray(), sent.Payload.ToByteArray(), sent.Position,
        [.. sent.Proof.Select(hash => hash.ToByteArray())], sent.Checkpoint);
}
