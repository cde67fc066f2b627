namespace Hub.Transparency;

/// <summary>
/// Up to 256 neighbouring hashes of one level of the tree, with all complete nodes above them up to the tile's root, so that a
/// proof hashes nothing that a tile knows. Immutable.
/// </summary>
public sealed class Tile
{
    /// <summary>Rows of the tree that a tile spans.</summary>
    public const int Height = 8;

    /// <summary>Hashes of a full tile.</summary>
    public const int MaxWidth = 1 << Height;

    // Row after row from the bottom, each with room for a full tile: 256 + 128 + … + 1 hashes.
    private readonly byte[] _nodes;

    private Tile(byte[] nodes, int width) => (_nodes, Width) = (nodes, width);

    /// <summary>A tile without hashes.</summary>
    public static Tile Empty { get; } = new(new byte[(2 * MaxWidth - 1) * Leaf.HashSize], 0);

    /// <summary>Number of hashes, 0 to 256.</summary>
    public int Width { get; }

    /// <summary>Whether it holds all its 256 hashes and therefore never changes again.</summary>
    public bool IsFull => Width == MaxWidth;

    /// <summary>The hash that stands for this full tile one level up.</summary>
    /// <exception cref="InvalidOperationException">The tile is not full.</exception>
    public byte[] Root() =>
        IsFull ? Node(Height, 0).ToArray() : throw new InvalidOperationException("Only a full tile has a root.");

    /// <summary>The root of a complete subtree inside the tile.</summary>
    /// <param name="height">Rows above the tile's own hashes, 0 to 8.</param>
    /// <param name="index">Place in its row, from 0.</param>
    /// <exception cref="ArgumentOutOfRangeException">The subtree is not complete in this tile.</exception>
    public ReadOnlySpan<byte> Node(int height, int index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan((uint)height, (uint)Height, nameof(height));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)(Width >> height), nameof(index));
        return Slot(_nodes, height, index);
    }

    /// <summary>The tile with more hashes at its right end.</summary>
    /// <param name="hashes">32 bytes each, concatenated.</param>
    /// <exception cref="ArgumentException">Not a whole number of hashes, or more than fit.</exception>
    public Tile Append(ReadOnlySpan<byte> hashes)
    {
        var added = hashes.Length / Leaf.HashSize;
        if (hashes.Length % Leaf.HashSize != 0 || Width + added > MaxWidth)
            throw new ArgumentException("A tile has at most 256 hashes of 32 bytes.", nameof(hashes));
        var nodes = (byte[])_nodes.Clone();
        hashes.CopyTo(nodes.AsSpan(Width * Leaf.HashSize));
        for (var height = 1; height <= Height; height++)
            for (var index = Width >> height; index < (Width + added) >> height; index++)
                FillNode(nodes, height, index);
        return new Tile(nodes, Width + added);
    }

    /// <summary>The tile's own hashes, concatenated: what tlog-tiles stores and serves.</summary>
    public byte[] ToBytes() => _nodes[..(Width * Leaf.HashSize)];

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <exception cref="FormatException">Not a whole number of hashes, or more than 256.</exception>
    public static Tile Parse(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length % Leaf.HashSize != 0 || bytes.Length > MaxWidth * Leaf.HashSize)
            throw new FormatException("A tile has at most 256 hashes of 32 bytes.");
        return Empty.Append(bytes);
    }

    private static void FillNode(byte[] nodes, int height, int index) =>
        Merkle.NodeHash(Slot(nodes, height - 1, 2 * index), Slot(nodes, height - 1, 2 * index + 1), Slot(nodes, height, index));

    private static Span<byte> Slot(byte[] nodes, int height, int index)
    {
        // The rows below take 256 + 128 + … = 512 − 2^(9 − height) places.
        var place = 2 * MaxWidth - (2 * MaxWidth >> height) + index;
        return nodes.AsSpan(place * Leaf.HashSize, Leaf.HashSize);
    }
}
