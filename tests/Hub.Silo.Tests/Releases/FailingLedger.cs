using Hub.Silo.Ledger;
using Hub.Transparency;

namespace Hub.Silo.Tests.Releases;

/// <summary>The real ledger, except that it appends nothing to the streams that a test names.</summary>
internal sealed class FailingLedger(ILedger inner) : ILedger
{
    public Func<string, bool> Fails { get; set; } = _ => false;

    public Task<AppendOutcome> AppendAsync(Append append, CancellationToken cancellationToken) => Fails(append.Stream)
        ? throw new LedgerUnavailableException("The test wants it so.")
        : inner.AppendAsync(append, cancellationToken);

    public Task<IReadOnlyList<Entry>> ReadStreamAsync(string stream, long afterVersion, int max, CancellationToken cancellationToken) =>
        inner.ReadStreamAsync(stream, afterVersion, max, cancellationToken);

    public Task<IReadOnlyList<Entry>> ReadTopicAsync(string topic, long afterPosition, int max, CancellationToken cancellationToken) =>
        inner.ReadTopicAsync(topic, afterPosition, max, cancellationToken);

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
