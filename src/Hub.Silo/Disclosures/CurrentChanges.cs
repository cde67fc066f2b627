using System.Collections.Immutable;
using Hub.Silo.Administrations;
using Hub.Silo.Ledger;

namespace Hub.Silo.Disclosures;

/// <summary>
/// In which collections something was erased, corrected or withdrawn, where in the log last, and which erasures wait. It needs the
/// entries' kinds and topics alone, so their content stays closed.
/// </summary>
internal sealed class CurrentChanges : ILedgerFollower
{
    private static readonly string Prefix = Streams.Administration("");

    private volatile ImmutableDictionary<string, ImmutableList<Erasure>> erased = ImmutableDictionary<string, ImmutableList<Erasure>>.Empty;
    private volatile ImmutableDictionary<string, long> changed = ImmutableDictionary<string, long>.Empty;
    private volatile ImmutableDictionary<(string Administration, string Collection), PendingErasure> pending =
        ImmutableDictionary<(string, string), PendingErasure>.Empty;

    private volatile object version = new();

    /// <summary>Another object after each change.</summary>
    public object Version => version;

    /// <summary>Position of the last erasure in a collection; null for none.</summary>
    public long? LastErasureOf(string collection) => ErasuresOf(collection) is [.., var last] ? last.Position : null;

    /// <summary>All erasures in a collection, in log order.</summary>
    public IReadOnlyList<Erasure> ErasuresOf(string collection) => erased.GetValueOrDefault(collection, []);

    /// <summary>Position of the last correction or withdrawal in a collection; null for none.</summary>
    public long? LastChangeOf(string collection) => changed.TryGetValue(collection, out var position) ? position : null;

    /// <summary>Erasures that wait for an operator, the oldest first.</summary>
    public IReadOnlyList<PendingErasure> Pending => [.. pending.Values.OrderBy(p => p.Position)];

    public bool Follows(string stream) => stream.StartsWith(Prefix, StringComparison.Ordinal);

    public bool Opens(string stream) => false;

    public void Apply(Entry entry)
    {
        var administration = entry.Header.Stream[Prefix.Length..];
        switch (entry.Header.Kind)
        {
            case SubmissionEntries.ErasureRequestedKind:
                pending = pending.SetItem((administration, entry.Topic), new PendingErasure(administration, entry.Topic, entry.Position, entry.Header.Time));
                return;
            case SubmissionEntries.ErasedKind:
                erased = erased.SetItem(entry.Topic, erased.GetValueOrDefault(entry.Topic, []).Add(new Erasure(entry.Position, entry.Header.Time)));
                pending = pending.Remove((administration, entry.Topic));
                break;
            case SubmissionEntries.CorrectedKind or SubmissionEntries.WithdrawnKind:
                changed = changed.SetItem(entry.Topic, entry.Position);
                break;
            default:
                return;
        }

        version = new object();
    }
}

/// <summary>That content was erased: where in the log, and when.</summary>
internal readonly record struct Erasure(long Position, DateTimeOffset Time);

/// <summary>An erasure that its owner asked for and an operator has to confirm.</summary>
/// <param name="Administration">Code of its owner.</param>
internal sealed record PendingErasure(string Administration, string Collection, long Position, DateTimeOffset RequestedAt);
