namespace Hub.Silo.Ledger;

/// <summary>The points at which a ledger can fail; tests run each of them.</summary>
internal enum LedgerFault
{
    /// <summary>Everything is written, nothing is committed: it has not happened.</summary>
    BeforeCommit,

    /// <summary>Committed, but the database's answer is lost: it has happened and the writer does not know.</summary>
    AfterCommitBeforeReply,

    /// <summary>A read fails; so does the writer's search for its batch.</summary>
    OnRead,
}
