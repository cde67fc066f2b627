using System.Collections.Immutable;
using Hub.Silo.Disclosures;

namespace Hub.Silo.Releases;

/// <summary>A release as members and partners may see it, those taken back after their opening included.</summary>
internal sealed record OpenRelease(ReleaseName Name, ReleaseContent Content)
{
    /// <summary>Published, superseded or withdrawn.</summary>
    public required ReleaseStatus Status { get; init; }

    public required DateTimeOffset PublishTime { get; init; }

    /// <summary>Position of the entry that set its publish time.</summary>
    public required long ScheduledAt { get; init; }

    /// <summary>Position of the ledger before which everything is in it, and nothing after.</summary>
    public required long Fence { get; init; }

    /// <summary>Name and version, for example lpi@1.</summary>
    public required string Plan { get; init; }

    /// <summary>Name and version, for example standard@1.</summary>
    public required string Policy { get; init; }

    public ReleaseName? SupersededBy { get; init; }

    public Withdrawal? Withdrawal { get; init; }

    /// <summary>Whether contributions were corrected or withdrawn since.</summary>
    public bool IsChangedSince { get; init; }

    /// <summary>Whether the content of a contribution was erased since.</summary>
    public bool IsErasedSince { get; init; }
}

/// <summary>All releases that are open at a time: a pure function of what is recorded and that time.</summary>
internal sealed class OpenShelf
{
    public static readonly OpenShelf Empty = new();

    private ImmutableDictionary<ReleaseName, ReleaseState>? source;
    private object? changesVersion;
    private ImmutableDictionary<ReleaseName, OpenRelease> byName = ImmutableDictionary<ReleaseName, OpenRelease>.Empty;

    /// <summary>By collection and edition.</summary>
    public IReadOnlyList<OpenRelease> Releases { get; private init; } = [];

    /// <summary>When the next scheduled release is due; null for none.</summary>
    public DateTimeOffset? NextOpening { get; private init; }

    public static OpenShelf Of(ImmutableDictionary<ReleaseName, ReleaseState> all, CurrentChanges changes, DateTimeOffset horizon)
    {
        var version = changes.Version;
        var open = all.Values.Where(r => r.Content is not null && r.WasOpenAt(horizon) && !IsStopped(r, changes))
            .OrderBy(r => r.Name.Instrument, StringComparer.Ordinal).ThenBy(r => r.Name.Period, StringComparer.Ordinal).ThenBy(r => r.Name.Number).ToList();
        var releases = open.GroupBy(r => r.Name.Collection).SelectMany(collection => Open([.. collection], changes)).ToList();
        return new OpenShelf
        {
            source = all,
            changesVersion = version,
            byName = releases.ToImmutableDictionary(r => r.Name),
            Releases = releases,
            NextOpening = all.Values.Where(r => r.Withdrawal is null && r.PublishTime > horizon).Min(r => r.PublishTime),
        };
    }

    /// <summary>
    /// Whether content that is counted in a release was erased before its time had come: then it never opens. By the ledger's times, so all
    /// silos say the same; what was open before stays.
    /// </summary>
    public static bool IsStopped(ReleaseState release, CurrentChanges changes) =>
        changes.ErasuresOf(release.Name.Collection).Any(e => e.Position > release.Computation!.Fence && e.Time < release.PublishTime);

    public bool IsOf(ImmutableDictionary<ReleaseName, ReleaseState> all, object changes, DateTimeOffset horizon) =>
        ReferenceEquals(source, all) && ReferenceEquals(changesVersion, changes) && !(NextOpening <= horizon);

    public OpenRelease? Find(ReleaseName name) => byName.GetValueOrDefault(name);

    public OpenRelease? Latest(string collection) =>
        Releases.LastOrDefault(r => r.Name.Collection == collection && r.Status != ReleaseStatus.Withdrawn);

    // The editions of one collection, by number: each is superseded by the last that was not taken back.
    private static IEnumerable<OpenRelease> Open(IReadOnlyList<ReleaseState> editions, CurrentChanges changes)
    {
        var last = editions.LastOrDefault(e => e.Withdrawal is null)?.Name;
        return editions.Select(edition =>
        {
            var computation = edition.Computation!;
            var isSuperseded = edition.Withdrawal is null && last is { } later && later != edition.Name;
            return new OpenRelease(edition.Name, edition.Content!)
            {
                Status = edition.Withdrawal is not null ? ReleaseStatus.Withdrawn : isSuperseded ? ReleaseStatus.Superseded : ReleaseStatus.Published,
                PublishTime = edition.PublishTime!.Value,
                ScheduledAt = edition.ScheduledAt,
                Fence = computation.Fence,
                Plan = computation.Request.Plan,
                Policy = computation.Request.Policy,
                SupersededBy = isSuperseded ? last : null,
                Withdrawal = edition.Withdrawal,
                IsChangedSince = changes.LastChangeOf(edition.Name.Collection) > computation.Fence,
                IsErasedSince = changes.LastErasureOf(edition.Name.Collection) > computation.Fence,
            };
        });
    }
}
