namespace Hub.Client;

/// <summary>Where a release is in its life. Members and partners see the last three only.</summary>
public enum ReleaseState
{
    /// <summary>Newer than this version of the SDK.</summary>
    Unspecified = 0,

    /// <summary>Asked for, and being computed.</summary>
    Computing = 1,

    /// <summary>Computed; nobody has reviewed it yet.</summary>
    Proposed = 2,

    /// <summary>The computation refused it: see <see cref="Proposal.Violations"/>. Final.</summary>
    Refused = 3,

    /// <summary>Approved by some reviewers, not yet by as many as the policy asks for.</summary>
    InReview = 4,

    /// <summary>A reviewer sent it back. Final: a changed proposal is another release.</summary>
    Returned = 5,

    /// <summary>Approved by as many reviewers as the policy asks for; waits for its time to be set.</summary>
    Approved = 6,

    /// <summary>Will open at its publish time.</summary>
    Scheduled = 7,

    /// <summary>Open.</summary>
    Published = 8,

    /// <summary>Open, and a later edition is open too.</summary>
    Superseded = 9,

    /// <summary>Taken back. Final.</summary>
    Withdrawn = 10,
}
