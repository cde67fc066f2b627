using System.Buffers.Text;
using System.Collections.Immutable;
using System.Security.Cryptography;
using Hub.Privacy;
using Hub.Silo.Disclosures;
using Hub.Silo.Ledger;
using Entry = Hub.Silo.Ledger.Entry;

namespace Hub.Silo.Releases;

/// <summary>
/// One release from its request to its end: a pure fold of the entries of its topic, those of its own stream and those that the
/// stream of its instrument's disclosures has of it.
/// </summary>
internal sealed record ReleaseState(ReleaseName Name) : IStreamState<ReleaseState>
{
    public long Version { get; init; }

    public ImmutableDictionary<string, AnsweredRequest> Requests { get; init; } = ImmutableDictionary<string, AnsweredRequest>.Empty;

    /// <summary>As it was asked for, and what came of it; null if nobody asked.</summary>
    public Computation? Computation { get; init; }

    /// <summary>What is published or waits for it; null before it is proposed, and if it was refused.</summary>
    public ReleaseContent? Content { get; init; }

    /// <summary>Stands for exactly the proposal that was computed; it cannot be guessed, so whoever has it was shown the proposal.</summary>
    public string Etag { get; init; } = "";

    public ImmutableList<Review> Reviews { get; init; } = [];

    public bool IsApproved { get; init; }

    public DateTimeOffset? PublishTime { get; init; }

    /// <summary>Position of the entry that set the time of its opening.</summary>
    public long ScheduledAt { get; init; }

    public Withdrawal? Withdrawal { get; init; }

    /// <summary>Whether anybody may have read it: it was open before it was taken back, if it was.</summary>
    public bool WasOpenAt(DateTimeOffset now) => PublishTime <= now && !(Withdrawal?.Time < PublishTime);

    /// <summary>Where it is in its life. That a later edition supersedes it is not seen from here.</summary>
    public ReleaseStatus StatusAt(DateTimeOffset now) => this switch
    {
        { Withdrawal: not null } => ReleaseStatus.Withdrawn,
        { Computation.Refused: not null } => ReleaseStatus.Refused,
        { Computation.Proposed: null } => ReleaseStatus.Computing,
        _ when Reviews.Any(r => r.Verdict == Verdict.Return) => ReleaseStatus.Returned,
        { PublishTime: { } time } => now >= time ? ReleaseStatus.Published : ReleaseStatus.Scheduled,
        { IsApproved: true } => ReleaseStatus.Approved,
        { Reviews.IsEmpty: false } => ReleaseStatus.InReview,
        _ => ReleaseStatus.Proposed,
    };

    public ReleaseState Apply(Entry entry)
    {
        if (entry.Header.Stream == Streams.Disclosures(Name.Instrument))
        {
            return entry.Payload is { } asked && DisclosureEntries.Read(entry.Header.Kind, asked) is { } computed ? Apply(computed, entry) : this;
        }

        var next = this with { Version = entry.Header.Version, Requests = Requests.With(entry) };
        return entry.Payload is { } payload && ReleaseEntries.Read(entry.Header.Kind, payload) is { } happened
            ? next.Apply(happened, entry)
            : next;
    }

    private ReleaseState Apply(DisclosureEvent computed, Entry entry) => computed switch
    {
        ComputationRequested e => this with { Computation = new Computation(Name, e, entry.Position, entry.Header.Time) },
        Proposed e => Conclude(e, entry) with { Content = ReleaseContent.Of(e), Etag = EtagOf(entry) },
        _ => Conclude(computed, entry),
    };

    private ReleaseState Conclude(DisclosureEvent computed, Entry entry) =>
        this with { Computation = Computation?.Apply(computed, entry.Position) };

    private ReleaseState Apply(ReleaseEvent happened, Entry entry) => happened switch
    {
        Returned e => With(new Review(e.Actor, Verdict.Return, e.Comment, entry.Header.Time)),
        Approved e => With(new Review(e.Actor, Verdict.Approve, e.Comment, entry.Header.Time)) with { IsApproved = true },
        Reviewed e => With(new Review(e.Actor, Verdict.Approve, e.Comment, entry.Header.Time)),
        Scheduled e => this with { PublishTime = e.PublishTime, ScheduledAt = entry.Position },
        Withdrawn e => this with { Withdrawal = new Withdrawal(entry.Header.Time, entry.Position, e.Reason) },
        _ => this,
    };

    private ReleaseState With(Review review) => this with { Reviews = Reviews.Add(review) };

    private static string EtagOf(Entry proposed) => $"\"{Base64Url.EncodeToString(SHA256.HashData(proposed.LeafHash).AsSpan(0, 12))}\"";
}

/// <summary>What a release shows, ready to be read.</summary>
internal sealed record ReleaseContent(ProtectedTable Table, Proposed Proposed)
{
    public static ReleaseContent Of(Proposed proposed) => new(ProtectedTable.Read(proposed.Table), proposed);
}

/// <summary>One person's verdict.</summary>
internal sealed record Review(string Reviewer, Verdict Verdict, string Comment, DateTimeOffset Time);

/// <summary>What a reviewer decides. Numbers are those of the proto.</summary>
internal enum Verdict
{
    Approve = 1,
    Return = 2,
}

/// <summary>That a release was taken back.</summary>
internal sealed record Withdrawal(DateTimeOffset Time, long Position, string Reason);

/// <summary>Where a release is in its life. Numbers are those of the proto.</summary>
internal enum ReleaseStatus
{
    Computing = 1,
    Proposed = 2,
    Refused = 3,
    InReview = 4,
    Returned = 5,
    Approved = 6,
    Scheduled = 7,
    Published = 8,
    Superseded = 9,
    Withdrawn = 10,
}
