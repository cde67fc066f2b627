using Hub.Silo.Ledger;

namespace Hub.Silo.Tests.Ledger;

/// <summary>Holds the writer before its commit until the test opens it: what comes meanwhile waits in the queue.</summary>
internal sealed class WriterGate : IDisposable
{
    private readonly ManualResetEventSlim open = new();
    private readonly TaskCompletionSource reached = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Reached => reached.Task;

    public void Pass(LedgerFault point)
    {
        if (point != LedgerFault.BeforeCommit) return;
        reached.TrySetResult();
        open.Wait();
    }

    public void Open() => open.Set();

    public void Dispose()
    {
        // A failed test must not leave the writer standing.
        open.Set();
        open.Dispose();
    }
}
