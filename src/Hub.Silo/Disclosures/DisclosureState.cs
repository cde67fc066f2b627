using System.Collections.Immutable;
using Hub.Silo.Ledger;

namespace Hub.Silo.Disclosures;

/// <summary>All that was ever asked for and shown of one instrument: a pure fold of its stream. It is the memory of the audit.</summary>
internal sealed record DisclosureState : IStreamState<DisclosureState>
{
    public static readonly DisclosureState Empty = new();

    public long Version { get; init; }

    public ImmutableDictionary<string, AnsweredRequest> Requests { get; init; } = ImmutableDictionary<string, AnsweredRequest>.Empty;

    /// <summary>Oldest first.</summary>
    public ImmutableList<Computation> Computations { get; init; } = [];

    public IEnumerable<Computation> Unfinished => Computations.Where(c => !c.IsConcluded);

    /// <summary>Everything ever shown of a collection, proposals that never were published included; oldest first.</summary>
    public IEnumerable<Computation> ShownOf(string collection) => Of(collection).Where(c => c.Proposed is not null);

    /// <summary>The number of the next release of a collection.</summary>
    public int NextNumber(string collection) => Of(collection).Select(c => c.Release.Number).DefaultIfEmpty().Max() + 1;

    /// <summary>The first of the editions told of that an entry at this position counts in, or else the number after all of them.</summary>
    public int CountsFrom(string collection, long position, Func<ReleaseName, bool> isTold)
    {
        var told = Of(collection).Where(c => isTold(c.Release)).ToList();
        return told.FirstOrDefault(c => c.Fence > position)?.Release.Number ?? told.Select(c => c.Release.Number).DefaultIfEmpty().Max() + 1;
    }

    public Computation? Find(ReleaseName release) => Computations.FirstOrDefault(c => c.Release == release);

    public DisclosureState Apply(Entry entry)
    {
        var next = this with { Version = entry.Header.Version, Requests = Requests.With(entry) };
        return entry.Payload is { } payload && DisclosureEntries.Read(entry.Header.Kind, payload) is { } happened
            ? next.Apply(happened, entry)
            : next;
    }

    private DisclosureState Apply(DisclosureEvent happened, Entry entry)
    {
        var release = ReleaseName.Parse(happened.Release)!.Value;
        if (happened is ComputationRequested requested)
        {
            return this with { Computations = Computations.Add(new Computation(release, requested, entry.Position, entry.Header.Time)) };
        }

        return Find(release) is { } computation
            ? this with { Computations = Computations.Replace(computation, computation.Apply(happened, entry.Position)) }
            : this;
    }

    private IEnumerable<Computation> Of(string collection) => Computations.Where(c => c.Release.Collection == collection);
}

/// <summary>One release as it was asked for, and what came of it.</summary>
/// <param name="Fence">Position of the entry that asked for it.</param>
internal sealed record Computation(ReleaseName Release, ComputationRequested Request, long Fence, DateTimeOffset RequestedAt)
{
    public Proposed? Proposed { get; init; }

    public Refused? Refused { get; init; }

    /// <summary>Position of the entry that concluded it; 0 before.</summary>
    public long ConcludedAt { get; init; }

    public bool IsConcluded => Proposed is not null || Refused is not null;

    public Computation Apply(DisclosureEvent happened, long position) => this with
    {
        Proposed = Proposed ?? happened as Proposed,
        Refused = Refused ?? happened as Refused,
        ConcludedAt = position,
    };
}
