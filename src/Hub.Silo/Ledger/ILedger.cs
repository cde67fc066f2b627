using Hub.Transparency;

namespace Hub.Silo.Ledger;

/// <summary>The Hub's one ordered, append-only log. What is committed here has happened; all else is derived from it.</summary>
internal interface ILedger
{
    /// <summary>
    /// Appends the events of one stream, all or none, and returns only after a durable commit. A commit whose outcome cannot be
    /// learnt throws <see cref="LedgerUnavailableException"/>: the caller then knows nothing and must read again.
    /// </summary>
    Task<AppendOutcome> AppendAsync(Append append, CancellationToken cancellationToken);

    /// <summary>Entries of one stream with a version above <paramref name="afterVersion"/>, in order, payloads opened; at most max.</summary>
    Task<IReadOnlyList<Entry>> ReadStreamAsync(string stream, long afterVersion, int max, CancellationToken cancellationToken);

    /// <summary>Entries of one topic above a position, over all streams, in log order, payloads opened; at most max.</summary>
    Task<IReadOnlyList<Entry>> ReadTopicAsync(string topic, long afterPosition, int max, CancellationToken cancellationToken);

    /// <summary>Entries above a position (-1 for all), in log order, payloads left closed; at most max. This is what the tail follows.</summary>
    Task<IReadOnlyList<Entry>> ReadLogAsync(long afterPosition, int max, CancellationToken cancellationToken);

    /// <summary>The latest committed tree.</summary>
    Task<LedgerHead> ReadHeadAsync(CancellationToken cancellationToken);

    /// <summary>The latest signed checkpoint, as the text of a signed note.</summary>
    Task<string> ReadCheckpointAsync(CancellationToken cancellationToken);

    /// <summary>The receipt of one entry, proved against the latest checkpoint; null when its payload was erased or it does not exist.</summary>
    Task<Receipt?> ReadReceiptAsync(long position, CancellationToken cancellationToken);

    /// <summary>Inclusion proof of a position in the tree of a size; both must lie within the head.</summary>
    Task<IReadOnlyList<byte[]>> ProveInclusionAsync(long position, long size, CancellationToken cancellationToken);

    /// <summary>Consistency proof between two sizes; both must lie within the head.</summary>
    Task<IReadOnlyList<byte[]>> ProveConsistencyAsync(long firstSize, long secondSize, CancellationToken cancellationToken);
}

/// <summary>Something that happened, not yet appended. The topic is the indexed key by which readers find it; empty for none.</summary>
internal sealed record Event(string Kind, int Schema, string Topic, ReadOnlyMemory<byte> Payload);

/// <summary>The caller's key for one act (HMAC of scope, RPC and request_id) and the HMAC of the request it came with; 32 bytes each.</summary>
internal sealed record Idempotency(byte[] Key, byte[] Fingerprint);

/// <summary>One atomic append to one stream. The stream's version counts its entries: 0 before the first.</summary>
internal sealed record Append(string Stream, long ExpectedVersion, IReadOnlyList<Event> Events)
{
    /// <summary>What was decided; the stream that records it fills in its name and version.</summary>
    public Append(IReadOnlyList<Event> events)
        : this("", 0, events)
    {
    }

    public Idempotency? Idempotency { get; init; }

    /// <summary>Another stream that was decided on: if it has moved on at the commit, the race is lost, on whichever silo it moved.</summary>
    public StreamVersion? DecidedOn { get; init; }

    /// <summary>The commit is refused at or after this time: a window that closes while a request waits stays closed.</summary>
    public DateTimeOffset? CommitBefore { get; init; }

    /// <summary>Deletes payload, salt and fingerprint of all earlier entries of (Stream, EraseTopic) in this transaction, then destroys their data key.</summary>
    public string? EraseTopic { get; init; }
}

/// <summary>A stream as it was when it had this many entries.</summary>
internal sealed record StreamVersion(string Stream, long Version);

/// <summary>What became of an append.</summary>
internal abstract record AppendOutcome
{
    private AppendOutcome()
    {
    }

    /// <summary>Durable, with a receipt for each event.</summary>
    internal sealed record Committed(IReadOnlyList<CommittedEntry> Entries) : AppendOutcome;

    /// <summary>Somebody else appended first, to the stream or to <see cref="Append.DecidedOn"/>: read on and decide again.</summary>
    internal sealed record LostRace : AppendOutcome;

    /// <summary>The idempotency key is used already, by the entry at this position: rebuild the first answer from it.</summary>
    internal sealed record Repeated(long Position) : AppendOutcome;

    /// <summary>The time of commit would not lie before <see cref="Append.CommitBefore"/>.</summary>
    internal sealed record TooLate(DateTimeOffset Time) : AppendOutcome;
}

/// <summary>An entry right after its commit.</summary>
internal sealed record CommittedEntry(long Position, long Version, DateTimeOffset Time, Receipt Receipt);

/// <summary>An entry as it is read. Payload is null when it was erased, or not opened by the read.</summary>
internal sealed record Entry(
    long Position,
    EntryHeader Header,
    string Topic,
    byte[] LeafHash,
    ReadOnlyMemory<byte>? Payload,
    Idempotency? Idempotency);

/// <summary>Size and root of the committed tree.</summary>
internal sealed record LedgerHead(long Size, byte[] Root);

/// <summary>The database did not answer, or the outcome of a commit is unknown. Its text is for the operator's log only.</summary>
[GenerateSerializer, Alias("hub.ledger-unavailable")]
internal sealed class LedgerUnavailableException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Keeps a derived state up to date: it is given, in log order, each entry of the streams that it follows.</summary>
internal interface ILedgerFollower
{
    bool Follows(string stream);

    /// <summary>Whether it needs what the entries of a stream say; without it kind, topic and place are all that it is given.</summary>
    bool Opens(string stream) => true;

    void Apply(Entry entry);
}
