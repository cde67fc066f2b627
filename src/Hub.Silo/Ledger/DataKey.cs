using System.Security.Cryptography;

namespace Hub.Silo.Ledger;

/// <summary>Which data key: one for each stream and topic, and a new generation after each erasure.</summary>
internal readonly record struct DataKeyName(string Stream, string Topic, long Generation);

/// <summary>Seals and opens salt ‖ payload with AES-256-GCM: nonce (12) ‖ ciphertext ‖ tag (16).</summary>
internal static class DataKey
{
    public const int Size = 32;
    private const int NonceSize = 12;
    private const int TagSize = 16;

    /// <summary>Seals under the key; what is associated (the entry's place and names) must be the same when it is opened.</summary>
    public static byte[] Seal(byte[] key, byte[] plain, byte[] associated)
    {
        var packed = new byte[NonceSize + plain.Length + TagSize];
        var nonce = packed.AsSpan(0, NonceSize);
        RandomNumberGenerator.Fill(nonce);
        using var cipher = new AesGcm(key, TagSize);
        cipher.Encrypt(nonce, plain, packed.AsSpan(NonceSize, plain.Length), packed.AsSpan(NonceSize + plain.Length), associated);
        return packed;
    }

    /// <summary>Opens what was sealed.</summary>
    /// <exception cref="CryptographicException">A byte was changed, or key or associated bytes are others.</exception>
    public static byte[] Open(byte[] key, byte[] packed, byte[] associated)
    {
        if (packed.Length < NonceSize + TagSize) throw new CryptographicException("A sealed payload is cut short.");
        var plain = new byte[packed.Length - NonceSize - TagSize];
        using var cipher = new AesGcm(key, TagSize);
        cipher.Decrypt(packed.AsSpan(0, NonceSize), packed.AsSpan(NonceSize, plain.Length), packed.AsSpan(^TagSize..), plain, associated);
        return plain;
    }
}
