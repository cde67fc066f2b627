using System.Diagnostics.CodeAnalysis;

namespace Hub.Transparency;

/// <summary>What checking a <see cref="Receipt"/> came to.</summary>
public sealed record ReceiptVerdict
{
    private ReceiptVerdict(ReceiptFailure failure, EntryHeader? header, Checkpoint? checkpoint) =>
        (Failure, Header, Checkpoint) = (failure, header, checkpoint);

    /// <summary>Whether everything was proved.</summary>
    [MemberNotNullWhen(true, nameof(Header), nameof(Checkpoint))]
    public bool IsVerified => Failure == ReceiptFailure.None;

    /// <summary>What is wrong, or <see cref="ReceiptFailure.None"/>.</summary>
    public ReceiptFailure Failure { get; }

    /// <summary>The proved header; null if anything is wrong.</summary>
    public EntryHeader? Header { get; }

    /// <summary>The proved checkpoint; null if anything is wrong.</summary>
    public Checkpoint? Checkpoint { get; }

    /// <summary>What was proved, or what is wrong, in a sentence.</summary>
    public override string ToString() => Failure switch
    {
        ReceiptFailure.None => "The entry is in the log, under a root that the log signed.",
        ReceiptFailure.HeaderMalformed => "The header is not in the layout of an entry header.",
        ReceiptFailure.SaltMalformed => "The salt is not 32 bytes long.",
        ReceiptFailure.NoteMalformed => "The checkpoint is not a signed note.",
        ReceiptFailure.SignatureInvalid => "The checkpoint has no valid signature of the pinned log key.",
        ReceiptFailure.CheckpointMalformed => "The signed text is not a checkpoint.",
        ReceiptFailure.OriginMismatch => "Header, checkpoint and log key do not name the same log.",
        ReceiptFailure.PositionOutsideTree => "The position is not in the tree of the checkpoint.",
        _ => "The proof does not lead from this header, salt and payload at this position to the signed root.",
    };

    internal static ReceiptVerdict Verified(EntryHeader header, Checkpoint checkpoint) =>
        new(ReceiptFailure.None, header, checkpoint);

    internal static ReceiptVerdict Failed(ReceiptFailure failure) => new(failure, null, null);
}
