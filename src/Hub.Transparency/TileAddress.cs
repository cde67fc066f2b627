namespace Hub.Transparency;

/// <summary>
/// The place of a tile (C2SP tlog-tiles): 256 neighbouring hashes of one level. A hash of level 0 is a leaf, one of level n the
/// root of a full tile of level n − 1, that is of 256^n leaves.
/// </summary>
/// <param name="Level">Level of the tile, from 0.</param>
/// <param name="Index">Number of the tile in its level, from 0.</param>
public readonly record struct TileAddress(int Level, long Index)
{
    /// <summary>Number of tiles of a level that are full in a tree of this size.</summary>
    public static long FullCount(int level, long size) => Shift(size, level + 1);

    /// <summary>Number of hashes in the tile at the right edge of a level, 0 to 255.</summary>
    public static int EdgeWidth(int level, long size) => (int)(Shift(size, level) & (Tile.MaxWidth - 1));

    /// <summary>Number of levels that hold any hash in a tree of this size.</summary>
    public static int LevelCount(long size)
    {
        var levels = 0;
        while (Shift(size, levels) > 0) levels++;
        return levels;
    }

    /// <summary>The tiles that become full when a tree grows: lower levels first, each level from left to right.</summary>
    /// <param name="from">Number of leaves before.</param>
    /// <param name="to">Number of leaves after; not fewer.</param>
    public static IEnumerable<TileAddress> FilledBetween(long from, long to)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfLessThan(to, from);
        for (var level = 0; FullCount(level, to) > 0; level++)
            for (var index = FullCount(level, from); index < FullCount(level, to); index++)
                yield return new TileAddress(level, index);
    }

    private static long Shift(long size, int level) => level * Tile.Height >= 63 ? 0 : size >> (level * Tile.Height);
}
