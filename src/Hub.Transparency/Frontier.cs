using System.Numerics;

namespace Hub.Transparency;

/// <summary>
/// All that is needed of a tree to append to it and to name its root: the roots of its complete subtrees, largest first
/// (one for each bit of its size). Immutable, so a batch that is not committed is simply dropped.
/// </summary>
public sealed class Frontier
{
    private readonly byte[] _hashes;

    private Frontier(long size, byte[] hashes) => (Size, _hashes) = (size, hashes);

    /// <summary>The tree without leaves.</summary>
    public static Frontier Empty { get; } = new(0, []);

    /// <summary>Number of leaves.</summary>
    public long Size { get; }

    /// <summary>The root of the whole tree (RFC 9162 §2.1.1).</summary>
    public byte[] Root()
    {
        if (Size == 0) return Merkle.EmptyRoot;
        var root = _hashes[^Leaf.HashSize..];
        for (var at = _hashes.Length - 2 * Leaf.HashSize; at >= 0; at -= Leaf.HashSize)
            Merkle.NodeHash(_hashes.AsSpan(at, Leaf.HashSize), root, root);
        return root;
    }

    /// <summary>The tree with one more leaf.</summary>
    /// <exception cref="ArgumentException">The hash is not 32 bytes long.</exception>
    public Frontier Append(ReadOnlySpan<byte> leafHash)
    {
        Merkle.RequireHash(leafHash);
        // Each trailing one of the size is a subtree that the new leaf completes a larger one with.
        var merged = BitOperations.TrailingZeroCount(~Size);
        var kept = _hashes.Length - merged * Leaf.HashSize;
        var hashes = new byte[kept + Leaf.HashSize];
        _hashes.AsSpan(0, kept).CopyTo(hashes);
        var node = hashes.AsSpan(kept);
        leafHash.CopyTo(node);
        for (var at = _hashes.Length - Leaf.HashSize; at >= kept; at -= Leaf.HashSize)
            Merkle.NodeHash(_hashes.AsSpan(at, Leaf.HashSize), node, node);
        return new Frontier(Size + 1, hashes);
    }

    /// <summary>The hashes, concatenated, largest subtree first; empty for an empty tree.</summary>
    public byte[] ToBytes() => (byte[])_hashes.Clone();

    /// <summary>Reads what <see cref="ToBytes"/> wrote.</summary>
    /// <param name="size">Number of leaves.</param>
    /// <param name="bytes">32 bytes for each bit of the size.</param>
    /// <exception cref="FormatException">The size is negative, or the bytes do not fit it.</exception>
    public static Frontier Parse(long size, ReadOnlySpan<byte> bytes)
    {
        if (size < 0 || bytes.Length != BitOperations.PopCount((ulong)size) * Leaf.HashSize)
            throw new FormatException("The frontier does not fit the size of its tree.");
        return new Frontier(size, bytes.ToArray());
    }
}
