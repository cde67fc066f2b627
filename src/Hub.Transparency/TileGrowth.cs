namespace Hub.Transparency;

/// <summary>A tile that has just become full, to be stored with the batch that filled it.</summary>
/// <param name="Address">Its place.</param>
/// <param name="Tile">Its hashes.</param>
public readonly record struct FilledTile(TileAddress Address, Tile Tile);

/// <summary>What a batch of leaves made of the tree.</summary>
/// <param name="Edge">The new right edge.</param>
/// <param name="Filled">The tiles that became full, lower levels first within each step.</param>
public sealed record TileGrowth(TileEdge Edge, IReadOnlyList<FilledTile> Filled) : ITileSource
{
    /// <summary>
    /// A tile of the new edge, or one that this batch filled: enough for the inclusion proofs of the batch's own leaves at the new
    /// size, without storage.
    /// </summary>
    /// <exception cref="KeyNotFoundException">The tile was full before this batch.</exception>
    public Tile Read(TileAddress address, int width)
    {
        if (Edge.Find(address) is { } edge) return edge;
        foreach (var filled in Filled)
            if (filled.Address == address) return filled.Tile;
        throw new KeyNotFoundException("The tile was full before this batch: read it from storage.");
    }
}
