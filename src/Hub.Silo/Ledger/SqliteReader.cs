using System.Security.Cryptography;
using Hub.Transparency;

namespace Hub.Silo.Ledger;

/// <summary>An entry as it is stored, nothing opened.</summary>
internal sealed record EntryRow(long Position, byte[] Header, string Topic, byte[] LeafHash, byte[]? IdempotencyKey, PayloadRow? Payload);

/// <summary>A payload as it is stored.</summary>
internal sealed record PayloadRow(long Generation, byte[]? Fingerprint, byte[] Packed);

/// <summary>The queries of the read side. For one thread at a time.</summary>
internal sealed class SqliteReader(SqliteSession session, KeyStore keys)
{
    private const string Closed = "SELECT position, header, topic, leaf_hash, idempotency FROM entry ";
    private const string Opened =
        "SELECT position, header, topic, leaf_hash, idempotency, generation, fingerprint, sealed FROM entry LEFT JOIN payload USING (position) ";

    public IReadOnlyList<Entry> Stream(string stream, long afterVersion, int max) =>
        session.Prepare(Opened + "WHERE stream = ?1 AND version > ?2 ORDER BY version LIMIT ?3")
            .Bind(1, stream).Bind(2, afterVersion).Bind(3, max).List(ReadOpened).ConvertAll(Open);

    public IReadOnlyList<Entry> Topic(string topic, long afterPosition, int max) =>
        session.Prepare(Opened + "WHERE topic = ?1 AND topic <> '' AND position > ?2 ORDER BY position LIMIT ?3")
            .Bind(1, topic).Bind(2, afterPosition).Bind(3, max).List(ReadOpened).ConvertAll(Open);

    public IReadOnlyList<Entry> Log(long afterPosition, int max) =>
        session.Prepare(Closed + "WHERE position > ?1 ORDER BY position LIMIT ?2")
            .Bind(1, afterPosition).Bind(2, max).List(ReadClosed).ConvertAll(row => Make(row, null));

    public HeadRow Head() => SqliteTree.ReadHead(session);

    /// <summary>Size and note of the latest checkpoint; null before the first.</summary>
    public (long Size, string Note)? Checkpoint() =>
        session.Prepare("SELECT size, note FROM checkpoint").First(row => ((long, string)?)(row.Integer(0), row.Text(1)));

    /// <summary>What a receipt needs of the entry; null if there is none or its payload is gone.</summary>
    public (byte[] Header, byte[] Plain)? Disclosed(long position) =>
        session.Prepare(Opened + "WHERE position = ?1").Bind(1, position).First(ReadOpened) is { } row && Unseal(row) is { } plain
            ? (row.Header, plain) : null;

    public void Keep(long size, string note) => SqliteTree.KeepCheckpoint(session, size, note);

    public TileEdge Edge(HeadRow head) => SqliteTree.LoadEdge(session, head);

    public ITileSource Tiles(TileEdge edge) => new StoredTiles(session, edge);

    private static EntryRow ReadClosed(SqliteStatement row) =>
        new(row.Integer(0), row.Bytes(1), row.Text(2), row.Bytes(3), row.IsNull(4) ? null : row.Bytes(4), null);

    private static EntryRow ReadOpened(SqliteStatement row) => ReadClosed(row) with
    {
        Payload = row.IsNull(7) ? null : new PayloadRow(row.Integer(5), row.IsNull(6) ? null : row.Bytes(6), row.Bytes(7)),
    };

    private Entry Open(EntryRow row) => Make(row, Unseal(row));

    // The fingerprint is erased with the payload; the key stays used.
    private static Entry Make(EntryRow row, byte[]? plain) => new(
        row.Position, EntryHeader.Parse(row.Header), row.Topic, row.LeafHash, plain?.AsMemory(Leaf.SaltSize),
        row.IdempotencyKey is { } key ? new Idempotency(key, row.Payload?.Fingerprint ?? []) : null);

    private byte[]? Unseal(EntryRow row)
    {
        if (row.Payload is not { } payload) return null;
        var stream = EntryHeader.Parse(row.Header).Stream;
        if (keys.Find(new DataKeyName(stream, row.Topic, payload.Generation)) is not { } key)
            // Between reading the row and its key the payload may have been erased; else the key is lost.
            return IsErased(row.Position) ? null : throw new LedgerCorruptException(row.Position, $"The data key of entry {row.Position} is missing.");
        try
        {
            return SealedPayload.Open(key, row);
        }
        catch (CryptographicException e)
        {
            throw new LedgerCorruptException(row.Position, $"The payload of entry {row.Position} does not open.", e);
        }
    }

    private bool IsErased(long position) =>
        session.Prepare("SELECT count(*) FROM payload WHERE position = ?1").Bind(1, position).First(row => row.Integer(0)) == 0;
}

/// <summary>Full tiles from the file, the others from the edge at the head.</summary>
internal sealed class StoredTiles(SqliteSession session, TileEdge edge) : ITileSource
{
    public Tile Read(TileAddress address, int width) => edge.Find(address) ?? SqliteTree.ReadTile(session, address);
}
