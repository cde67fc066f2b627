namespace Hub.Transparency;

/// <summary>Holds a log's Ed25519 key: a file, another process, or a hardware module.</summary>
public interface ISigner
{
    /// <summary>Name of the key in signed notes; for a log the origin of its checkpoints.</summary>
    string Name { get; }

    /// <summary>The public key, 32 bytes (RFC 8032).</summary>
    byte[] PublicKey { get; }

    /// <summary>The Ed25519 signature of a message, 64 bytes.</summary>
    byte[] Sign(ReadOnlySpan<byte> message);
}
