using System.Numerics;

namespace Hub.Transparency;

/// <summary>Proof that a tree is an older one with leaves appended, nothing else changed (RFC 9162 §2.1.4).</summary>
public static class ConsistencyProof
{
    /// <summary>
    /// Whether the proof shows that the first <paramref name="first"/> leaves of the second tree are the first tree; false for
    /// anything malformed. From an empty tree, and between trees of one size, the proof is empty.
    /// </summary>
    /// <param name="first">Number of leaves of the older tree.</param>
    /// <param name="firstRoot">Root of the older tree.</param>
    /// <param name="second">Number of leaves of the newer tree.</param>
    /// <param name="secondRoot">Root of the newer tree.</param>
    /// <param name="proof">The hashes of the proof, in the order of the RFC.</param>
    public static bool Verify(
        long first, ReadOnlySpan<byte> firstRoot, long second, ReadOnlySpan<byte> secondRoot, IReadOnlyList<byte[]> proof)
    {
        ArgumentNullException.ThrowIfNull(proof);
        if (first < 0 || first > second || firstRoot.Length != Leaf.HashSize || secondRoot.Length != Leaf.HashSize) return false;
        if (first == second) return proof.Count == 0 && firstRoot.SequenceEqual(secondRoot);
        if (first == 0) return proof.Count == 0 && firstRoot.SequenceEqual(Merkle.EmptyRoot);
        foreach (var hash in proof)
            if (hash is not { Length: Leaf.HashSize }) return false;
        return Walk(first, firstRoot, second, secondRoot, proof);
    }

    private static bool Walk(
        long first, ReadOnlySpan<byte> firstRoot, long second, ReadOnlySpan<byte> secondRoot, IReadOnlyList<byte[]> proof)
    {
        // An older tree of 2^k leaves is one node of the newer tree: its root starts the path and is not repeated in the proof.
        var known = BitOperations.IsPow2(first);
        if (!known && proof.Count == 0) return false;
        var older = known ? firstRoot.ToArray() : (byte[])proof[0].Clone();
        var newer = (byte[])older.Clone();
        var risen = BitOperations.TrailingZeroCount(first);
        var (at, last) = ((first - 1) >> risen, (second - 1) >> risen);
        for (var i = known ? 0 : 1; i < proof.Count; i++)
        {
            if (last == 0) return false;
            if ((at & 1) == 1 || at == last)
            {
                Merkle.NodeHash(proof[i], older, older);
                Merkle.NodeHash(proof[i], newer, newer);
                while ((at & 1) == 0 && at != 0) (at, last) = (at >> 1, last >> 1);
            }
            else
            {
                Merkle.NodeHash(newer, proof[i], newer);
            }

            (at, last) = (at >> 1, last >> 1);
        }

        return last == 0 && firstRoot.SequenceEqual(older) && secondRoot.SequenceEqual(newer);
    }
}
