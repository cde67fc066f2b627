using System.Security.Cryptography;
using Hub.Transparency;

namespace Hub.Silo.Ledger;

/// <summary>An entry at its place in a batch.</summary>
internal sealed record DraftEntry(
    long Position, EntryHeader Header, byte[] HeaderBytes, byte[] LeafHash, PendingEvent Source, DataKeyName Key, Idempotency? Idempotency)
{
    public string Topic => Source.Event.Topic;
}

/// <summary>An append that won, with its entries; and the erasure that it carries.</summary>
internal sealed record DraftAppend(PendingAppend Pending, IReadOnlyList<DraftEntry> Entries, Erasure? Erasure);

/// <summary>All payloads of (stream, topic) below the position are gone; the generation is that of the first key still good.</summary>
internal sealed record Erasure(long Position, string Stream, string Topic, long Generation);

/// <summary>What a draft must know of the ledger, read under its lock.</summary>
internal interface IBatchGround
{
    long VersionOf(string stream);

    long? PositionOf(byte[] idempotencyKey);

    /// <summary>Erasures of (stream, topic) so far.</summary>
    long GenerationOf(string stream, string topic);
}

/// <summary>
/// Decides under the lock which appends of a batch go in, and where. Losers get their answer apart and fail nobody else. Pure: it
/// writes nothing, so a batch that is not committed is simply dropped.
/// </summary>
internal sealed class BatchDraft(string origin, long size, DateTimeOffset time, IBatchGround ground)
{
    private readonly Dictionary<string, long> versions = [];
    private readonly Dictionary<byte[], long> keys = new(ByteOrder.Instance);
    private readonly Dictionary<(string, string), long> generations = [];
    private long _next = size;

    /// <summary>By which the writer finds its batch again when the answer to the commit was lost.</summary>
    public byte[] Id { get; } = RandomNumberGenerator.GetBytes(16);

    public long First { get; } = size;

    public DateTimeOffset Time => time;

    /// <summary>What is to be committed.</summary>
    public List<DraftAppend> Accepted { get; } = [];

    /// <summary>Answers that hold whatever becomes of the commit.</summary>
    public List<(PendingAppend Pending, AppendOutcome Outcome)> Settled { get; } = [];

    /// <summary>Answers that hold only if the commit does.</summary>
    public List<(PendingAppend Pending, AppendOutcome Outcome)> Dependent { get; } = [];

    public IEnumerable<DraftEntry> Entries => Accepted.SelectMany(append => append.Entries);

    /// <summary>Versions of the streams after this batch.</summary>
    public IReadOnlyDictionary<string, long> Versions => versions;

    /// <summary>A repeat is told first: what was answered once is answered again, whatever happened since.</summary>
    public void Judge(PendingAppend pending)
    {
        var append = pending.Append;
        if (append.Idempotency is { } repeat && keys.TryGetValue(repeat.Key, out var drafted))
            Dependent.Add((pending, new AppendOutcome.Repeated(drafted)));
        else if (append.Idempotency is { } used && ground.PositionOf(used.Key) is { } position)
            Settled.Add((pending, new AppendOutcome.Repeated(position)));
        else if (VersionOf(append.Stream) != append.ExpectedVersion)
            Settled.Add((pending, new AppendOutcome.LostRace()));
        else if (append.DecidedOn is { } read && VersionOf(read.Stream) != read.Version)
            Settled.Add((pending, new AppendOutcome.LostRace()));
        else if (append.CommitBefore <= time)
            Settled.Add((pending, new AppendOutcome.TooLate(time)));
        else
            Accept(pending);
    }

    private void Accept(PendingAppend pending)
    {
        var append = pending.Append;
        var erasure = append.EraseTopic is { } topic
            ? new Erasure(_next, append.Stream, topic, GenerationOf(append.Stream, topic) + 1) : null;
        if (erasure is not null) generations[(erasure.Stream, erasure.Topic)] = erasure.Generation;
        if (append.Idempotency is { } idempotency) keys[idempotency.Key] = _next;
        var entries = new DraftEntry[pending.Events.Count];
        for (var i = 0; i < entries.Length; i++)
            entries[i] = Place(append, pending.Events[i], i == 0 ? append.Idempotency : null);
        versions[append.Stream] = append.ExpectedVersion + entries.Length;
        Accepted.Add(new DraftAppend(pending, entries, erasure));
    }

    private DraftEntry Place(Append append, PendingEvent source, Idempotency? idempotency)
    {
        var version = versions[append.Stream] = VersionOf(append.Stream) + 1;
        var header = new EntryHeader(origin, append.Stream, version, source.Event.Kind, source.Event.Schema, time);
        var bytes = header.ToBytes();
        var key = new DataKeyName(append.Stream, source.Event.Topic, GenerationOf(append.Stream, source.Event.Topic));
        return new DraftEntry(_next++, header, bytes, Leaf.Hash(bytes, source.PayloadHash), source, key, idempotency);
    }

    private long VersionOf(string stream) =>
        versions.TryGetValue(stream, out var version) ? version : versions[stream] = ground.VersionOf(stream);

    private long GenerationOf(string stream, string topic) =>
        generations.TryGetValue((stream, topic), out var generation) ? generation : ground.GenerationOf(stream, topic);
}

/// <summary>Keys compared by their bytes.</summary>
internal sealed class ByteOrder : IEqualityComparer<byte[]>
{
    public static readonly ByteOrder Instance = new();

    public bool Equals(byte[]? left, byte[]? right) => left.AsSpan().SequenceEqual(right);

    // Keys are hashes: any four of their bytes are spread evenly.
    public int GetHashCode(byte[] key) => BitConverter.ToInt32(key);
}
