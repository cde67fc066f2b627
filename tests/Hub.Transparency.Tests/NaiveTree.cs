using System.Security.Cryptography;
using System.Text;

namespace Hub.Transparency.Tests;

/// <summary>The definitions of RFC 9162 §2.1, word for word, to judge the real code by. It only remembers the roots it made.</summary>
internal sealed class NaiveTree(byte[][] leaves)
{
    private readonly Dictionary<(int Start, int End), byte[]> _roots = [];

    public static byte[] LeafHash(byte[] entry) => SHA256.HashData([0x00, .. entry]);

    /// <summary>The hashes of entries 0, 1, 2 … in decimal; samples/verify makes the same.</summary>
    public static byte[][] Leaves(int count) =>
        [.. Enumerable.Range(0, count).Select(i => LeafHash(Encoding.ASCII.GetBytes($"{i}")))];

    public static bool Same(byte[][] expected, IReadOnlyList<byte[]> proof) =>
        expected.Length == proof.Count && expected.Zip(proof).All(pair => pair.First.AsSpan().SequenceEqual(pair.Second));

    public byte[] Root(int size) => Root(0, size);

    public byte[][] Inclusion(int index, int size) => Path(index, 0, size);

    public byte[][] Consistency(int first, int second) => first == 0 ? [] : SubProof(first, 0, second, complete: true);

    private byte[] Root(int start, int end)
    {
        if (end == start) return SHA256.HashData([]);
        if (end - start == 1) return leaves[start];
        if (_roots.TryGetValue((start, end), out var known)) return known;
        var k = start + Split(end - start);
        return _roots[(start, end)] = SHA256.HashData([0x01, .. Root(start, k), .. Root(k, end)]);
    }

    private byte[][] Path(int index, int start, int end)
    {
        if (end - start == 1) return [];
        var k = start + Split(end - start);
        return index < k ? [.. Path(index, start, k), Root(k, end)] : [.. Path(index, k, end), Root(start, k)];
    }

    private byte[][] SubProof(int first, int start, int end, bool complete)
    {
        if (first == end) return complete ? [] : [Root(start, end)];
        var k = start + Split(end - start);
        return first <= k
            ? [.. SubProof(first, start, k, complete), Root(k, end)]
            : [.. SubProof(first, k, end, complete: false), Root(start, k)];
    }

    // The largest power of two smaller than n.
    private static int Split(int n)
    {
        var k = 1;
        while (2 * k < n) k *= 2;
        return k;
    }
}
