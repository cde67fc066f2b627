using Hub.Transparency;

namespace Hub.Silo.Ledger;

/// <summary>One thing that is wrong, at a position where it has one.</summary>
internal sealed record LedgerFlaw(long? Position, string Text)
{
    public override string ToString() => Position is { } position ? $"position {position}: {Text}" : Text;
}

/// <summary>What a verification found. Erased counts the entries whose payload is gone by an erasure.</summary>
internal sealed record LedgerVerification(long Entries, long Erased, IReadOnlyList<LedgerFlaw> Flaws)
{
    public bool IsSound => Flaws.Count == 0;
}

/// <summary>The fsck: walks the whole ledger as it was at one moment and compares everything that is stored twice or can be computed.</summary>
internal sealed class LedgerVerifier(LedgerOptions options, KeyStore keys, NoteVerifier log)
{
    /// <summary>Reads the file beside a running writer, if there is one.</summary>
    public LedgerVerification Verify(CancellationToken cancellationToken)
    {
        using var session = SqliteSession.Open(options.LedgerFile);
        // One transaction is one moment: what is committed meanwhile is not seen.
        session.Execute("BEGIN");
        return new LedgerWalk(session, options.Origin, keys, log).Run(cancellationToken);
    }
}
