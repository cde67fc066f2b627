namespace Hub.Silo.Ledger;

/// <summary>Compares payloads and data keys with the erasures.</summary>
internal sealed class ErasureWalk
{
    private readonly SqliteSession session;
    private readonly KeyStore keys;
    private readonly List<LedgerFlaw> flaws;
    private readonly ILookup<(string, string), Erasure> erasures;

    public ErasureWalk(SqliteSession session, KeyStore keys, List<LedgerFlaw> flaws)
    {
        (this.session, this.keys, this.flaws) = (session, keys, flaws);
        erasures = session.Prepare("SELECT position, stream, topic, generation FROM erasure ORDER BY position")
            .List(row => new Erasure(row.Integer(0), row.Text(1), row.Text(2), row.Integer(3)))
            .ToLookup(erasure => (erasure.Stream, erasure.Topic));
    }

    public bool IsErased(StoredEntry row) => erasures[(row.Stream, row.Topic)].Any(erasure => erasure.Position > row.Position);

    /// <summary>Erasures of (stream, topic) up to the entry.</summary>
    public long GenerationAt(StoredEntry row) => erasures[(row.Stream, row.Topic)].Count(erasure => erasure.Position <= row.Position);

    public void Finish()
    {
        foreach (var ofTopic in erasures)
        {
            var generation = 0;
            foreach (var erasure in ofTopic) Check(erasure, ++generation);
        }

        var orphans = session.Prepare("SELECT position FROM payload WHERE position NOT IN (SELECT position FROM entry)").List(row => row.Integer(0));
        foreach (var position in orphans) flaws.Add(new LedgerFlaw(position, "there is a payload, but no entry"));
    }

    private void Check(Erasure erasure, long generation)
    {
        if (erasure.Generation != generation) flaws.Add(new LedgerFlaw(erasure.Position, "the erasure is out of order"));
        if (session.Prepare("SELECT count(*) FROM entry WHERE position = ?1 AND stream = ?2 AND topic = ?3")
            .Bind(1, erasure.Position).Bind(2, erasure.Stream).Bind(3, erasure.Topic).First(row => row.Integer(0)) == 0)
            flaws.Add(new LedgerFlaw(erasure.Position, "there is an erasure, but no entry of its stream and topic"));
        if (keys.Find(new DataKeyName(erasure.Stream, erasure.Topic, generation - 1)) is not null)
            flaws.Add(new LedgerFlaw(erasure.Position, "the data key of what was erased still exists: the next start destroys it"));
    }
}
