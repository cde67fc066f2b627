using System.Numerics;

namespace Hub.Transparency;

/// <summary>
/// Makes proofs (RFC 9162 §§2.1.3.1, 2.1.4.1) from tiles. It remembers the incomplete nodes at the right edge of the last size
/// asked for, so the proofs of one batch share them; for one thread at a time.
/// </summary>
/// <param name="tiles">Where the hashes come from.</param>
public sealed class ProofBuilder(ITileSource tiles)
{
    private readonly byte[]?[] _edge = new byte[64][];
    private long _edgeSize = -1;

    /// <summary>The hashes beside the path from a leaf to the root, from the leaf up.</summary>
    /// <param name="index">Place of the leaf, from 0.</param>
    /// <param name="size">Number of leaves of the tree.</param>
    /// <exception cref="ArgumentOutOfRangeException">The leaf is not in a tree of this size.</exception>
    public IReadOnlyList<byte[]> Inclusion(long index, long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var proof = new List<byte[]>(64 - BitOperations.LeadingZeroCount((ulong)size));
        AddPath(proof, 0, index, size);
        return proof;
    }

    /// <summary>
    /// The proof that the second tree is the first with leaves appended; empty from size 0 and between equal sizes.
    /// </summary>
    /// <param name="first">Number of leaves of the older tree.</param>
    /// <param name="second">Number of leaves of the newer tree.</param>
    /// <exception cref="ArgumentOutOfRangeException">A size is negative, or the second is smaller.</exception>
    public IReadOnlyList<byte[]> Consistency(long first, long second)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfLessThan(second, first);
        var proof = new List<byte[]>();
        if (first == 0 || first == second) return proof;
        var height = BitOperations.TrailingZeroCount(first);
        var index = (first - 1) >> height;
        // The root of an older tree of 2^k leaves is known to the verifier.
        if (index > 0) proof.Add(Node(height, index));
        AddPath(proof, height, index, second);
        return proof;
    }

    private void AddPath(List<byte[]> proof, int height, long index, long size)
    {
        for (var last = (size - 1) >> height; last > 0; height++, index >>= 1, last >>= 1)
        {
            if ((index & 1) == 1)
                proof.Add(Node(height, index - 1));
            else if (index < last)
                proof.Add((index + 2) << height <= size ? Node(height, index + 1) : EdgeNode(height, size));
        }
    }

    // The root of the complete subtree over the leaves [index · 2^height, (index + 1) · 2^height).
    private byte[] Node(int height, long index)
    {
        var (level, row) = Math.DivRem(height, Tile.Height);
        var rowWidth = Tile.MaxWidth >> row;
        var place = (int)(index & (rowWidth - 1));
        var tile = tiles.Read(new TileAddress(level, index / rowWidth), (place + 1) << row);
        return tile.Node(row, place).ToArray();
    }

    // The root over the leaves that the last incomplete node of this row has: those that the low bits of the size count.
    private byte[] EdgeNode(int height, long size)
    {
        if (_edgeSize != size)
        {
            Array.Clear(_edge);
            _edgeSize = size;
        }

        return _edge[height] ??= MakeEdgeNode(height, size);
    }

    private byte[] MakeEdgeNode(int height, long size)
    {
        byte[]? root = null;
        for (var bit = 0; bit < height; bit++)
        {
            if ((size >> bit & 1) == 0) continue;
            var left = Node(bit, (size >> bit) - 1);
            root = root is null ? left : Merkle.NodeHash(left, root);
        }

        return root!;
    }
}
