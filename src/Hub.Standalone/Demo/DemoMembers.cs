using System.Collections.Concurrent;
using Hub.Client;

namespace Hub.Standalone.Demo;

/// <summary>The administrations of the samples, each with a client, a key and tokens of its own.</summary>
internal sealed class DemoMembers : IDisposable
{
    private const int ParallelMax = 8;
    private readonly ConcurrentDictionary<string, HubClient> clients = new();

    /// <summary>The log's key as each member has pinned it.</summary>
    public required string LogKey { get; init; }

    public int Count => clients.Count;

    public HubClient this[string code] => clients[code];

    /// <summary>Registers all that have not joined yet, and connects as each.</summary>
    public async Task JoinAsync(Sandbox sandbox, IReadOnlyCollection<SampleAdministration> administrations, Action joined, CancellationToken cancellationToken)
    {
        var registered = await sandbox.RegisteredAsync(cancellationToken);
        await InParallelAsync(administrations, async administration =>
        {
            clients[administration.Code] = await sandbox.JoinAsync(administration, registered.Contains($"administrations/{administration.Code}"), cancellationToken);
            joined();
        }, cancellationToken);
    }

    /// <summary>Submits one draft for each; returns how many were recorded now, and how many had been before (--keep).</summary>
    public async Task<(int Recorded, int Already)> SubmitAsync(
        IReadOnlyCollection<(string Code, SubmissionDraft Draft)> drafts, Action done, CancellationToken cancellationToken)
    {
        int recorded = 0, already = 0;
        await InParallelAsync(drafts, async one =>
        {
            try
            {
                await clients[one.Code].Submissions.CreateAsync(one.Draft, cancellationToken);
                Interlocked.Increment(ref recorded);
            }
            catch (HubException e) when (e.Reason == ErrorReason.SubmissionExists)
            {
                Interlocked.Increment(ref already);
            }

            done();
        }, cancellationToken);
        return (recorded, already);
    }

    public static Task InParallelAsync<T>(IEnumerable<T> items, Func<T, Task> act, CancellationToken cancellationToken) => Parallel.ForEachAsync(
        items, new ParallelOptions { MaxDegreeOfParallelism = ParallelMax, CancellationToken = cancellationToken }, async (item, _) => await act(item));

    public void Dispose()
    {
        foreach (var client in clients.Values)
        {
            client.Dispose();
        }
    }
}
