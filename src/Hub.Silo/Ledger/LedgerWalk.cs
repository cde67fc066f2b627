using System.Security.Cryptography;
using Hub.Transparency;

namespace Hub.Silo.Ledger;

/// <summary>One run of the verifier: entry after entry, then what stands over all of them.</summary>
internal sealed class LedgerWalk(SqliteSession session, string origin, KeyStore keys, NoteVerifier log)
{
    private readonly List<LedgerFlaw> flaws = [];
    private readonly Dictionary<string, long> versions = [];
    private DateTimeOffset _time = DateTimeOffset.MinValue;
    private long _next;

    public LedgerVerification Run(CancellationToken cancellationToken)
    {
        var head = SqliteTree.ReadHead(session);
        var erasures = new ErasureWalk(session, keys, flaws);
        var tree = new TreeWalk(session, flaws, ReadCheckpoint(head.Size));
        long entries = 0, erased = 0;
        foreach (var row in StoredEntry.ReadAll(session))
        {
            cancellationToken.ThrowIfCancellationRequested();
            SkipTo(row.Position, tree);
            CheckHeader(row);
            CheckPayload(row, erasures);
            tree.Append(row.LeafHash);
            (_next, entries, erased) = (row.Position + 1, entries + 1, erased + (row.Payload is null ? 1 : 0));
        }

        SkipTo(head.Size, tree);
        if (_next > head.Size) Add(head.Size, "the entry lies beyond the head");
        tree.Finish(head);
        erasures.Finish();
        return new LedgerVerification(entries, erased, flaws);
    }

    private void SkipTo(long position, TreeWalk tree)
    {
        for (; _next < position; _next++)
        {
            Add(_next, "the entry is missing");
            tree.AppendMissing();
        }
    }

    private void CheckHeader(StoredEntry row)
    {
        if (!Leaf.Hash(row.Header, row.PayloadHash).AsSpan().SequenceEqual(row.LeafHash))
            Add(row.Position, "the leaf is not the hash of header and payload hash");
        if (row.TryParseHeader() is not { } header)
        {
            Add(row.Position, "the header cannot be read");
            return;
        }

        if (header.Origin != origin) Add(row.Position, "the header names another log");
        if (header.Stream != row.Stream || header.Version != row.Version) Add(row.Position, "stream or version differ from the header");
        if (header.Version != versions.GetValueOrDefault(header.Stream) + 1) Add(row.Position, "the version does not follow the one before it in its stream");
        if (header.Time < _time) Add(row.Position, "the time lies before that of the entry before it");
        (versions[header.Stream], _time) = (header.Version, header.Time);
    }

    private void CheckPayload(StoredEntry row, ErasureWalk erasures)
    {
        var isErased = erasures.IsErased(row);
        if (row.Payload is null)
        {
            if (!isErased) Add(row.Position, "the payload is missing, and no erasure explains it");
            return;
        }

        if (isErased) Add(row.Position, "the payload is still there, though an erasure says that it is gone");
        else if (row.Payload.Generation != erasures.GenerationAt(row)) Add(row.Position, "the payload is under a data key of another generation");
        else CheckSealed(row);
    }

    private void CheckSealed(StoredEntry row)
    {
        if (keys.Find(new DataKeyName(row.Stream, row.Topic, row.Payload!.Generation)) is not { } key)
        {
            Add(row.Position, "the data key of the payload is missing");
            return;
        }

        try
        {
            var plain = SealedPayload.Open(key, row.ToRow());
            if (!Leaf.PayloadHash(plain.AsSpan(0, Leaf.SaltSize), plain.AsSpan(Leaf.SaltSize)).AsSpan().SequenceEqual(row.PayloadHash))
                Add(row.Position, "the payload is not that of its hash");
        }
        catch (CryptographicException)
        {
            Add(row.Position, "the payload does not open at this place: a byte of it, or of what it is bound to, was changed");
        }
    }

    // None is no flaw: a crash between a commit and its signature leaves an older one, or none, and the next start signs again.
    private Checkpoint? ReadCheckpoint(long size)
    {
        if (session.Prepare("SELECT note, size FROM checkpoint").First(row => ((string, long)?)(row.Text(0), row.Integer(1))) is not var (note, kept))
            return null;
        if (!SignedNote.TryOpen(note, log, out var text))
        {
            Add(null, "the checkpoint has no valid signature of the log key");
            return null;
        }

        var checkpoint = Checkpoint.Parse(text);
        if (checkpoint.Origin != origin) Add(null, "the checkpoint names another log");
        if (checkpoint.Size != kept) Add(null, "the checkpoint is kept under another size than its own");
        if (checkpoint.Size > size) Add(null, "the checkpoint is larger than the tree: entries at the end are lost");
        return checkpoint;
    }

    private void Add(long? position, string text) => flaws.Add(new LedgerFlaw(position, text));
}
