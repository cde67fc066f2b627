using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Hub.Silo.Releases;

namespace Hub.Silo.Benchmarks;

/// <summary>Something that members see happen to a release.</summary>
/// <param name="Position">Of the entry that made it happen: the one that set the time of the opening, or the withdrawal.</param>
internal sealed record ReleaseMoment(OpenRelease Release, V1.ReleaseEvent Event, DateTimeOffset Time, long Position)
{
    /// <summary>Everything that has happened, in no order.</summary>
    public static IEnumerable<ReleaseMoment> Of(OpenShelf shelf)
    {
        foreach (var release in shelf.Releases)
        {
            yield return new ReleaseMoment(release, V1.ReleaseEvent.Published, release.PublishTime, release.ScheduledAt);
            // What is still to open before a withdrawal is told before it.
            if (release.Withdrawal is { } withdrawal && !(shelf.NextOpening <= withdrawal.Time))
            {
                yield return new ReleaseMoment(release, V1.ReleaseEvent.Withdrawn, withdrawal.Time, withdrawal.Position);
            }
        }
    }
}

/// <summary>
/// Up to where a watcher was told, the same on every silo: all moments up to a time (and, at that time, up to a position) that the log up
/// to a position makes. Openings come in the order of their times and not of their entries, hence both.
/// </summary>
internal readonly record struct WatchPosition(long Ticks, long Tie, long Position)
{
    public static readonly WatchPosition Start = new(0, -1, -1);

    private const int HashLength = 8;

    public bool Covers(ReleaseMoment moment) => moment.Position <= Position && !IsAfter(moment);

    /// <summary>
    /// What was not told, in an order in which <see cref="After"/> never covers what is still to be told: first what this silo learnt
    /// late, by entry; then the rest, by time.
    /// </summary>
    public IEnumerable<ReleaseMoment> Untold(IEnumerable<ReleaseMoment> all)
    {
        var told = this;
        var untold = all.Where(moment => !told.Covers(moment)).ToList();
        return untold.Where(moment => !told.IsAfter(moment)).OrderBy(moment => moment.Position)
            .Concat(untold.Where(told.IsAfter).OrderBy(moment => moment.Time).ThenBy(moment => moment.Position));
    }

    public WatchPosition After(ReleaseMoment moment)
    {
        var position = Math.Max(Position, moment.Position);
        return IsAfter(moment) ? new WatchPosition(moment.Time.UtcTicks, moment.Position, position) : this with { Position = position };
    }

    /// <summary>Opaque to callers, and of one query only.</summary>
    public string Write(string parent)
    {
        Span<byte> bytes = stackalloc byte[HashLength + 24];
        HashOf(parent).CopyTo(bytes);
        BinaryPrimitives.WriteInt64BigEndian(bytes[HashLength..], Ticks);
        BinaryPrimitives.WriteInt64BigEndian(bytes[(HashLength + 8)..], Tie);
        BinaryPrimitives.WriteInt64BigEndian(bytes[(HashLength + 16)..], Position);
        return Base64Url.EncodeToString(bytes);
    }

    public static Decision<WatchPosition> Read(string text, string parent)
    {
        if (text.Length == 0)
        {
            return Start;
        }

        Span<byte> bytes = stackalloc byte[HashLength + 24];
        var isWhole = Base64Url.IsValid(text, out var length) && length == bytes.Length && Base64Url.DecodeFromChars(text, bytes) == length;
        return isWhole && bytes.StartsWith(HashOf(parent))
            ? new WatchPosition(
                BinaryPrimitives.ReadInt64BigEndian(bytes[HashLength..]),
                BinaryPrimitives.ReadInt64BigEndian(bytes[(HashLength + 8)..]),
                BinaryPrimitives.ReadInt64BigEndian(bytes[(HashLength + 16)..]))
            : Refusal.Invalid("after_position", "It is no position of this stream.", "Send that of the last message, with the same parent, or leave it out.");
    }

    private bool IsAfter(ReleaseMoment moment) => (moment.Time.UtcTicks, moment.Position).CompareTo((Ticks, Tie)) > 0;

    private static ReadOnlySpan<byte> HashOf(string parent) => SHA256.HashData(Encoding.UTF8.GetBytes(parent)).AsSpan(0, HashLength);
}
