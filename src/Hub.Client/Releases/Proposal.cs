namespace Hub.Client;

/// <summary>A release on its way, as the secretariat sees it: protected figures and the rules that withheld others; never a raw figure, never whose.</summary>
public sealed record Proposal
{
    /// <summary>Resource name, <c>instruments/{instrument}/periods/{period}/releases/{edition}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Where it is in its life.</summary>
    public required ReleaseState State { get; init; }

    /// <summary>Pseudonym of the proposer, the same wherever this person appears.</summary>
    public required string Proposer { get; init; }

    /// <summary>When it was asked for.</summary>
    public DateTimeOffset? ProposeTime { get; init; }

    /// <summary>What the proposer said.</summary>
    public string Comment { get; init; } = "";

    /// <summary>What would be published. Its benchmarks are there with <see cref="ReleaseClient.GetAsync"/> only.</summary>
    public required Release Release { get; init; }

    /// <summary>Steps of the ladder that were passed over, and why. With <see cref="ReleaseClient.GetAsync"/> only.</summary>
    public IReadOnlyList<ReleaseFinding> Findings { get; init; } = [];

    /// <summary>Warnings of dominance in rates. With <see cref="ReleaseClient.GetAsync"/> only.</summary>
    public IReadOnlyList<DominanceWarning> Warnings { get; init; } = [];

    /// <summary>If it was refused: field, rule and remedy of everything that stood against it.</summary>
    public IReadOnlyList<FieldViolation> Violations { get; init; } = [];

    /// <summary>How many approvals the policy asks for.</summary>
    public int ReviewsRequired { get; init; }

    /// <summary>The verdicts so far, oldest first.</summary>
    public IReadOnlyList<Review> Reviews { get; init; } = [];

    /// <summary>Least time between scheduling and opening, by the policy.</summary>
    public TimeSpan PublishLead { get; init; }

    /// <summary>Stands for exactly these figures; empty but with <see cref="ReleaseClient.GetAsync"/>, since only who looked can review.</summary>
    public string Etag { get; init; } = "";
}

/// <summary>One person's verdict.</summary>
/// <param name="Reviewer">Pseudonym of the reviewer.</param>
/// <param name="Verdict">What was decided.</param>
/// <param name="Comment">Why.</param>
/// <param name="Time">When.</param>
public sealed record Review(string Reviewer, Verdict Verdict, string Comment, DateTimeOffset? Time);

/// <summary>What a reviewer decides.</summary>
public enum Verdict
{
    /// <summary>It can be published as it is.</summary>
    Approve = 1,

    /// <summary>It must not be published; the comment says why.</summary>
    Return = 2,
}
