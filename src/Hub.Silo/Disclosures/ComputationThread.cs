using System.Collections.Concurrent;

namespace Hub.Silo.Disclosures;

/// <summary>The silo's one thread for long computations: the thread pool, which answers calls, is never occupied by them.</summary>
internal sealed class ComputationThread : IDisposable
{
    private readonly BlockingCollection<Action> waiting = [];
    private readonly Thread thread;

    public ComputationThread()
    {
        thread = new Thread(Work) { IsBackground = true, Name = "hub computations", Priority = ThreadPriority.BelowNormal };
        thread.Start();
    }

    public Task<T> RunAsync<T>(Func<T> compute)
    {
        var result = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Add(() =>
        {
            try
            {
                result.SetResult(compute());
            }
            catch (Exception e)
            {
                result.SetException(e);
            }
        });
        return result.Task;
    }

    public void Dispose()
    {
        waiting.CompleteAdding();
        thread.Join();
        waiting.Dispose();
    }

    private void Work()
    {
        foreach (var action in waiting.GetConsumingEnumerable())
        {
            action();
        }
    }
}
