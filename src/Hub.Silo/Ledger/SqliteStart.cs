using Hub.Transparency;

namespace Hub.Silo.Ledger;

/// <summary>Before the first append: folder, schema, and the question whether these keys belong to this ledger.</summary>
internal static class SqliteStart
{
    public static void Prepare(LedgerOptions options, KeyStore keys, ISigner signer)
    {
        Directory.CreateDirectory(options.DataFolder);
        using var session = SqliteSession.Open(options.LedgerFile);
        SqliteSchema.Apply(session, "schema.sqlite.sql");
        if (SqliteTree.ReadHead(session).Size > 0) RequireOwnKeys(session, options.Origin, keys, signer);
        keys.Secret(HubSecrets.RequestKeys);
    }

    // New keys beside an old ledger would open nothing, forget every request id and sign what no member can verify.
    private static void RequireOwnKeys(SqliteSession session, string origin, KeyStore keys, ISigner signer)
    {
        if (keys.IsNew) throw new InvalidOperationException("The keys folder is empty, but the ledger is not. Restore the keys of this ledger.");
        var header = session.Prepare("SELECT header FROM entry WHERE position = 0").First(row => row.Bytes(0));
        if (header is not null && EntryHeader.Parse(header).Origin != origin)
            throw new InvalidOperationException("The ledger was written under another name than Hub:LogOrigin. A log never changes its name.");
        var note = session.Prepare("SELECT note FROM checkpoint").First(row => row.Text(0));
        if (note is not null && !SignedNote.TryOpen(note, NoteVerifier.Of(signer), out _))
            throw new InvalidOperationException("The latest checkpoint was signed by another log key. Restore the log key of this ledger.");
    }
}
