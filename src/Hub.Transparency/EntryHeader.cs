using System.Buffers.Binary;
using System.Text;

namespace Hub.Transparency;

/// <summary>
/// What an entry of the ledger says of itself beside its payload. Its bytes are part of the leaf, so an entry can be moved
/// to no other log, stream, place or time.
/// </summary>
/// <remarks>
/// Layout 1, all integers big-endian: <c>u8 layout = 1 | u16 length, UTF-8 origin | u16 length, UTF-8 stream | u64 version |
/// u16 length, UTF-8 kind | u32 schema | i64 microseconds since 1970-01-01T00:00:00Z</c>. No text is empty and nothing follows.
/// </remarks>
/// <param name="Origin">The log that the entry belongs to, as in its checkpoints.</param>
/// <param name="Stream">The stream of the entry, such as <c>administrations/UA</c>.</param>
/// <param name="Version">The entry's version in its stream; not negative.</param>
/// <param name="Kind">What happened, such as <c>submitted</c>.</param>
/// <param name="Schema">The version of the payload's own format; not negative.</param>
/// <param name="Time">When the entry was committed; kept in UTC and truncated to microseconds.</param>
public sealed record EntryHeader(string Origin, string Stream, long Version, string Kind, int Schema, DateTimeOffset Time)
{
    /// <summary>The number of this layout, the first byte of every header.</summary>
    public const byte Layout = 1;

    private const int FixedSize = 1 + 3 * sizeof(ushort) + sizeof(ulong) + sizeof(uint) + sizeof(long);

    /// <summary>When the entry was committed, in UTC, truncated to microseconds.</summary>
    public DateTimeOffset Time { get; init => field = FromMicroseconds(ToMicroseconds(value)); } =
        FromMicroseconds(ToMicroseconds(Time));

    /// <summary>The bytes that are hashed into the leaf.</summary>
    /// <exception cref="ArgumentException">
    /// A text is empty, longer than 65,535 bytes or not valid Unicode, or a number is negative.
    /// </exception>
    public byte[] ToBytes()
    {
        ArgumentOutOfRangeException.ThrowIfNegative(Version);
        ArgumentOutOfRangeException.ThrowIfNegative(Schema);
        int origin = Measure(Origin), stream = Measure(Stream), kind = Measure(Kind);
        var bytes = new byte[FixedSize + origin + stream + kind];
        bytes[0] = Layout;
        var rest = WriteText(bytes.AsSpan(1), Origin, origin);
        rest = WriteText(rest, Stream, stream);
        BinaryPrimitives.WriteUInt64BigEndian(rest, (ulong)Version);
        rest = WriteText(rest[sizeof(ulong)..], Kind, kind);
        BinaryPrimitives.WriteUInt32BigEndian(rest, (uint)Schema);
        BinaryPrimitives.WriteInt64BigEndian(rest[sizeof(uint)..], ToMicroseconds(Time));
        return bytes;
    }

    /// <summary>Reads a header; strict, so that every header has exactly one form.</summary>
    /// <exception cref="FormatException">The bytes are not a header of this layout, or something follows it.</exception>
    public static EntryHeader Parse(ReadOnlySpan<byte> bytes)
    {
        var rest = bytes;
        if (Take(ref rest, 1)[0] != Layout) throw new FormatException("The header's layout is not known.");
        var origin = TakeText(ref rest);
        var stream = TakeText(ref rest);
        var version = BinaryPrimitives.ReadUInt64BigEndian(Take(ref rest, sizeof(ulong)));
        var kind = TakeText(ref rest);
        var schema = BinaryPrimitives.ReadUInt32BigEndian(Take(ref rest, sizeof(uint)));
        var time = BinaryPrimitives.ReadInt64BigEndian(Take(ref rest, sizeof(long)));
        if (!rest.IsEmpty) throw new FormatException("Bytes follow the header.");
        if (version > long.MaxValue || schema > int.MaxValue) throw new FormatException("A number of the header is too large.");
        if (time < ToMicroseconds(DateTimeOffset.MinValue) || time > ToMicroseconds(DateTimeOffset.MaxValue))
            throw new FormatException("The header's time is out of range.");
        return new EntryHeader(origin, stream, (long)version, kind, (int)schema, FromMicroseconds(time));
    }

    private static long ToMicroseconds(DateTimeOffset time) =>
        (time.UtcTicks / TimeSpan.TicksPerMicrosecond) - (DateTimeOffset.UnixEpoch.Ticks / TimeSpan.TicksPerMicrosecond);

    private static DateTimeOffset FromMicroseconds(long microseconds) =>
        new(DateTimeOffset.UnixEpoch.Ticks + microseconds * TimeSpan.TicksPerMicrosecond, TimeSpan.Zero);

    private static int Measure(string text)
    {
        ArgumentException.ThrowIfNullOrEmpty(text);
        var length = Utf8.Strict.GetByteCount(text);
        if (length > ushort.MaxValue) throw new ArgumentException("A text of the header exceeds 65,535 bytes.", nameof(text));
        return length;
    }

    private static Span<byte> WriteText(Span<byte> target, string text, int length)
    {
        BinaryPrimitives.WriteUInt16BigEndian(target, (ushort)length);
        Utf8.Strict.GetBytes(text, target[sizeof(ushort)..]);
        return target[(sizeof(ushort) + length)..];
    }

    private static string TakeText(ref ReadOnlySpan<byte> rest)
    {
        var bytes = Take(ref rest, BinaryPrimitives.ReadUInt16BigEndian(Take(ref rest, sizeof(ushort))));
        if (bytes.IsEmpty) throw new FormatException("A text of the header is empty.");
        try
        {
            return Utf8.Strict.GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            throw new FormatException("A text of the header is not UTF-8.");
        }
    }

    private static ReadOnlySpan<byte> Take(ref ReadOnlySpan<byte> rest, int length)
    {
        if (rest.Length < length) throw new FormatException("The header is cut short.");
        var taken = rest[..length];
        rest = rest[length..];
        return taken;
    }
}
