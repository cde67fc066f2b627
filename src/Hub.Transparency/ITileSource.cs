namespace Hub.Transparency;

/// <summary>Where proofs take their hashes from: full tiles out of storage, the others from the right edge of the tree.</summary>
public interface ITileSource
{
    /// <summary>The tile at this place with at least its first <paramref name="width"/> hashes; more do no harm.</summary>
    /// <param name="address">Place of the tile.</param>
    /// <param name="width">Number of hashes that are needed, 1 to 256.</param>
    Tile Read(TileAddress address, int width);
}
