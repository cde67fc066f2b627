using Hub.Silo.Ledger;
using Hub.Transparency;

namespace Hub.SystemTests.Faults;

/// <summary>The real ledger, except that a test does something, or waits, before an append or before a topic is read.</summary>
internal sealed class WaitingLedger(ILedger inner) : ILedger
{
    public Action<Append> BeforeAppend { get; init; } = _ => { };

    public Func<string, CancellationToken, Task> BeforeTopicAsync { get; init; } = (_, _) => Task.CompletedTask;

    public Task<AppendOutcome> AppendAsync(Append append, CancellationToken cancellationToken)
    {
        BeforeAppend(append);
        return inner.AppendAsync(append, cancellationToken);
    }

    public async Task<IReadOnlyList<Entry>> ReadTopicAsync(string topic, long afterPosition, int max, CancellationToken cancellationToken)
    {
        await BeforeTopicAsync(topic, cancellationToken);
        return await inner.ReadTopicAsync(topic, afterPosition, max, cancellationToken);
    }

    public Task<IReadOnlyList<Entry>> ReadStreamAsync(string stream, long afterVersion, int max, CancellationToken cancellationToken) =>
        inner.ReadStreamAsync(stream, afterVersion, max, cancellationToken);

    public Task<IReadOnlyList<Entry>> ReadLogAsync(long afterPosition, int max, CancellationToken cancellationToken) =>
        inner.ReadLogAsync(afterPosition, max, cancellationToken);

    public Task<LedgerHead> ReadHeadAsync(CancellationToken cancellationToken) => inner.ReadHeadAsync(cancellationToken);

    public Task<string> ReadCheckpointAsync(CancellationToken cancellationToken) => inner.ReadCheckpointAsync(cancellationToken);

    public Task<Receipt?> ReadReceiptAsync(long position, CancellationToken cancellationToken) => inner.ReadReceiptAsync(position, cancellationToken);

    public Task<IReadOnlyList<byte[]>> ProveInclusionAsync(long position, long size, CancellationToken cancellationToken) =>
        inner.ProveInclusionAsync(position, size, cancellationToken);

    public Task<IReadOnlyList<byte[]>> ProveConsistencyAsync(long firstSize, long secondSize, CancellationToken cancellationToken) =>
        inner.ProveConsistencyAsync(firstSize, secondSize, cancellationToken);
}
