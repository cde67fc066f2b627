using Hub.Transparency;

namespace Hub.Silo.Ledger;

/// <summary>The head row: the committed tree, and the time of its last entry.</summary>
internal sealed record HeadRow(long Size, byte[] Frontier, byte[] Root, DateTimeOffset Time);

/// <summary>The statements of a batch's transaction. One connection, one thread.</summary>
internal sealed class SqliteWriter(string file) : IDisposable
{
    private readonly SqliteSession session = SqliteSession.Open(file);

    /// <summary>Takes the write lock: from here to the commit nobody else moves the head.</summary>
    public HeadRow Begin()
    {
        session.Begin();
        return SqliteTree.ReadHead(session);
    }

    public TileEdge LoadEdge(HeadRow head) => SqliteTree.LoadEdge(session, head);

    public long VersionOf(string stream) =>
        session.Prepare("SELECT coalesce(max(version), 0) FROM entry WHERE stream = ?1").Bind(1, stream).First(row => row.Integer(0));

    public long? PositionOf(byte[] idempotencyKey) =>
        session.Prepare("SELECT position FROM entry WHERE idempotency = ?1").Bind(1, idempotencyKey).First(row => (long?)row.Integer(0));

    public List<Erasure> ErasuresAfter(long position) =>
        session.Prepare("SELECT position, stream, topic, generation FROM erasure WHERE position > ?1 ORDER BY position").Bind(1, position)
            .List(row => new Erasure(row.Integer(0), row.Text(1), row.Text(2), row.Integer(3)));

    /// <summary>Writes entries, payloads, erasures, full tiles, batch id and head.</summary>
    public void Write(BatchDraft draft, TileGrowth growth, Func<DataKeyName, byte[]> keyOf)
    {
        foreach (var append in draft.Accepted)
        {
            foreach (var entry in append.Entries) Insert(entry, keyOf(entry.Key));
            if (append.Erasure is { } erasure) Erase(erasure);
        }

        foreach (var filled in growth.Filled) Insert(filled);
        session.Prepare("INSERT INTO batch (first, id) VALUES (?1, ?2)").Bind(1, draft.First).Bind(2, draft.Id).Run();
        MoveHead(draft, growth.Edge.ToFrontier());
    }

    public void Commit() => session.Commit();

    public void Rollback() => session.Rollback();

    /// <summary>Whether the batch of this id began at this position.</summary>
    public bool HasBatch(long first, byte[] id) =>
        session.Prepare("SELECT id FROM batch WHERE first = ?1").Bind(1, first).First(row => row.Bytes(0)) is { } found && found.AsSpan().SequenceEqual(id);

    public void Keep(long size, string note) => SqliteTree.KeepCheckpoint(session, size, note);

    public void Dispose() => session.Dispose();

    private void Insert(DraftEntry entry, byte[] key)
    {
        session.Prepare("""
            INSERT INTO entry (position, stream, version, topic, header, payload_hash, leaf_hash, idempotency)
            VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
            """)
            .Bind(1, entry.Position).Bind(2, entry.Header.Stream).Bind(3, entry.Header.Version).Bind(4, entry.Topic)
            .Bind(5, entry.HeaderBytes).Bind(6, entry.Source.PayloadHash).Bind(7, entry.LeafHash).Bind(8, entry.Idempotency?.Key).Run();
        session.Prepare("INSERT INTO payload (position, generation, fingerprint, sealed) VALUES (?1, ?2, ?3, ?4)")
            .Bind(1, entry.Position).Bind(2, entry.Key.Generation).Bind(3, entry.Idempotency?.Fingerprint)
            .Bind(4, SealedPayload.Seal(entry, key)).Run();
    }

    private void Erase(Erasure erasure)
    {
        session.Prepare("INSERT INTO erasure (position, stream, topic, generation) VALUES (?1, ?2, ?3, ?4)")
            .Bind(1, erasure.Position).Bind(2, erasure.Stream).Bind(3, erasure.Topic).Bind(4, erasure.Generation).Run();
        session.Prepare("""
            DELETE FROM payload WHERE position IN (SELECT position FROM entry WHERE topic = ?1 AND stream = ?2 AND position < ?3)
            """).Bind(1, erasure.Topic).Bind(2, erasure.Stream).Bind(3, erasure.Position).Run();
    }

    private void Insert(FilledTile filled) =>
        session.Prepare("INSERT INTO tile (level, place, root, hashes) VALUES (?1, ?2, ?3, ?4)")
            .Bind(1, filled.Address.Level).Bind(2, filled.Address.Index).Bind(3, filled.Tile.Root()).Bind(4, filled.Tile.ToBytes()).Run();

    private void MoveHead(BatchDraft draft, Frontier frontier)
    {
        session.Prepare("UPDATE ledger_head SET size = ?1, frontier = ?2, root = ?3, time = ?4 WHERE size = ?5")
            .Bind(1, frontier.Size).Bind(2, frontier.ToBytes()).Bind(3, frontier.Root())
            .Bind(4, SqliteTree.ToMicroseconds(draft.Time)).Bind(5, draft.First).Run();
        if (session.Changes != 1) throw new LedgerUnavailableException("The head was moved by somebody else in the middle of a batch.");
    }
}
