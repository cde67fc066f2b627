using System.Buffers;
using System.Security.Cryptography;

namespace Hub.Transparency;

/// <summary>The leaf of an entry: what the ledger's tree commits to (RFC 9162 §2.1.1, over header ‖ payload hash).</summary>
public static class Leaf
{
    /// <summary>Bytes of every hash here: SHA-256.</summary>
    public const int HashSize = SHA256.HashSizeInBytes;

    /// <summary>Bytes of a salt. It keeps a guessable payload, such as one small figure, from being found by trial.</summary>
    public const int SaltSize = 32;

    /// <summary>SHA-256(salt ‖ payload).</summary>
    /// <exception cref="ArgumentException">The salt is not <see cref="SaltSize"/> bytes long.</exception>
    public static byte[] PayloadHash(ReadOnlySpan<byte> salt, ReadOnlySpan<byte> payload)
    {
        if (salt.Length != SaltSize) throw new ArgumentException("A salt has 32 bytes.", nameof(salt));
        var length = salt.Length + payload.Length;
        var pooled = ArrayPool<byte>.Shared.Rent(length);
        salt.CopyTo(pooled);
        payload.CopyTo(pooled.AsSpan(salt.Length));
        var hash = SHA256.HashData(pooled.AsSpan(0, length));
        // The payload is confidential: it must not stay behind in a buffer that somebody else rents.
        CryptographicOperations.ZeroMemory(pooled.AsSpan(0, length));
        ArrayPool<byte>.Shared.Return(pooled);
        return hash;
    }

    /// <summary>SHA-256(0x00 ‖ header ‖ payload hash).</summary>
    /// <param name="header">The bytes of an <see cref="EntryHeader"/>.</param>
    /// <param name="payloadHash">What <see cref="PayloadHash"/> gave.</param>
    /// <exception cref="ArgumentException">The payload hash is not <see cref="HashSize"/> bytes long.</exception>
    public static byte[] Hash(ReadOnlySpan<byte> header, ReadOnlySpan<byte> payloadHash)
    {
        if (payloadHash.Length != HashSize) throw new ArgumentException("A hash has 32 bytes.", nameof(payloadHash));
        var length = 1 + header.Length + HashSize;
        Span<byte> buffer = length <= 1024 ? stackalloc byte[length] : new byte[length];
        buffer[0] = 0x00;
        header.CopyTo(buffer[1..]);
        payloadHash.CopyTo(buffer[(1 + header.Length)..]);
        return SHA256.HashData(buffer);
    }
}
