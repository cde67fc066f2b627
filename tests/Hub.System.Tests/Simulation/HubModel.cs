using Hub.Client;

namespace Hub.SystemTests.Simulation;

/// <summary>
/// What the Hub must answer, kept in dictionaries: submissions by administration and period, the receipts given, when each period
/// closes, and the releases that were asked for.
/// </summary>
internal sealed class HubModel
{
    public Dictionary<(string Code, int Period), ModelledSubmission> Latest { get; } = [];

    /// <summary>Every act that was answered, as its draft or its receipt shows it again.</summary>
    public List<(string Code, SubmissionDraft Draft, string Name, long Position)> Created { get; } = [];

    public Dictionary<int, DateTimeOffset> ClosesAt { get; } = [];

    /// <summary>Oldest first.</summary>
    public List<ModelledRelease> Releases { get; } = [];

    public ModelledSubmission? Live(string code, int period) =>
        Latest.GetValueOrDefault((code, period)) is { State: SubmissionState.Live } live ? live : null;

    public Dictionary<string, decimal> LiveIn(int period) => Latest
        .Where(s => s.Key.Period == period && s.Value.State == SubmissionState.Live)
        .ToDictionary(s => s.Key.Code, s => decimal.Parse(s.Value.Value, System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>What members may read of a period, oldest first; what was taken back after its opening is still named.</summary>
    public List<ModelledRelease> OpenIn(int period, DateTimeOffset now) => [.. Releases.Where(r => r.Period == period && r.WasOpenAt(now))];

    /// <summary>The edition that counts: the last that is open and was not taken back.</summary>
    public ModelledRelease? Current(int period, DateTimeOffset now) => OpenIn(period, now).LastOrDefault(r => r.WithdrawnAt is null);

    public ReleaseState StateOf(ModelledRelease release, DateTimeOffset now) =>
        release.StateAt(now) is ReleaseState.Published && Current(release.Period, now) != release ? ReleaseState.Superseded : release.StateAt(now);
}

/// <summary>One submission as the model has it.</summary>
internal sealed record ModelledSubmission(Submission Seen, SubmissionState State, long Version, string Value);

/// <summary>One release as the model has it: who asked for it, and what was live when it was asked for.</summary>
internal sealed class ModelledRelease(string name, int period, string proposer, IReadOnlyDictionary<string, decimal> values)
{
    /// <summary>As the policy of the synthetic catalogue has it.</summary>
    public const int ReviewsRequired = 2;

    /// <summary>As the policy of the synthetic catalogue has it.</summary>
    public static readonly TimeSpan PublishLead = TimeSpan.FromSeconds(60);

    public string Name => name;

    public int Period => period;

    public string Proposer => proposer;

    public IReadOnlyDictionary<string, decimal> Values => values;

    public HashSet<string> Approvals { get; } = [];

    public bool IsReturned { get; set; }

    public DateTimeOffset? PublishTime { get; set; }

    public DateTimeOffset? WithdrawnAt { get; set; }

    public bool WasOpenAt(DateTimeOffset now) => PublishTime <= now && !(WithdrawnAt < PublishTime);

    public bool IsUnderReviewAt(DateTimeOffset now) => StateAt(now) is ReleaseState.Proposed or ReleaseState.InReview;

    /// <summary>That a later edition supersedes it is not seen from here.</summary>
    public ReleaseState StateAt(DateTimeOffset now) =>
        WithdrawnAt is not null ? ReleaseState.Withdrawn
        : IsReturned ? ReleaseState.Returned
        : PublishTime is { } time ? (time <= now ? ReleaseState.Published : ReleaseState.Scheduled)
        : Approvals.Count == ReviewsRequired ? ReleaseState.Approved
        : Approvals.Count > 0 ? ReleaseState.InReview
        : ReleaseState.Proposed;
}
