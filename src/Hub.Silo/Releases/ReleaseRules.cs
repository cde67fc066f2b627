using System.Collections.Frozen;
using System.Text.Json;
using Action = Hub.Silo.Releases.ReleaseAction;
using Role = Hub.Silo.Releases.ReleaseRole;
using Status = Hub.Silo.Releases.ReleaseStatus;

namespace Hub.Silo.Releases;

/// <summary>What can be done to a release.</summary>
internal enum ReleaseAction
{
    View,
    Approve,
    Return,
    Schedule,
    Withdraw,
}

/// <summary>As what somebody acts on a release.</summary>
[Flags]
internal enum ReleaseRole
{
    None = 0,

    /// <summary>The person who proposed it.</summary>
    Proposer = 1,

    /// <summary>Any other person who may review.</summary>
    Reviewer = 2,

    Operator = 4,
}

/// <summary>Who may do what to a release, and when: pure decisions from its state and the time.</summary>
internal static class ReleaseRules
{
    /// <summary>The whole table. What does not stand in it is refused.</summary>
    public static readonly FrozenDictionary<(ReleaseStatus Status, ReleaseAction Action), ReleaseRole> Table = new Dictionary<(ReleaseStatus, ReleaseAction), ReleaseRole>
    {
        [(Status.Computing, Action.View)] = Role.Proposer | Role.Reviewer,
        [(Status.Refused, Action.View)] = Role.Proposer | Role.Reviewer,

        [(Status.Proposed, Action.View)] = Role.Proposer | Role.Reviewer,
        [(Status.Proposed, Action.Approve)] = Role.Reviewer,
        [(Status.Proposed, Action.Return)] = Role.Reviewer,
        [(Status.Proposed, Action.Withdraw)] = Role.Proposer | Role.Reviewer | Role.Operator,

        [(Status.InReview, Action.View)] = Role.Proposer | Role.Reviewer,
        [(Status.InReview, Action.Approve)] = Role.Reviewer,
        [(Status.InReview, Action.Return)] = Role.Reviewer,
        [(Status.InReview, Action.Withdraw)] = Role.Proposer | Role.Reviewer | Role.Operator,

        [(Status.Approved, Action.View)] = Role.Proposer | Role.Reviewer,
        [(Status.Approved, Action.Schedule)] = Role.Operator,
        [(Status.Approved, Action.Withdraw)] = Role.Proposer | Role.Reviewer | Role.Operator,

        [(Status.Scheduled, Action.View)] = Role.Proposer | Role.Reviewer,
        [(Status.Scheduled, Action.Withdraw)] = Role.Proposer | Role.Reviewer | Role.Operator,

        [(Status.Published, Action.View)] = Role.Proposer | Role.Reviewer,
        [(Status.Published, Action.Withdraw)] = Role.Operator,

        [(Status.Returned, Action.View)] = Role.Proposer | Role.Reviewer,
        [(Status.Withdrawn, Action.View)] = Role.Proposer | Role.Reviewer,
    }.ToFrozenDictionary();

    public static Decision<ReleaseEvent> View(ReleaseState state, ViewCommand command, DateTimeOffset now) =>
        Refuse(state, command.Actor, Action.View, now) is { } refusal
            ? refusal
            : new Viewed(state.Name.ToString(), command.Actor.Pseudonym);

    /// <param name="isErasedSince">Whether a contribution to the collection was erased after the fence: no further edition, then.</param>
    public static Decision<ReleaseEvent> Review(ReleaseState state, ReviewCommand command, bool isErasedSince, DateTimeOffset now)
    {
        var isApproval = command.Verdict == (int)Verdict.Approve;
        var refusal = RefuseFields(command)
            ?? Refuse(state, command.Actor, isApproval ? Action.Approve : Action.Return, now)
            ?? RefuseVote(state, command)
            ?? (isApproval ? RefuseErased(isErasedSince) : null);
        return refusal is not null ? refusal : Decide(state, command, isApproval);
    }

    /// <param name="isErasedSince">Whether a contribution to the collection was erased after the fence: no further edition, then.</param>
    public static Decision<ReleaseEvent> Schedule(ReleaseState state, ScheduleCommand command, bool isErasedSince, DateTimeOffset now)
    {
        if (command.PublishTime is not { } time || time > now + Limits.PublishAheadMax)
        {
            return Refusal.Invalid("publish_time", $"A publish time lies at most {Limits.PublishAheadMax.Days} days ahead.", "Send when the release shall open.");
        }

        if ((Refuse(state, command.Actor, Action.Schedule, now) ?? RefuseErased(isErasedSince)) is { } refusal)
        {
            return refusal;
        }

        var earliest = now + state.Computation!.Request.PublishLead;
        return time < earliest
            ? new Refusal(ErrorReason.PublishTimeTooEarly, $"By the policy a release opens {state.Computation.Request.PublishLead:c} after it is scheduled, so at {earliest.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC or later.")
            {
                Violations = [new Violation("publish_time", "It is nearer than the policy's lead.", "Send a later one.")],
            }
            : new Scheduled(state.Name.ToString(), command.Actor.Pseudonym, time);
    }

    public static Decision<ReleaseEvent> Withdraw(ReleaseState state, WithdrawCommand command, DateTimeOffset now)
    {
        if (command.Reason.Trim().Length is 0 or > Limits.ReasonCharsMax)
        {
            return Refusal.Invalid("reason", $"A reason has 1 to {Limits.ReasonCharsMax} characters.", "Say in a sentence why.");
        }

        return Refuse(state, command.Actor, Action.Withdraw, now) is { } refusal
            ? refusal
            : new Withdrawn(state.Name.ToString(), command.Actor.Pseudonym, command.Reason.Trim());
    }

    /// <summary>As what somebody acts: nobody is a reviewer of what he proposed, by whichever client he comes.</summary>
    public static ReleaseRole RolesOf(ReleaseState state, ReleaseActor actor) =>
        (!actor.IsReviewer ? Role.None : actor.Pseudonym == state.Computation?.Request.Proposer ? Role.Proposer : Role.Reviewer)
        | (actor.IsOperator ? Role.Operator : Role.None);

    private static Refusal? Refuse(ReleaseState state, ReleaseActor actor, ReleaseAction action, DateTimeOffset now)
    {
        var status = state.StatusAt(now);
        if (!Table.TryGetValue((status, action), out var allowed))
        {
            return new Refusal(ErrorReason.ReleaseState, $"The release is {status}; that allows no {action}.")
            {
                Metadata = new Dictionary<string, string> { ["state"] = NameOf(status) },
            };
        }

        var roles = RolesOf(state, actor);
        return (allowed & roles) != 0 ? null
            : allowed == Role.Reviewer && roles.HasFlag(Role.Proposer)
                ? new Refusal(ErrorReason.ReviewByProposer, "Nobody reviews what he proposed. Ask another reviewer.")
            : new Refusal(ErrorReason.ScopeInsufficient, $"This needs the scope {(allowed == Role.Operator ? Access.Scopes.Operate : Access.Scopes.Review)} and another role than yours.")
            {
                Metadata = new Dictionary<string, string> { ["scope"] = allowed == Role.Operator ? Access.Scopes.Operate : Access.Scopes.Review },
            };
    }

    private static Refusal? RefuseErased(bool isErasedSince) => isErasedSince
        ? new Refusal(ErrorReason.CollectionErased, "A contribution to this collection was erased since. Nothing more is published of it: return the proposal, or withdraw it.")
        : null;

    private static Refusal? RefuseFields(ReviewCommand command)
    {
        if (!Enum.IsDefined((Verdict)command.Verdict))
        {
            return Refusal.Invalid("verdict", "It is not one of the verdicts.", "Send APPROVE or RETURN.");
        }

        var needsComment = command.Verdict == (int)Verdict.Return;
        if (command.Comment.Length > Limits.CommentCharsMax || (needsComment && command.Comment.Trim().Length == 0))
        {
            return Refusal.Invalid("comment", $"A comment has at most {Limits.CommentCharsMax} characters; what is returned needs one.", "Say in a sentence why.");
        }

        return command.Etag.Length == 0
            ? Refusal.Invalid("etag", "A verdict is on exactly the proposal that was looked at.", "Send the etag that GetProposal gave you.")
            : null;
    }

    private static Refusal? RefuseVote(ReleaseState state, ReviewCommand command) =>
        command.Etag != state.Etag
            ? new Refusal(ErrorReason.EtagMismatch, "The etag is not that of this proposal. Look at it again, then review what you saw.")
        : state.Reviews.Any(r => r.Reviewer == command.Actor.Pseudonym)
            ? new Refusal(ErrorReason.ReviewRepeated, "You have reviewed this proposal. Another reviewer has to.")
        : null;

    private static ReleaseEvent Decide(ReleaseState state, ReviewCommand command, bool isApproval)
    {
        var (release, actor, comment) = (state.Name.ToString(), command.Actor.Pseudonym, command.Comment.Trim());
        return !isApproval ? new Returned(release, actor, comment)
            : state.Reviews.Count + 1 >= state.Computation!.Request.ReviewsRequired ? new Approved(release, actor, comment)
            : new Reviewed(release, actor, comment);
    }

    // As the wire names it: IN_REVIEW.
    private static string NameOf(ReleaseStatus status) => JsonNamingPolicy.SnakeCaseUpper.ConvertName(status.ToString());
}
