namespace Hub.Transparency;

/// <summary>What is wrong with a receipt; the first thing found, in this order.</summary>
public enum ReceiptFailure
{
    /// <summary>Nothing: the receipt holds.</summary>
    None = 0,

    /// <summary>The header is not one of <see cref="EntryHeader"/>.</summary>
    HeaderMalformed,

    /// <summary>The salt is not 32 bytes long.</summary>
    SaltMalformed,

    /// <summary>The checkpoint is no signed note.</summary>
    NoteMalformed,

    /// <summary>The pinned log key did not sign the checkpoint.</summary>
    SignatureInvalid,

    /// <summary>The signed text is no checkpoint.</summary>
    CheckpointMalformed,

    /// <summary>Header, checkpoint and log key do not name the same log.</summary>
    OriginMismatch,

    /// <summary>The position is not in the tree that the checkpoint names.</summary>
    PositionOutsideTree,

    /// <summary>The proof does not lead from this header, salt and payload at this position to the signed root.</summary>
    ProofInvalid,
}
