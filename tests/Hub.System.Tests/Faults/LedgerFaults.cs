using Hub.Silo.Ledger;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.SystemTests.Faults;

/// <summary>Lets the real ledger fail once at one of its stated points.</summary>
internal sealed class LedgerFaults
{
    private readonly Lock one = new();
    private LedgerFault? next;
    private bool isOutcomeUnknown;
    private int writer;

    /// <summary>Whether the fault that was asked for has happened.</summary>
    public bool IsSpent
    {
        get
        {
            lock (one) return next is null;
        }
    }

    /// <summary>The next batch fails at this point; with an unknown outcome also the writer's search for what became of it.</summary>
    public void FailNext(LedgerFault point, bool outcomeUnknown = false)
    {
        lock (one) (next, isOutcomeUnknown, writer) = (point, outcomeUnknown, 0);
    }

    public void Clear()
    {
        lock (one) (next, writer) = (null, 0);
    }

    /// <summary>Batches wait before their commit until the gate is opened.</summary>
    public ManualResetEventSlim Gate { get; } = new(initialState: true);

    public void AddTo(IServiceCollection services)
    {
        var options = (LedgerOptions)services.Last(s => s.ServiceType == typeof(LedgerOptions)).ImplementationInstance!;
        services.AddSingleton(new LedgerOptions { DataFolder = options.DataFolder, KeysFolder = options.KeysFolder, Origin = options.Origin, FaultAt = At });
    }

    private void At(LedgerFault point)
    {
        if (point == LedgerFault.BeforeCommit) Gate.Wait();
        lock (one)
        {
            // Only the writer's own read is about the batch; the tail reads whenever it likes.
            var fails = point == next || (point == LedgerFault.OnRead && writer == Environment.CurrentManagedThreadId);
            if (!fails) return;
            writer = point == next && isOutcomeUnknown ? Environment.CurrentManagedThreadId : 0;
            next = null;
        }

        throw new IOException($"The test lets the ledger fail: {point}.");
    }
}
