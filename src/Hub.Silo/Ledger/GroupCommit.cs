namespace Hub.Silo.Ledger;

/// <summary>
/// The one writer of a silo: takes whatever waits and commits it in one transaction. A caller is answered only when the outcome of
/// its commit is known, and told that it is not known otherwise.
/// </summary>
internal sealed partial class GroupCommit : IDisposable
{
    private readonly AppendQueue queue;
    private readonly BatchWriter writer;
    private readonly CommitSignal committed;
    private readonly ILogger logger;
    private readonly Thread thread;

    public GroupCommit(BatchWriter writer, int batchMax, CommitSignal committed, ILogger logger)
    {
        (this.writer, this.committed, this.logger) = (writer, committed, logger);
        queue = new AppendQueue(batchMax);
        // A thread of its own: it waits for the disk most of the time, which would hold a thread of the pool.
        thread = new Thread(Run) { Name = "ledger writer", IsBackground = true };
        thread.Start();
    }

    public Task<AppendOutcome> AppendAsync(PendingAppend append, CancellationToken cancellationToken) =>
        queue.JoinAsync(append, cancellationToken);

    /// <summary>Serves who is in line, then stops.</summary>
    public void Dispose()
    {
        queue.Close();
        thread.Join();
        queue.Dispose();
        writer.Dispose();
    }

    private void Run()
    {
        while (queue.Take() is { Count: > 0 } batch)
        {
            try
            {
                writer.Commit(batch);
                committed.Raise();
            }
            catch (Exception reason)
            {
                // Whatever happened, nobody is left waiting; who has an answer already keeps it.
                var unavailable = reason as LedgerUnavailableException ?? new LedgerUnavailableException("The batch was not committed.", reason);
                foreach (var pending in batch) pending.Fail(unavailable);
                LogFailed(logger, reason, batch.Count);
            }
        }
    }

    [LoggerMessage(LogLevel.Error, "A batch of {Count} appends failed.")]
    private static partial void LogFailed(ILogger logger, Exception reason, int count);
}
