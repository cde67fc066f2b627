using Hub.Transparency;

namespace Hub.Silo.Ledger;

/// <summary>All columns of an entry, as the verifier compares them.</summary>
internal sealed record StoredEntry(
    long Position, string Stream, long Version, string Topic, byte[] Header, byte[] PayloadHash, byte[] LeafHash, byte[]? IdempotencyKey)
{
    public PayloadRow? Payload { get; init; }

    /// <summary>The whole log in order, in pages: it never lies in memory at once.</summary>
    public static IEnumerable<StoredEntry> ReadAll(SqliteSession session)
    {
        var last = long.MinValue;
        while (true)
        {
            var page = session.Prepare("""
                SELECT position, stream, version, topic, header, payload_hash, leaf_hash, idempotency, generation, fingerprint, sealed
                FROM entry LEFT JOIN payload USING (position) WHERE position > ?1 ORDER BY position LIMIT ?2
                """).Bind(1, last).Bind(2, Limits.PageMax).List(Read);
            if (page.Count == 0) yield break;
            foreach (var row in page) yield return row;
            last = page[^1].Position;
        }
    }

    public EntryHeader? TryParseHeader()
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

    public EntryRow ToRow() => new(Position, Header, Topic, LeafHash, IdempotencyKey, Payload);

    private static StoredEntry Read(SqliteStatement row) => new(
        row.Integer(0), row.Text(1), row.Integer(2), row.Text(3), row.Bytes(4), row.Bytes(5), row.Bytes(6), row.IsNull(7) ? null : row.Bytes(7))
    {
        Payload = row.IsNull(10) ? null : new PayloadRow(row.Integer(8), row.IsNull(9) ? null : row.Bytes(9), row.Bytes(10)),
    };
}
