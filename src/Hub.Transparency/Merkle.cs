using System.Security.Cryptography;

namespace Hub.Transparency;

/// <summary>The hashes of a Merkle tree as RFC 9162 §2.1 has them.</summary>
public static class Merkle
{
    /// <summary>The root of a tree without leaves: SHA-256 of nothing.</summary>
    public static byte[] EmptyRoot => SHA256.HashData([]);

    /// <summary>SHA-256(0x01 ‖ left ‖ right).</summary>
    /// <exception cref="ArgumentException">A hash is not 32 bytes long.</exception>
    public static byte[] NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        var hash = new byte[Leaf.HashSize];
        NodeHash(left, right, hash);
        return hash;
    }

    /// <summary>The same, written to <paramref name="target"/>, which may overlap either child.</summary>
    internal static void NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right, Span<byte> target)
    {
        RequireHash(left);
        RequireHash(right);
        Span<byte> buffer = stackalloc byte[1 + 2 * Leaf.HashSize];
        buffer[0] = 0x01;
        left.CopyTo(buffer[1..]);
        right.CopyTo(buffer[(1 + Leaf.HashSize)..]);
        SHA256.HashData(buffer, target);
    }

    internal static void RequireHash(ReadOnlySpan<byte> hash)
    {
        if (hash.Length != Leaf.HashSize) throw new ArgumentException("A hash has 32 bytes.", nameof(hash));
    }
}
