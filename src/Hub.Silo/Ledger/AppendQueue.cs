using System.Collections.Concurrent;

namespace Hub.Silo.Ledger;

/// <summary>The bounded line in front of the writer.</summary>
internal sealed class AppendQueue(int batchMax) : IDisposable
{
    private readonly BlockingCollection<PendingAppend> waiting = new(Limits.QueueLength);
    private long _bytes;

    /// <summary>Joins the line, or is turned away at once.</summary>
    public async Task<AppendOutcome> JoinAsync(PendingAppend append, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        if (!TryJoin(append)) throw new LedgerUnavailableException("The ledger's queue is full or closed.");
        await using var registration = cancellationToken.UnsafeRegister(
            static (pending, token) => ((PendingAppend)pending!).Cancel(token), append);
        return await append.Outcome;
    }

    /// <summary>Waits for work and takes all that is there, up to the limit of a batch; empty when the queue is closed and drained.</summary>
    public List<PendingAppend> Take()
    {
        var batch = new List<PendingAppend>();
        while (batch.Count == 0 && waiting.TryTake(out var first, Timeout.Infinite))
        {
            Add(batch, first);
            while (batch.Count < batchMax && waiting.TryTake(out var next)) Add(batch, next);
        }

        return batch;
    }

    /// <summary>Lets nobody in any more; who is in line is served.</summary>
    public void Close() => waiting.CompleteAdding();

    public void Dispose() => waiting.Dispose();

    private void Add(List<PendingAppend> batch, PendingAppend append)
    {
        Interlocked.Add(ref _bytes, -append.Bytes);
        if (append.TryTake()) batch.Add(append);
    }

    private bool TryJoin(PendingAppend append)
    {
        if (Interlocked.Add(ref _bytes, append.Bytes) <= Limits.QueueBytesMax && TryAdd(append)) return true;
        Interlocked.Add(ref _bytes, -append.Bytes);
        return false;
    }

    private bool TryAdd(PendingAppend append)
    {
        try
        {
            return waiting.TryAdd(append);
        }
        catch (InvalidOperationException)
        {
            // Closed.
            return false;
        }
    }
}
