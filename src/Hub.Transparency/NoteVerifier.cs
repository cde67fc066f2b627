using System.Security.Cryptography;
using Org.BouncyCastle.Math.EC.Rfc8032;

namespace Hub.Transparency;

/// <summary>
/// The public key of a log, to be handed over at onboarding and pinned, never fetched from the log that it judges. Written as a
/// C2SP verifier key: <c>name+id+base64(0x01 ‖ key)</c>, the id in eight lower-case hexadecimal digits.
/// </summary>
public sealed class NoteVerifier
{
    private readonly Ed25519.PublicPoint _point;
    private readonly byte[] _publicKey;

    private NoteVerifier(string name, byte[] publicKey, Ed25519.PublicPoint point)
    {
        (Name, _publicKey, _point) = (name, publicKey, point);
        KeyId = NoteKey.Id(name, publicKey);
        Fingerprint = Convert.ToHexString(SHA256.HashData(publicKey)).ToLowerInvariant();
    }

    /// <summary>Name of the key; for a log the origin of its checkpoints.</summary>
    public string Name { get; }

    /// <summary>Short id that signature lines name the key by; says nothing about its security.</summary>
    public uint KeyId { get; }

    /// <summary>SHA-256 of the 32 byte public key in lower-case hexadecimal, to be compared over another channel.</summary>
    public string Fingerprint { get; }

    /// <summary>Reads a verifier key.</summary>
    /// <exception cref="FormatException">The text is not an Ed25519 verifier key in its canonical form.</exception>
    public static NoteVerifier Parse(string vkey)
    {
        ArgumentNullException.ThrowIfNull(vkey);
        if (!NoteKey.TryParse(vkey, out var name, out var id, out var key))
            throw new FormatException("A log key reads name+id+base64, as an Ed25519 key of a C2SP signed note.");
        if (NoteKey.Id(name, key) != id) throw new FormatException("The log key does not fit its own id: it was mistyped or cut.");
        return Create(name, key) ?? throw new FormatException("The log key is no point of the curve that can verify signatures.");
    }

    /// <summary>The verifier of what a signer signs.</summary>
    public static NoteVerifier Of(ISigner signer)
    {
        ArgumentNullException.ThrowIfNull(signer);
        NoteKey.RequireName(signer.Name);
        return Create(signer.Name, signer.PublicKey) ??
            throw new ArgumentException("The public key is not an Ed25519 key.", nameof(signer));
    }

    /// <summary>Whether this key made the signature over the message; false for anything malformed.</summary>
    public bool Verify(ReadOnlySpan<byte> message, ReadOnlySpan<byte> signature) =>
        signature.Length == Ed25519.SignatureSize &&
        Ed25519.Verify(signature.ToArray(), 0, _point, message.ToArray(), 0, message.Length);

    /// <summary>The verifier key.</summary>
    public override string ToString() => NoteKey.Format(Name, KeyId, _publicKey);

    // Checked in full (canonical, on the curve, of prime order): a weak key would accept signatures that nobody made.
    private static NoteVerifier? Create(string name, byte[] key) =>
        key.Length == Ed25519.PublicKeySize && Ed25519.ValidatePublicKeyFullExport(key, 0) is { } point
            ? new NoteVerifier(name, (byte[])key.Clone(), point) : null;
}
