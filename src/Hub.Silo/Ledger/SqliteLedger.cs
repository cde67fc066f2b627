using System.Collections.Concurrent;
using Hub.Transparency;
using Microsoft.Data.Sqlite;

namespace Hub.Silo.Ledger;

/// <summary>The ledger in one SQLite file: one writer thread with group commit, readers on connections of their own.</summary>
internal sealed class SqliteLedger : ILedger, IDisposable
{
    private readonly LedgerOptions options;
    private readonly KeyStore keys;
    private readonly ISigner signer;
    private readonly GroupCommit writer;
    private readonly ConcurrentQueue<SqliteSession> readers = [];
    private TileEdge? _edge;
    private bool _closed;

    public SqliteLedger(
        LedgerOptions options, KeyStore keys, ISigner signer, TimeProvider clock, CommitSignal committed, ILogger<SqliteLedger> logger)
    {
        (this.options, this.keys, this.signer) = (options, keys, signer);
        SqliteStart.Prepare(options, keys, signer);
        var batches = new BatchWriter(options, keys, signer, clock);
        batches.Recover();
        writer = new GroupCommit(batches, options.BatchMax, committed, logger);
    }

    public Task<AppendOutcome> AppendAsync(Append append, CancellationToken cancellationToken) =>
        writer.AppendAsync(PendingAppend.Of(append, options.Origin), cancellationToken);

    public Task<IReadOnlyList<Entry>> ReadStreamAsync(string stream, long afterVersion, int max, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.Stream(stream, afterVersion, Math.Min(max, Limits.PageMax)), cancellationToken);

    public Task<IReadOnlyList<Entry>> ReadTopicAsync(string topic, long afterPosition, int max, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.Topic(topic, afterPosition, Math.Min(max, Limits.PageMax)), cancellationToken);

    public Task<IReadOnlyList<Entry>> ReadLogAsync(long afterPosition, int max, CancellationToken cancellationToken) =>
        ReadAsync(reader => reader.Log(afterPosition, Math.Min(max, Limits.PageMax)), cancellationToken);

    public Task<LedgerHead> ReadHeadAsync(CancellationToken cancellationToken) =>
        ReadAsync(Head, cancellationToken);

    public Task<string> ReadCheckpointAsync(CancellationToken cancellationToken) =>
        ReadAsync(reader => Checkpoint(reader, minSize: 0).Note, cancellationToken);

    public Task<Receipt?> ReadReceiptAsync(long position, CancellationToken cancellationToken) =>
        ReadAsync(reader => Receipt(reader, position), cancellationToken);

    public Task<IReadOnlyList<byte[]>> ProveInclusionAsync(long position, long size, CancellationToken cancellationToken) =>
        ReadAsync(reader => Within(reader, size).Inclusion(position, size), cancellationToken);

    public Task<IReadOnlyList<byte[]>> ProveConsistencyAsync(long firstSize, long secondSize, CancellationToken cancellationToken) =>
        ReadAsync(reader => Within(reader, secondSize).Consistency(firstSize, secondSize), cancellationToken);

    /// <summary>A container that knows it by two names disposes of it twice.</summary>
    public void Dispose()
    {
        if (Interlocked.Exchange(ref _closed, true)) return;
        writer.Dispose();
        while (readers.TryDequeue(out var session)) session.Dispose();
    }

    private static LedgerHead Head(SqliteReader reader)
    {
        var head = reader.Head();
        return new LedgerHead(head.Size, head.Root);
    }

    private Receipt? Receipt(SqliteReader reader, long position)
    {
        if (reader.Disclosed(position) is not { } disclosed) return null;
        var checkpoint = Checkpoint(reader, minSize: position + 1);
        var proof = Proofs(reader).Inclusion(position, checkpoint.Size);
        return new Receipt(disclosed.Header, disclosed.Plain[..Leaf.SaltSize], disclosed.Plain[Leaf.SaltSize..], position, proof, checkpoint.Note);
    }

    // A silo may have died between its commit and its checkpoint: what is committed can be signed by any silo, with the same bytes.
    private (long Size, string Note) Checkpoint(SqliteReader reader, long minSize)
    {
        if (reader.Checkpoint() is { } kept && kept.Size >= minSize) return kept;
        var head = reader.Head();
        var note = SignedNote.Sign(new Checkpoint(options.Origin, head.Size, head.Root).ToText(), signer);
        reader.Keep(head.Size, note);
        return (head.Size, note);
    }

    private ProofBuilder Within(SqliteReader reader, long size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, reader.Head().Size);
        return Proofs(reader);
    }

    // An edge holds for its size for ever; only a new head needs another one.
    private ProofBuilder Proofs(SqliteReader reader)
    {
        var head = reader.Head();
        var edge = Volatile.Read(ref _edge);
        if (edge?.Size != head.Size) Volatile.Write(ref _edge, edge = reader.Edge(head));
        return new ProofBuilder(reader.Tiles(edge));
    }

    // SQLite has no asynchronous reading: a page of entries is read on the caller's thread, from the page cache in almost all cases.
    private Task<T> ReadAsync<T>(Func<SqliteReader, T> read, CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<T>(cancellationToken);
        try
        {
            return Task.FromResult(Read(read));
        }
        catch (SqliteException e)
        {
            return Task.FromException<T>(new LedgerUnavailableException("The database did not answer a read.", e));
        }
        catch (Exception e)
        {
            return Task.FromException<T>(e);
        }
    }

    private T Read<T>(Func<SqliteReader, T> read)
    {
        if (Volatile.Read(ref _closed)) throw new LedgerUnavailableException("The ledger is closed.");
        options.FaultAt(LedgerFault.OnRead);
        if (!readers.TryDequeue(out var session)) session = SqliteSession.Open(options.LedgerFile);
        try
        {
            return read(new SqliteReader(session, keys));
        }
        finally
        {
            if (readers.Count < Limits.ReadersKeptMax && !Volatile.Read(ref _closed)) readers.Enqueue(session);
            else session.Dispose();
        }
    }
}
