using Hub.Transparency;

namespace Hub.Client;

/// <summary>
/// Proof that one act of the caller stands in the log, verified with the pinned log key. It cannot be made without verifying, so whoever
/// holds one may rely on it.
/// </summary>
public sealed class VerifiedReceipt
{
    private readonly Receipt receipt;

    private VerifiedReceipt(Receipt receipt, EntryHeader header, Checkpoint checkpoint) =>
        (this.receipt, Header, Checkpoint) = (receipt, header, checkpoint);

    /// <summary>The proved header: stream, version in it, kind and time.</summary>
    public EntryHeader Header { get; }

    /// <summary>The checkpoint that the proof leads to.</summary>
    public Checkpoint Checkpoint { get; }

    /// <summary>What happened: <c>submitted</c>, <c>corrected</c>, <c>withdrawn</c>, <c>erasure-requested</c> or <c>erased</c>.</summary>
    public string Kind => Header.Kind;

    /// <summary>Place of the entry in the log, from 0.</summary>
    public long Position => receipt.Position;

    /// <summary>When the entry was committed, in UTC.</summary>
    public DateTimeOffset Time => Header.Time;

    /// <summary>Number of entries of the log at the checkpoint.</summary>
    public long TreeSize => Checkpoint.Size;

    /// <summary>What was recorded, as UTF-8 JSON, byte for byte. Confidential.</summary>
    public ReadOnlyMemory<byte> Payload => receipt.Payload;

    /// <summary>Inclusion proof: hashes of 32 bytes, from the leaf to the root of the checkpoint.</summary>
    public IReadOnlyList<ReadOnlyMemory<byte>> Proof => [.. receipt.Proof.Select(hash => new ReadOnlyMemory<byte>(hash))];

    /// <summary>Hash of the entry's leaf, 32 bytes.</summary>
    public ReadOnlyMemory<byte> LeafHash => Leaf.Hash(receipt.Header, Leaf.PayloadHash(receipt.Salt, receipt.Payload));

    /// <summary>The receipt as a file, which <c>samples/verify/verify_receipt.py</c> and any later SDK read. Confidential: it has the payload.</summary>
    public string ToJson() => receipt.ToJson();

    /// <summary>Writes <see cref="ToJson"/> to a file, whole or not at all, readable by its owner alone.</summary>
    /// <param name="path">Path of the file; one that exists is replaced.</param>
    /// <param name="cancellationToken">Ends the writing.</param>
    public Task SaveAsync(string path, CancellationToken cancellationToken = default) =>
        AtomicFile.WriteAsync(path, ToJson(), cancellationToken);

    /// <summary>Kind, place and time; never a figure.</summary>
    public override string ToString() =>
        $"{Kind} in {Header.Stream} at {Time:yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'}, entry {Position} of a log of {TreeSize}";

    internal string Note => receipt.Checkpoint;

    internal static VerifiedReceipt Verify(Receipt receipt, NoteVerifier log)
    {
        var verdict = receipt.Verify(log);
        return verdict.IsVerified
            ? new VerifiedReceipt(receipt, verdict.Header, verdict.Checkpoint)
            : throw new ReceiptRefusedException(verdict.ToString(), verdict.Failure, receipt.ToJson());
    }
}
