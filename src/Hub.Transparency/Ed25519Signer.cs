using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Hub.Transparency;

/// <summary>A signer that has its key in memory.</summary>
public sealed class Ed25519Signer : ISigner
{
    /// <summary>Bytes of the seed that a private key is made from.</summary>
    public const int SeedSize = 32;

    private const string PrivatePrefix = "PRIVATE+KEY+";
    private readonly byte[] _seed;
    private readonly byte[] _publicKey = new byte[Ed25519.PublicKeySize];

    private Ed25519Signer(string name, byte[] seed)
    {
        (Name, _seed) = (name, seed);
        Ed25519.GeneratePublicKey(_seed, 0, _publicKey, 0);
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <inheritdoc/>
    public byte[] PublicKey => (byte[])_publicKey.Clone();

    /// <summary>The signer of this name whose private key is the seed (RFC 8032 §5.1.5); the same seed gives the same key.</summary>
    /// <param name="name">Name of the key, without spaces and plus signs.</param>
    /// <param name="seed">32 secret random bytes.</param>
    /// <exception cref="ArgumentException">The name is not one of a signed note, or the seed is not 32 bytes long.</exception>
    public static Ed25519Signer Generate(string name, ReadOnlySpan<byte> seed)
    {
        NoteKey.RequireName(name);
        if (seed.Length != SeedSize) throw new ArgumentException("A seed has 32 bytes.", nameof(seed));
        return new Ed25519Signer(name, seed.ToArray());
    }

    /// <summary>Reads what <see cref="ToPrivateKey"/> wrote.</summary>
    /// <exception cref="FormatException">The text is not the private key of a signed note.</exception>
    public static Ed25519Signer Parse(string privateKey)
    {
        ArgumentNullException.ThrowIfNull(privateKey);
        if (!privateKey.StartsWith(PrivatePrefix, StringComparison.Ordinal) ||
            !NoteKey.TryParse(privateKey[PrivatePrefix.Length..], out var name, out var id, out var seed))
            throw new FormatException("This is not the Ed25519 private key of a signed note.");
        var signer = new Ed25519Signer(name, seed);
        if (NoteKey.Id(name, signer.PublicKey) != id) throw new FormatException("The private key does not fit its own id.");
        return signer;
    }

    /// <inheritdoc/>
    public byte[] Sign(ReadOnlySpan<byte> message)
    {
        var signature = new byte[Ed25519.SignatureSize];
        Ed25519.Sign(_seed, 0, _publicKey, 0, null, message.ToArray(), 0, message.Length, signature, 0);
        return signature;
    }

    /// <summary>The private key as a line of text, <c>PRIVATE+KEY+name+id+base64(0x01 ‖ seed)</c>. Secret.</summary>
    public string ToPrivateKey() => PrivatePrefix + NoteKey.Format(Name, NoteKey.Id(Name, _publicKey), _seed);
}
