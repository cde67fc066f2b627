namespace Hub.Transparency;

/// <summary>
/// The right edge of the tree: for each level the one tile that is not full. Immutable, so a batch that is not committed is simply
/// dropped. It gives the root, the frontier and, with what a batch filled, the proofs of that batch.
/// </summary>
public sealed class TileEdge
{
    private readonly Tile[] _tiles;

    private TileEdge(long size, Tile[] tiles) => (Size, _tiles) = (size, tiles);

    /// <summary>The edge of a tree without leaves.</summary>
    public static TileEdge Empty { get; } = new(0, []);

    /// <summary>Number of leaves of the tree.</summary>
    public long Size { get; }

    /// <summary>Puts the edge together from what is stored.</summary>
    /// <param name="size">Number of leaves of the tree.</param>
    /// <param name="lastLeaves">Hashes of the leaves after the last full tile of level 0, concatenated.</param>
    /// <param name="fullTileRoot">The root of a full tile: stored beside it, or <see cref="Tile.Root"/> of its hashes.</param>
    /// <exception cref="FormatException">The leaves do not fit the size.</exception>
    public static TileEdge Load(long size, ReadOnlySpan<byte> lastLeaves, Func<TileAddress, byte[]> fullTileRoot)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentNullException.ThrowIfNull(fullTileRoot);
        if (lastLeaves.Length != TileAddress.EdgeWidth(0, size) * Leaf.HashSize)
            throw new FormatException("The last leaves do not fit the size of the tree.");
        var tiles = new Tile[TileAddress.LevelCount(size)];
        for (var level = 0; level < tiles.Length; level++)
            tiles[level] = Tile.Parse(level == 0 ? lastLeaves : Roots(level, size, fullTileRoot));
        return new TileEdge(size, tiles);
    }

    /// <summary>The tree with a batch of leaves appended.</summary>
    /// <param name="leafHashes">32 bytes each.</param>
    public TileGrowth Append(IReadOnlyList<byte[]> leafHashes)
    {
        ArgumentNullException.ThrowIfNull(leafHashes);
        var hashes = new byte[leafHashes.Count * Leaf.HashSize];
        for (var i = 0; i < leafHashes.Count; i++)
        {
            Merkle.RequireHash(leafHashes[i]);
            leafHashes[i].CopyTo(hashes, i * Leaf.HashSize);
        }

        var tiles = new List<Tile>(_tiles);
        var filled = new List<FilledTile>();
        Grow(tiles, filled, 0, hashes);
        return new TileGrowth(new TileEdge(Size + leafHashes.Count, [.. tiles]), filled);
    }

    /// <summary>The tile of the edge at this place, or null if that place is not on the edge.</summary>
    public Tile? Find(TileAddress address) =>
        address.Level >= 0 && address.Level < _tiles.Length && address.Index == TileAddress.FullCount(address.Level, Size)
            ? _tiles[address.Level] : null;

    /// <summary>The frontier of the tree; it hashes nothing.</summary>
    public Frontier ToFrontier()
    {
        var bytes = new List<byte>();
        for (var level = _tiles.Length - 1; level >= 0; level--)
        {
            var tile = _tiles[level];
            for (var height = Tile.Height - 1; height >= 0; height--)
                if ((tile.Width >> height & 1) == 1) bytes.AddRange(tile.Node(height, (tile.Width >> height) - 1));
        }

        return Frontier.Parse(Size, [.. bytes]);
    }

    private void Grow(List<Tile> tiles, List<FilledTile> filled, int level, ReadOnlySpan<byte> hashes)
    {
        if (hashes.IsEmpty) return;
        if (level == tiles.Count) tiles.Add(Tile.Empty);
        var index = TileAddress.FullCount(level, Size);
        var roots = new List<byte>();
        while (!hashes.IsEmpty)
        {
            var count = Math.Min(hashes.Length, (Tile.MaxWidth - tiles[level].Width) * Leaf.HashSize);
            tiles[level] = tiles[level].Append(hashes[..count]);
            hashes = hashes[count..];
            if (!tiles[level].IsFull) break;
            filled.Add(new FilledTile(new TileAddress(level, index++), tiles[level]));
            roots.AddRange(tiles[level].Root());
            tiles[level] = Tile.Empty;
        }

        Grow(tiles, filled, level + 1, [.. roots]);
    }

    private static byte[] Roots(int level, long size, Func<TileAddress, byte[]> fullTileRoot)
    {
        var width = TileAddress.EdgeWidth(level, size);
        var first = TileAddress.FullCount(level, size) * Tile.MaxWidth;
        var bytes = new byte[width * Leaf.HashSize];
        for (var i = 0; i < width; i++)
        {
            var root = fullTileRoot(new TileAddress(level - 1, first + i));
            Merkle.RequireHash(root);
            root.CopyTo(bytes, i * Leaf.HashSize);
        }

        return bytes;
    }
}
