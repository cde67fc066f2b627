using System.Buffers.Binary;
using System.Text;
using Hub.Transparency;

namespace Hub.Silo.Ledger;

/// <summary>What a payload is sealed with: its entry's header, topic and idempotency, so that it opens at its own place only.</summary>
internal static class SealedPayload
{
    public static byte[] Seal(DraftEntry entry, byte[] key) =>
        DataKey.Seal(key, entry.Source.Plain, Associated(entry.HeaderBytes, entry.Topic, entry.Idempotency));

    /// <summary>Salt ‖ payload.</summary>
    public static byte[] Open(byte[] key, EntryRow row) => DataKey.Open(
        key, row.Payload!.Packed,
        Associated(row.Header, row.Topic, row.IdempotencyKey is { } used ? new Idempotency(used, row.Payload.Fingerprint ?? []) : null));

    // The header says its own length; what follows it is of fixed size or preceded by its length.
    private static byte[] Associated(byte[] header, string topic, Idempotency? idempotency)
    {
        var length = Encoding.UTF8.GetByteCount(topic);
        var fixedSize = header.Length + sizeof(ushort) + length;
        var bytes = new byte[fixedSize + (idempotency is null ? 0 : idempotency.Key.Length + idempotency.Fingerprint.Length)];
        header.CopyTo(bytes, 0);
        BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(header.Length), checked((ushort)length));
        Encoding.UTF8.GetBytes(topic, bytes.AsSpan(header.Length + sizeof(ushort)));
        idempotency?.Key.CopyTo(bytes, fixedSize);
        idempotency?.Fingerprint.CopyTo(bytes, fixedSize + idempotency.Key.Length);
        return bytes;
    }
}
