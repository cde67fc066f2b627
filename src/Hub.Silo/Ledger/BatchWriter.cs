using Hub.Transparency;
using Microsoft.Data.Sqlite;
using Polly;
using Polly.Retry;
using SQLitePCL;

namespace Hub.Silo.Ledger;

/// <summary>Brings one batch into the ledger: judge, keys, tree, transaction, checkpoint, receipts, answers. For the writer's thread.</summary>
internal sealed class BatchWriter(LedgerOptions options, KeyStore keys, ISigner signer, TimeProvider clock) : IBatchGround, IDisposable
{
    private static readonly ResiliencePipeline Patience = new ResiliencePipelineBuilder().AddRetry(new RetryStrategyOptions
    {
        ShouldHandle = new PredicateBuilder().Handle<SqliteException>(e => e.SqliteErrorCode is raw.SQLITE_BUSY or raw.SQLITE_LOCKED),
        MaxRetryAttempts = Limits.CommitAttemptsMax - 1,
        Delay = Limits.CommitRetryDelay,
    }).Build();

    private readonly Dictionary<string, long> heads = [];
    private readonly Dictionary<(string, string), long> generations = [];
    private long _lastErasure = -1;
    private TileEdge _edge = TileEdge.Empty;
    private SqliteWriter? _database;

    private SqliteWriter Database => _database ??= new SqliteWriter(options.LedgerFile);

    /// <summary>Finishes what a crash left undone: keys of erased payloads, the checkpoint of the last commit.</summary>
    public void Recover()
    {
        var head = Database.Begin();
        Follow(head);
        Database.Rollback();
        Sign(head.Size, head.Root);
    }

    /// <summary>Commits what can be committed of the batch and answers all of it; throws if the outcome is not known.</summary>
    public void Commit(IReadOnlyList<PendingAppend> batch)
    {
        var (draft, growth) = Patience.Execute(() => Transact(batch));
        if (growth is null) return;
        Adopt(draft, growth);
        Answer(draft, growth);
    }

    public long VersionOf(string stream)
    {
        if (heads.TryGetValue(stream, out var version)) return version;
        if (heads.Count >= Limits.StreamHeadsCachedMax) heads.Clear();
        return heads[stream] = Database.VersionOf(stream);
    }

    public long? PositionOf(byte[] idempotencyKey) => Database.PositionOf(idempotencyKey);

    public long GenerationOf(string stream, string topic) => generations.GetValueOrDefault((stream, topic));

    public void Dispose() => _database?.Dispose();

    private (BatchDraft Draft, TileGrowth? Growth) Transact(IReadOnlyList<PendingAppend> batch)
    {
        try
        {
            var draft = Judge(batch);
            // These answers do not hang on the commit: the losers of a race do not share the fate of the others.
            foreach (var (pending, outcome) in draft.Settled) pending.Answer(outcome);
            var growth = draft.Accepted.Count > 0 ? Write(draft) : null;
            if (growth is null) Database.Rollback();
            else Confirm(draft);
            return (draft, growth);
        }
        catch
        {
            Reopen();
            throw;
        }
    }

    private BatchDraft Judge(IReadOnlyList<PendingAppend> batch)
    {
        var head = Database.Begin();
        Follow(head);
        var now = clock.GetUtcNow();
        var draft = new BatchDraft(options.Origin, head.Size, now > head.Time ? now : head.Time, this);
        foreach (var pending in batch)
            if (!pending.Outcome.IsCompleted) draft.Judge(pending);
        return draft;
    }

    private TileGrowth Write(BatchDraft draft)
    {
        var names = draft.Entries.Select(entry => entry.Key).ToHashSet();
        keys.Ensure(names);
        var growth = _edge.Append([.. draft.Entries.Select(entry => entry.LeafHash)]);
        Database.Write(draft, growth, name => keys.Find(name) ?? throw new LedgerUnavailableException("A data key was lost while it was needed."));
        return growth;
    }

    // From the moment COMMIT is sent an error says nothing: only the ledger itself knows, so it is asked.
    private void Confirm(BatchDraft draft)
    {
        try
        {
            options.FaultAt(LedgerFault.BeforeCommit);
            Database.Commit();
            options.FaultAt(LedgerFault.AfterCommitBeforeReply);
        }
        catch (Exception reason)
        {
            if (!Happened(draft, reason)) throw;
        }
    }

    private bool Happened(BatchDraft draft, Exception reason)
    {
        try
        {
            Reopen();
            options.FaultAt(LedgerFault.OnRead);
            return Database.HasBatch(draft.First, draft.Id);
        }
        catch (Exception)
        {
            throw new LedgerUnavailableException("The outcome of a commit could not be learnt.", reason);
        }
    }

    // What is remembered between batches holds only for the head that it was read at.
    private void Follow(HeadRow head)
    {
        foreach (var erasure in Database.ErasuresAfter(_lastErasure)) Forget(erasure);
        if (head.Size == _edge.Size && head.Root.AsSpan().SequenceEqual(_edge.ToFrontier().Root())) return;
        heads.Clear();
        _edge = Database.LoadEdge(head);
    }

    private void Forget(Erasure erasure)
    {
        keys.Destroy(erasure.Stream, erasure.Topic, erasure.Generation);
        generations[(erasure.Stream, erasure.Topic)] = erasure.Generation;
        _lastErasure = erasure.Position;
    }

    private void Adopt(BatchDraft draft, TileGrowth growth)
    {
        _edge = growth.Edge;
        foreach (var (stream, version) in draft.Versions) heads[stream] = version;
        foreach (var append in draft.Accepted)
            if (append.Erasure is { } erasure) Forget(erasure);
    }

    private void Answer(BatchDraft draft, TileGrowth growth)
    {
        var note = Sign(growth.Edge.Size, growth.Edge.ToFrontier().Root());
        var proofs = new ProofBuilder(growth);
        foreach (var append in draft.Accepted)
            append.Pending.Answer(new AppendOutcome.Committed(
                [.. append.Entries.Select(entry => Committed(entry, proofs.Inclusion(entry.Position, growth.Edge.Size), note))]));
        foreach (var (pending, outcome) in draft.Dependent) pending.Answer(outcome);
    }

    private static CommittedEntry Committed(DraftEntry entry, IReadOnlyList<byte[]> proof, string note) =>
        new(entry.Position, entry.Header.Version, entry.Header.Time, new Receipt(
            entry.HeaderBytes, entry.Source.Plain[..Leaf.SaltSize], entry.Source.Plain[Leaf.SaltSize..], entry.Position, proof, note));

    private string Sign(long size, byte[] root)
    {
        var note = SignedNote.Sign(new Checkpoint(options.Origin, size, root).ToText(), signer);
        Database.Keep(size, note);
        return note;
    }

    private void Reopen()
    {
        _database?.Dispose();
        _database = null;
        _edge = TileEdge.Empty;
        heads.Clear();
    }
}
