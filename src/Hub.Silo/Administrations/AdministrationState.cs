using System.Collections.Immutable;
using Hub.Silo.Ledger;

namespace Hub.Silo.Administrations;

/// <summary>What an administration's stream says so far: a pure fold of its entries.</summary>
internal sealed record AdministrationState : IStreamState<AdministrationState>
{
    public static readonly AdministrationState Empty = new();

    public long Version { get; init; }

    /// <summary>Submissions by id, each with all its versions.</summary>
    public ImmutableDictionary<Guid, SubmissionState> Submissions { get; init; } = ImmutableDictionary<Guid, SubmissionState>.Empty;

    public ImmutableDictionary<string, AnsweredRequest> Requests { get; init; } = ImmutableDictionary<string, AnsweredRequest>.Empty;

    // Two ways to a submission beside its id: from its collection, and from the version of the stream that an act on it made.
    private ImmutableDictionary<string, ImmutableList<Guid>> Collections { get; init; } = ImmutableDictionary<string, ImmutableList<Guid>>.Empty;

    private ImmutableDictionary<long, Guid> Acts { get; init; } = ImmutableDictionary<long, Guid>.Empty;

    /// <summary>The submissions of a collection.</summary>
    public IEnumerable<SubmissionState> In(string collection) => Collections.GetValueOrDefault(collection, []).Select(id => Submissions[id]);

    /// <summary>The live submission of a collection, if there is one.</summary>
    public SubmissionState? LiveIn(string collection) => In(collection).FirstOrDefault(s => s.Status == SubmissionStatus.Live);

    /// <summary>The submission by which the erasure of a collection was asked for; null for none.</summary>
    public SubmissionState? ErasureRequestedIn(string collection) => In(collection).FirstOrDefault(s => s.IsErasureRequested);

    /// <summary>What an act made of its submission, by the version of the stream; null if its content is gone, or it was none.</summary>
    public SubmissionState? AsOf(long version) =>
        Acts.TryGetValue(version, out var id) && Submissions.TryGetValue(id, out var submission) ? submission.AsOf(version) : null;

    /// <summary>An erased payload leaves its version and its key used, and nothing else.</summary>
    public AdministrationState Apply(Entry entry)
    {
        var next = this with { Version = entry.Header.Version, Requests = Requests.With(entry) };
        return entry.Payload is { } payload && SubmissionEntries.Read(entry.Header.Kind, payload) is { } happened
            ? next.Apply(happened, entry) with { Acts = Acts.SetItem(entry.Header.Version, happened.Submission) }
            : next;
    }

    private AdministrationState Apply(SubmissionEvent happened, Entry entry)
    {
        SubmissionVersion Left(SubmissionStatus status, IReadOnlyList<SubmittedValue> values, string reason) =>
            new(entry.Header.Version, entry.Position, entry.Header.Time, status, values, reason);
        return happened switch
        {
            Submitted e => With(new SubmissionState(e.Submission, e.Collection, [Left(SubmissionStatus.Live, e.Values, "")])),
            Corrected e => With(e.Submission, Left(SubmissionStatus.Live, e.Values, e.Reason)),
            Withdrawn e when Submissions.TryGetValue(e.Submission, out var s) => With(e.Submission, Left(SubmissionStatus.Withdrawn, s.Latest.Values, e.Reason)),
            ErasureRequested e when Submissions.TryGetValue(e.Submission, out var s) => With(e.Submission, Left(s.Status, s.Latest.Values, e.Reason) with { IsErasureRequest = true }),
            Erased e => Erase(e, Left(SubmissionStatus.Erased, [], e.Reason)),
            _ => this,
        };
    }

    // Folded live or read again after the payloads are gone, the result is the same: what was erased leaves no content behind.
    private AdministrationState Erase(Erased erased, SubmissionVersion version) => erased.Submissions.Aggregate(
        this with
        {
            Requests = Requests.SetItems(Requests.Where(r => erased.Versions.Contains(r.Value.Version)).Select(r =>
                KeyValuePair.Create(r.Key, r.Value with { Fingerprint = [] }))),
        },
        (state, gone) => state.With(new SubmissionState(gone.Submission, erased.Collection, [version]) { ErasedActs = gone.Acts }));

    private AdministrationState With(SubmissionState submission) => this with
    {
        Submissions = Submissions.SetItem(submission.Id, submission),
        Collections = Submissions.ContainsKey(submission.Id)
            ? Collections
            : Collections.SetItem(submission.Collection, Collections.GetValueOrDefault(submission.Collection, []).Add(submission.Id)),
    };

    // After an erasure the versions before it are gone from a stream that is read again, so a later act finds no submission.
    private AdministrationState With(Guid id, SubmissionVersion version) =>
        Submissions.TryGetValue(id, out var submission) ? With(submission with { Versions = submission.Versions.Add(version) }) : this;
}

/// <summary>One submission with all its versions, oldest first.</summary>
internal sealed record SubmissionState(Guid Id, string Collection, ImmutableList<SubmissionVersion> Versions)
{
    /// <summary>Acts before its erasure, of which nothing but their number is left; 0 without one.</summary>
    public int ErasedActs { get; init; }

    public SubmissionVersion Latest => Versions[^1];

    /// <summary>The latest act that changed what counts; a request for erasure changes nothing yet.</summary>
    public SubmissionVersion LatestChange => Versions.FindLast(v => !v.IsErasureRequest)!;

    /// <summary>Number of acts so far.</summary>
    public int Version => ErasedActs + Versions.Count;

    public SubmissionStatus Status => Latest.Status;

    public bool IsErasureRequested => Versions.Exists(v => v.IsErasureRequest);

    /// <summary>Changes with each version.</summary>
    public string Etag => $"\"{Id:N}-{Version}\"";

    /// <summary>The submission as it was after the entry with this version of the stream; null if that is not one of its own.</summary>
    public SubmissionState? AsOf(long streamVersion)
    {
        var index = Versions.FindIndex(v => v.StreamVersion == streamVersion);
        return index < 0 ? null : this with { Versions = Versions.GetRange(0, index + 1) };
    }
}

/// <summary>What one act left behind.</summary>
internal sealed record SubmissionVersion(
    long StreamVersion, long Position, DateTimeOffset Time, SubmissionStatus Status, IReadOnlyList<SubmittedValue> Values, string Reason)
{
    /// <summary>Values and status are those before; the owner has asked for their erasure.</summary>
    public bool IsErasureRequest { get; init; }
}

/// <summary>State of a submission.</summary>
internal enum SubmissionStatus
{
    Live = 1,
    Withdrawn = 2,
    Erased = 3,
}
