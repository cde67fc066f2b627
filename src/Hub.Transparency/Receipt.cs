namespace Hub.Transparency;

/// <summary>
/// What the log hands back for an entry: all that its holder needs to prove, to itself and to others, that the entry is in
/// the log. Contains the payload in clear: confidential to its holder.
/// </summary>
/// <param name="Header">Bytes of the <see cref="EntryHeader"/>.</param>
/// <param name="Salt">32 bytes.</param>
/// <param name="Payload">The entry's bytes, serialised once and never again.</param>
/// <param name="Position">Place of the entry in the log, from 0.</param>
/// <param name="Proof">Inclusion proof, 32 bytes each, from the leaf up.</param>
/// <param name="Checkpoint">The signed note of the checkpoint that the proof leads to.</param>
public sealed record Receipt(
    byte[] Header, byte[] Salt, byte[] Payload, long Position, IReadOnlyList<byte[]> Proof, string Checkpoint)
{
    /// <summary>Checks everything against the pinned key of the log; a wrong receipt is a value, never an exception.</summary>
    /// <param name="log">Key of the log, from the caller's own configuration; its name must be the log's origin.</param>
    public ReceiptVerdict Verify(NoteVerifier log)
    {
        ArgumentNullException.ThrowIfNull(log);
        if (ReadHeader() is not { } header) return ReceiptVerdict.Failed(ReceiptFailure.HeaderMalformed);
        if (Salt is not { Length: Leaf.SaltSize }) return ReceiptVerdict.Failed(ReceiptFailure.SaltMalformed);
        if (!SignedNote.TrySplit(Checkpoint, out _, out _)) return ReceiptVerdict.Failed(ReceiptFailure.NoteMalformed);
        if (!SignedNote.TryOpen(Checkpoint, log, out var text)) return ReceiptVerdict.Failed(ReceiptFailure.SignatureInvalid);
        if (ReadCheckpoint(text) is not { } checkpoint) return ReceiptVerdict.Failed(ReceiptFailure.CheckpointMalformed);
        if (header.Origin != checkpoint.Origin || header.Origin != log.Name)
            return ReceiptVerdict.Failed(ReceiptFailure.OriginMismatch);
        if (Position < 0 || Position >= checkpoint.Size) return ReceiptVerdict.Failed(ReceiptFailure.PositionOutsideTree);
        if (!Proves(checkpoint)) return ReceiptVerdict.Failed(ReceiptFailure.ProofInvalid);
        return ReceiptVerdict.Verified(header, checkpoint);
    }

    /// <summary>
    /// The receipt as a file: the JSON form of the protobuf message, bytes in base64. Confidential, as it has the payload.
    /// </summary>
    public string ToJson() => ReceiptFile.Write(this);

    /// <summary>
    /// Reads what <see cref="ToJson"/> wrote, or an answer of the Hub with the receipt in it. Nothing is verified.
    /// </summary>
    /// <exception cref="FormatException">The text is not a receipt in this form.</exception>
    public static Receipt FromJson(string json)
    {
        ArgumentNullException.ThrowIfNull(json);
        return ReceiptFile.Read(json);
    }

    /// <summary>Equal in all bytes.</summary>
    public bool Equals(Receipt? other) =>
        other is not null && Position == other.Position && Checkpoint == other.Checkpoint && Same(Header, other.Header) &&
        Same(Salt, other.Salt) && Same(Payload, other.Payload) && Proof.Count == other.Proof.Count &&
        Proof.Zip(other.Proof).All(pair => Same(pair.First, pair.Second));

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Position, Checkpoint);

    /// <summary>Names the place only: the payload must not get into a log by accident.</summary>
    public override string ToString() => $"Receipt {{ Position = {Position} }}";

    private static bool Same(byte[] left, byte[] right) => left.AsSpan().SequenceEqual(right);

    private bool Proves(Checkpoint checkpoint) =>
        Proof is not null && Payload is not null &&
        InclusionProof.Verify(
            Position, checkpoint.Size, Leaf.Hash(Header, Leaf.PayloadHash(Salt, Payload)), Proof, checkpoint.Root);

    private EntryHeader? ReadHeader()
    {
        try
        {
            return EntryHeader.Parse(Header);
        }
        catch (FormatException)
        {
            return null;
        }
    }

    private static Checkpoint? ReadCheckpoint(string text)
    {
        try
        {
            return Transparency.Checkpoint.Parse(text);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
