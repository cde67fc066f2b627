using System.Security.Cryptography;

namespace Hub.Transparency.Tests;

/// <summary>The definitions of RFC 9162 §2.1, word for word and slow, to judge the real code by.</summary>
internal static class NaiveTree
{
    public static byte[] LeafHash(byte[] entry) => SHA256.HashData([0x00, .. entry]);

    public static byte[][] Leaves(int count) => [.. Enumerable.Range(0, count).Select(i => LeafHash(BitConverter.GetBytes(i)))];

    public static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 0) return SHA256.HashData([]);
        if (leaves.Length == 1) return leaves[0];
        var k = Split(leaves.Length);
        return SHA256.HashData([0x01, .. Root(leaves[..k]), .. Root(leaves[k..])]);
    }

    public static byte[][] Path(int index, ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 1) return [];
        var k = Split(leaves.Length);
        return index < k ? [.. Path(index, leaves[..k]), Root(leaves[k..])] : [.. Path(index - k, leaves[k..]), Root(leaves[..k])];
    }

    public static byte[][] Consistency(int first, ReadOnlySpan<byte[]> leaves) =>
        first == 0 ? [] : SubProof(first, leaves, complete: true);

    private static byte[][] SubProof(int first, ReadOnlySpan<byte[]> leaves, bool complete)
    {
        if (first == leaves.Length) return complete ? [] : [Root(leaves)];
        var k = Split(leaves.Length);
        return first <= k
            ? [.. SubProof(first, leaves[..k], complete), Root(leaves[k..])]
            : [.. SubProof(first - k, leaves[k..], complete: false), Root(leaves[..k])];
    }

    // The largest power of two smaller than n.
    private static int Split(int n)
    {
        var k = 1;
        while (2 * k < n) k *= 2;
        return k;
    }
}
