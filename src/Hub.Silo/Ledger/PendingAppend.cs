using System.Security.Cryptography;
using Hub.Transparency;

namespace Hub.Silo.Ledger;

/// <summary>An event with all that can be made of it before its place in the log is known.</summary>
internal sealed record PendingEvent(Event Event, byte[] Plain, byte[] PayloadHash)
{
    public static PendingEvent Of(Event e)
    {
        var plain = new byte[Leaf.SaltSize + e.Payload.Length];
        RandomNumberGenerator.Fill(plain.AsSpan(0, Leaf.SaltSize));
        e.Payload.Span.CopyTo(plain.AsSpan(Leaf.SaltSize));
        return new PendingEvent(e, plain, Leaf.PayloadHash(plain.AsSpan(0, Leaf.SaltSize), e.Payload.Span));
    }
}

/// <summary>An append that waits for the writer. It can be cancelled until the writer takes it, and not afterwards.</summary>
internal sealed class PendingAppend
{
    private const int Waiting = 0;
    private const int Taken = 1;
    private const int Cancelled = 2;

    // The writer's thread must not run on in its callers' code.
    private readonly TaskCompletionSource<AppendOutcome> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _state = Waiting;

    private PendingAppend(Append append, IReadOnlyList<PendingEvent> events) =>
        (Append, Events, Bytes) = (append, events, events.Sum(e => (long)e.Plain.Length));

    public Append Append { get; }

    public IReadOnlyList<PendingEvent> Events { get; }

    /// <summary>What it holds in memory while it waits.</summary>
    public long Bytes { get; }

    public Task<AppendOutcome> Outcome => answer.Task;

    /// <summary>Hashes on the caller's thread, and refuses what could never be written: it would fail a whole batch.</summary>
    public static PendingAppend Of(Append append, string origin)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(append.ExpectedVersion);
        if (append.Events.Count is 0 or > Limits.EventsPerAppendMax)
            throw new ArgumentException($"An append has 1 to {Limits.EventsPerAppendMax} events.", nameof(append));
        if (append.EraseTopic is "") throw new ArgumentException("Only a named topic can be erased.", nameof(append));
        if (append.Idempotency is { } key && (key.Key.Length != Leaf.HashSize || key.Fingerprint.Length != Leaf.HashSize))
            throw new ArgumentException("Idempotency key and fingerprint have 32 bytes each.", nameof(append));
        foreach (var e in append.Events) Check(append.Stream, e, origin);
        return new PendingAppend(append, [.. append.Events.Select(PendingEvent.Of)]);
    }

    public bool TryTake() => Interlocked.CompareExchange(ref _state, Taken, Waiting) == Waiting;

    public void Cancel(CancellationToken cancellationToken)
    {
        if (Interlocked.CompareExchange(ref _state, Cancelled, Waiting) == Waiting) answer.TrySetCanceled(cancellationToken);
    }

    public void Answer(AppendOutcome outcome) => answer.TrySetResult(outcome);

    public void Fail(Exception reason) => answer.TrySetException(reason);

    private static void Check(string stream, Event e, string origin)
    {
        if (e.Payload.Length > Limits.PayloadBytesMax)
            throw new ArgumentException($"A payload has at most {Limits.PayloadBytesMax} bytes.", nameof(e));
        ArgumentNullException.ThrowIfNull(e.Topic);
        _ = new EntryHeader(origin, stream, 1, e.Kind, e.Schema, DateTimeOffset.UnixEpoch).ToBytes();
    }
}
