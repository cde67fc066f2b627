using Hub.Transparency;

namespace Hub.Silo.Ledger;

/// <summary>
/// Compares the tree with the entries. Each level of tiles is compared with the one below as it is stored, so that one changed byte
/// is one flaw; the frontier is grown leaf by leaf beside it.
/// </summary>
internal sealed class TreeWalk(SqliteSession session, List<LedgerFlaw> flaws, Checkpoint? checkpoint)
{
    private readonly List<byte[]?> leaves = new(Tile.MaxWidth);
    private Frontier? _frontier = Frontier.Empty;
    private long _size;

    public void Append(byte[] leaf) => Append(leaf, leaf);

    /// <summary>A tile may still know the leaf of a lost entry; without it nothing can be said of the roots.</summary>
    public void AppendMissing() => Append(null, StoredLeaf(_size));

    public void Finish(HeadRow head)
    {
        CompareCheckpoint();
        if (_frontier is not null && !(Same(_frontier.ToBytes(), head.Frontier) && Same(_frontier.Root(), head.Root)))
            Add(null, "frontier or root of the head are not those of the tree");
        for (var level = 1; TileAddress.FullCount(level, head.Size) > 0; level++)
            for (long place = 0; place < TileAddress.FullCount(level, head.Size); place++)
                CompareUpper(new TileAddress(level, place));
        foreach (var address in Addresses().Where(address => address.Index >= TileAddress.FullCount(address.Level, head.Size)))
            Add(FirstOf(address), $"tile {address.Level}/{address.Index} is more than the tree has");
    }

    private void Append(byte[]? found, byte[]? leaf)
    {
        CompareCheckpoint();
        _frontier = leaf is { Length: Leaf.HashSize } ? _frontier?.Append(leaf) : null;
        leaves.Add(found);
        _size++;
        if (leaves.Count < Tile.MaxWidth) return;
        Compare(new TileAddress(0, _size / Tile.MaxWidth - 1), index => leaves[index]);
        leaves.Clear();
    }

    private void CompareCheckpoint()
    {
        if (checkpoint?.Size == _size && _frontier is not null && !Same(_frontier.Root(), checkpoint.Root))
            Add(null, "the checkpoint's root is not that of the tree at its size: the log was rewritten after it was signed");
    }

    private void CompareUpper(TileAddress address) => Compare(
        address, index => ReadTile(new TileAddress(address.Level - 1, address.Index * Tile.MaxWidth + index))?.Root);

    private void Compare(TileAddress address, Func<int, byte[]?> below)
    {
        if (ReadTile(address) is not var (root, hashes))
        {
            Add(FirstOf(address), $"tile {address.Level}/{address.Index} is missing");
            return;
        }

        for (var i = 0; i < Tile.MaxWidth; i++)
            if (below(i) is { } expected && !hashes.AsSpan(i * Leaf.HashSize, Leaf.HashSize).SequenceEqual(expected))
                Add(FirstOf(address) + ((long)i << (address.Level * Tile.Height)), $"tile {address.Level}/{address.Index} differs from what it is made of");
        if (!Same(Tile.Parse(hashes).Root(), root)) Add(FirstOf(address), $"the root of tile {address.Level}/{address.Index} is not that of its hashes");
    }

    private byte[]? StoredLeaf(long position) =>
        ReadTile(new TileAddress(0, position / Tile.MaxWidth)) is var (_, hashes)
            ? hashes.AsSpan((int)(position % Tile.MaxWidth) * Leaf.HashSize, Leaf.HashSize).ToArray() : null;

    private (byte[] Root, byte[] Hashes)? ReadTile(TileAddress address) =>
        session.Prepare("SELECT root, hashes FROM tile WHERE level = ?1 AND place = ?2").Bind(1, address.Level).Bind(2, address.Index)
            .First(row => ((byte[], byte[])?)(row.Bytes(0), row.Bytes(1)));

    private List<TileAddress> Addresses() =>
        session.Prepare("SELECT level, place FROM tile").List(row => new TileAddress((int)row.Integer(0), row.Integer(1)));

    private static long FirstOf(TileAddress address) => address.Index << ((address.Level + 1) * Tile.Height);

    private static bool Same(byte[] left, byte[] right) => left.AsSpan().SequenceEqual(right);

    private void Add(long? position, string text) => flaws.Add(new LedgerFlaw(position, text));
}
