using Hub.Transparency;

namespace Hub.Silo.Ledger;

/// <summary>Reads the tree as it is stored: head, full tiles, and the edge made from entries and tile roots.</summary>
internal static class SqliteTree
{
    public static HeadRow ReadHead(SqliteSession session) =>
        session.Prepare("SELECT size, frontier, root, time FROM ledger_head")
            .First(row => new HeadRow(row.Integer(0), row.Bytes(1), row.Bytes(2), FromMicroseconds(row.Integer(3))))
        ?? throw new LedgerCorruptException(null, "The head row is missing.");

    /// <summary>The edge at this head, compared with the stored frontier: a tree that does not fit is never appended to.</summary>
    public static TileEdge LoadEdge(SqliteSession session, HeadRow head)
    {
        var edge = TileEdge.Load(head.Size, LastLeaves(session, head.Size), address => ReadRoot(session, address));
        if (!edge.ToFrontier().ToBytes().AsSpan().SequenceEqual(head.Frontier) || !edge.ToFrontier().Root().AsSpan().SequenceEqual(head.Root))
            throw new LedgerCorruptException(null, "The stored tiles and leaves do not make the tree of the head.");
        return edge;
    }

    public static Tile ReadTile(SqliteSession session, TileAddress address) =>
        session.Prepare("SELECT hashes FROM tile WHERE level = ?1 AND place = ?2").Bind(1, address.Level).Bind(2, address.Index)
            .First(row => Tile.Parse(row.Bytes(0))) ?? throw Missing(address);

    /// <summary>Keeps the latest checkpoint; an older one never replaces a newer.</summary>
    public static void KeepCheckpoint(SqliteSession session, long size, string note) =>
        session.RunUnsynced(session.Prepare("""
            INSERT INTO checkpoint (id, size, note) VALUES (1, ?1, ?2)
            ON CONFLICT (id) DO UPDATE SET size = excluded.size, note = excluded.note WHERE excluded.size > checkpoint.size
            """).Bind(1, size).Bind(2, note));

    public static long ToMicroseconds(DateTimeOffset time) => (time.UtcTicks - DateTimeOffset.UnixEpoch.Ticks) / TimeSpan.TicksPerMicrosecond;

    private static DateTimeOffset FromMicroseconds(long time) => DateTimeOffset.UnixEpoch.AddTicks(time * TimeSpan.TicksPerMicrosecond);

    private static byte[] LastLeaves(SqliteSession session, long size)
    {
        var first = size - TileAddress.EdgeWidth(0, size);
        var leaves = session.Prepare("SELECT leaf_hash FROM entry WHERE position >= ?1 AND position < ?2 ORDER BY position")
            .Bind(1, first).Bind(2, size).List(row => row.Bytes(0));
        if (leaves.Count != size - first) throw new LedgerCorruptException(null, "Entries at the end of the log are missing.");
        return [.. leaves.SelectMany(leaf => leaf)];
    }

    private static byte[] ReadRoot(SqliteSession session, TileAddress address) =>
        session.Prepare("SELECT root FROM tile WHERE level = ?1 AND place = ?2").Bind(1, address.Level).Bind(2, address.Index)
            .First(row => row.Bytes(0)) ?? throw Missing(address);

    private static LedgerCorruptException Missing(TileAddress address) =>
        new(address.Index << ((address.Level + 1) * Tile.Height), $"Tile {address.Level}/{address.Index} is missing.");
}

/// <summary>The ledger's file says two things that cannot both be true. For the operator: run <c>ledger verify</c>.</summary>
internal sealed class LedgerCorruptException(long? position, string message, Exception? inner = null) : Exception(message, inner)
{
    public long? Position { get; } = position;
}
