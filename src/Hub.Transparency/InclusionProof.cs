using System.Security.Cryptography;

namespace Hub.Transparency;

/// <summary>Proof that a leaf is in a tree (RFC 9162 §2.1.3).</summary>
public static class InclusionProof
{
    /// <summary>Whether the proof leads from the leaf at this place to the root; false for anything malformed.</summary>
    /// <param name="index">Place of the leaf, from 0.</param>
    /// <param name="size">Number of leaves of the tree.</param>
    /// <param name="leafHash">Hash of the leaf.</param>
    /// <param name="proof">The hashes beside the path, from the leaf up.</param>
    /// <param name="root">Root of the tree.</param>
    public static bool Verify(
        long index, long size, ReadOnlySpan<byte> leafHash, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> root)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (index < 0 || index >= size || leafHash.Length != Leaf.HashSize || root.Length != Leaf.HashSize) return false;
        var node = leafHash.ToArray();
        var (at, last) = (index, size - 1);
        foreach (var sibling in proof)
        {
            if (last == 0 || sibling is not { Length: Leaf.HashSize }) return false;
            if ((at & 1) == 1 || at == last)
            {
                Merkle.NodeHash(sibling, node, node);
                // The last node of an odd row has no sibling: it rises unchanged until it is a right child.
                while ((at & 1) == 0 && at != 0) (at, last) = (at >> 1, last >> 1);
            }
            else
            {
                Merkle.NodeHash(node, sibling, node);
            }

            (at, last) = (at >> 1, last >> 1);
        }

        return last == 0 && CryptographicOperations.FixedTimeEquals(node, root);
    }
}
