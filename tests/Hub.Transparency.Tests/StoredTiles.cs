namespace Hub.Transparency.Tests;

/// <summary>A log that keeps full tiles as bytes, as the ledger does, and everything else in the edge.</summary>
internal sealed class StoredTiles : ITileSource
{
    private readonly Dictionary<TileAddress, byte[]> _full = [];

    public TileEdge Edge { get; private set; } = TileEdge.Empty;

    public IReadOnlyDictionary<TileAddress, byte[]> Full => _full;

    public static StoredTiles Of(byte[][] leaves)
    {
        var tiles = new StoredTiles();
        tiles.Append(leaves);
        return tiles;
    }

    public TileGrowth Append(params byte[][] leaves)
    {
        var growth = Edge.Append(leaves);
        foreach (var filled in growth.Filled) _full.Add(filled.Address, filled.Tile.ToBytes());
        Edge = growth.Edge;
        return growth;
    }

    public Tile Read(TileAddress address, int width)
    {
        var tile = Edge.Find(address) ?? Tile.Parse(_full[address]);
        return tile.Width >= width ? tile : throw new InvalidOperationException($"{address} has no {width} hashes.");
    }
}
