using System.Buffers.Binary;
using System.Text;

namespace Hub.Silo.Ledger;

/// <summary>What a payload is sealed with: its entry's header, topic and idempotency, so that it opens at its own place only.</summary>
internal static class SealedPayload
{
    private const byte HasKey = 1;
    private const byte HasFingerprint = 2;

    public static byte[] Seal(DraftEntry entry, byte[] key) =>
        DataKey.Seal(key, entry.Source.Plain, Associated(entry.HeaderBytes, entry.Topic, entry.Idempotency?.Key, entry.Idempotency?.Fingerprint));

    /// <summary>Salt ‖ payload.</summary>
    public static byte[] Open(byte[] key, EntryRow row) =>
        DataKey.Open(key, row.Payload!.Packed, Associated(row.Header, row.Topic, row.IdempotencyKey, row.Payload.Fingerprint));

    // The header says its own length, the topic is preceded by its length, and the last byte says which of the two hashes are there.
    private static byte[] Associated(byte[] header, string topic, byte[]? idempotencyKey, byte[]? fingerprint)
    {
        var length = Encoding.UTF8.GetByteCount(topic);
        var bytes = new byte[header.Length + sizeof(ushort) + length + (idempotencyKey?.Length ?? 0) + (fingerprint?.Length ?? 0) + 1];
        header.CopyTo(bytes, 0);
        var rest = bytes.AsSpan(header.Length);
        BinaryPrimitives.WriteUInt16BigEndian(rest, checked((ushort)length));
        Encoding.UTF8.GetBytes(topic, rest[sizeof(ushort)..]);
        rest = rest[(sizeof(ushort) + length)..];
        idempotencyKey?.CopyTo(rest);
        fingerprint?.CopyTo(rest[(idempotencyKey?.Length ?? 0)..]);
        rest[^1] = (byte)((idempotencyKey is null ? 0 : HasKey) | (fingerprint is null ? 0 : HasFingerprint));
        return bytes;
    }
}
