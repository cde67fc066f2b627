using Hub.Silo.Catalogue;

namespace Hub.Silo.Administrations;

/// <summary>What an administration may do: pure decisions from its state, the catalogue and the time.</summary>
internal static class SubmissionRules
{
    /// <summary>Everything wrong with a draft, and the values to record if there is nothing.</summary>
    public static (IReadOnlyList<Violation> Violations, IReadOnlyList<SubmittedValue> Values) Validate(Draft draft, Collection? collection)
    {
        if (collection is null)
        {
            return ([new Violation("submission.collection", "There is no such collection.", "Use a name from ListCollections.")], []);
        }

        var violations = new List<Violation>();
        var values = ValueRules.Check(draft, collection, violations);
        return (violations, values);
    }

    public static Decision<SubmissionEvent> Create(
        AdministrationState state, CreateCommand command, Collection? collection, DateTimeOffset now, TimeZoneInfo zone)
    {
        var (violations, values) = Validate(command.Draft, collection);
        if (violations.Count > 0)
        {
            return Refusal.Invalid(violations);
        }

        if (RefuseWindow(collection!, now, zone) is { } refusal)
        {
            return refusal;
        }

        if (state.LiveIn(collection!.Name) is { } live)
        {
            return new Refusal(ErrorReason.SubmissionExists, "You have submitted to this collection already. Correct that submission, or withdraw it first.")
            {
                Metadata = new Dictionary<string, string> { ["submission"] = $"administrations/self/submissions/{live.Id:D}" },
            };
        }

        return RefuseActs(state, collection.Name) is { } tooMany ? tooMany : new Submitted(command.Act.RequestId, collection.Name, values);
    }

    /// <summary>
    /// What a creation would be refused for now, field by field, the window included; where a submission is live already, what its
    /// correction would be refused for, which needs no window.
    /// </summary>
    public static IReadOnlyList<Violation> Preview(AdministrationState state, Draft draft, Collection? collection, DateTimeOffset now, TimeZoneInfo zone)
    {
        var violations = Validate(draft, collection).Violations;
        return collection is not null && state.LiveIn(draft.Collection) is null && RefuseWindow(collection, now, zone) is { } refusal
            ? [.. violations, new Violation("submission.collection", refusal.Detail, "See Collection.open_time and close_time.")]
            : violations;
    }

    public static Decision<SubmissionEvent> Correct(AdministrationState state, CorrectCommand command, Collection? collection)
    {
        if (FindLive(state, command.Submission, command.Etag) is { IsRefused: true } refused)
        {
            return refused.Refusal!;
        }

        var submission = state.Submissions[command.Submission];
        if (command.Draft.Collection.Length > 0 && command.Draft.Collection != submission.Collection)
        {
            return Refusal.Invalid("submission.collection", "A correction stays in its collection.", $"Send {submission.Collection}, or leave it empty.");
        }

        var (violations, values) = Validate(command.Draft, collection);
        violations = [.. violations, .. CheckReason(command.Reason)];
        return violations.Count > 0 ? Refusal.Invalid(violations)
            : RefuseActs(state, submission.Collection) is { } tooMany ? tooMany
            : new Corrected(submission.Id, submission.Collection, values, command.Reason);
    }

    private static Refusal? RefuseActs(AdministrationState state, string collection) =>
        state.In(collection).Sum(submission => submission.Version) < Limits.ActsMax ? null
            : new Refusal(
                ErrorReason.QuotaExceeded,
                $"This collection has {Limits.ActsMax} of your acts and takes no further figures. It can still be withdrawn and erased; ask the secretariat.");

    public static Decision<SubmissionEvent> Withdraw(AdministrationState state, WithdrawCommand command)
    {
        var found = FindLive(state, command.Submission, command.Etag);
        if (found.IsRefused)
        {
            return found.Refusal!;
        }

        return CheckReason(command.Reason) is { Count: > 0 } violations
            ? Refusal.Invalid(violations)
            : new Withdrawn(found.Value.Id, found.Value.Collection, command.Reason);
    }

    /// <summary>
    /// Done at once while the collection is open. Afterwards something of it may have been shown, and an operator confirms, whether it
    /// was or not: the answer must not tell a member that a release is in review.
    /// </summary>
    public static Decision<SubmissionEvent> Erase(AdministrationState state, EraseCommand command, Collection? collection, DateTimeOffset now)
    {
        if (!state.Submissions.TryGetValue(command.Submission, out var submission))
        {
            return Refusal.NotPermitted();
        }

        if (submission.Status == SubmissionStatus.Erased)
        {
            return new Refusal(ErrorReason.SubmissionErased, "The content of this collection is erased already.");
        }

        if (CheckReason(command.Reason) is { Count: > 0 } violations)
        {
            return Refusal.Invalid(violations);
        }

        if (collection?.StateAt(now) == CollectionState.Open)
        {
            return EraseAll(state, submission, command.Reason);
        }

        return state.ErasureRequestedIn(submission.Collection) is null
            ? new ErasureRequested(submission.Id, submission.Collection, command.Reason)
            : new Refusal(ErrorReason.ErasureUnconfirmed, "Its erasure is asked for. It waits for an operator, since its collection is closed.");
    }

    public static Decision<SubmissionEvent> ConfirmErasure(AdministrationState state, ConfirmErasureCommand command) =>
        state.ErasureRequestedIn(command.Collection) is { } submission
            ? EraseAll(state, submission, submission.Versions.Last(v => v.IsErasureRequest).Reason)
            : Refusal.NotFound("such erasure");

    // Those that an earlier erasure took are told again: the entry that says so is gone with this one.
    private static Erased EraseAll(AdministrationState state, SubmissionState submission, string reason)
    {
        var all = state.In(submission.Collection).ToList();
        return new Erased(
            submission.Id, submission.Collection, reason,
            [.. all.OrderBy(s => s.Id).Select(s => new ErasedSubmission(s.Id, s.Version))],
            [.. all.SelectMany(s => s.Versions).Select(v => v.StreamVersion).Distinct().Order()]);
    }

    /// <summary>The refusal of a creation outside the collection's window, with the time in UTC and in the member's zone.</summary>
    public static Refusal? RefuseWindow(Collection collection, DateTimeOffset now, TimeZoneInfo zone) => collection.StateAt(now) switch
    {
        CollectionState.Scheduled => new Refusal(ErrorReason.CollectionNotOpen, $"The collection opens at {Times(collection.OpensAt, zone)}. Submit after that."),
        CollectionState.Closed when collection.CloseReason is { } reason => new Refusal(
            ErrorReason.CollectionClosed, $"The collection was closed early, at {Times(collection.ClosesAt, zone)}: {reason}"),
        CollectionState.Closed => new Refusal(
            ErrorReason.CollectionClosed, $"The collection closed at {Times(collection.ClosesAt, zone)}. What you submitted before can still be corrected."),
        _ => null,
    };

    private static Decision<SubmissionState> FindLive(AdministrationState state, Guid id, string etag)
    {
        if (!state.Submissions.TryGetValue(id, out var submission))
        {
            return Refusal.NotPermitted();
        }

        return submission.Status switch
        {
            SubmissionStatus.Withdrawn => new Refusal(ErrorReason.SubmissionWithdrawn, "The submission was withdrawn. Submit anew while the window is open."),
            SubmissionStatus.Erased => new Refusal(ErrorReason.SubmissionErased, "The content of this collection was erased."),
            _ when etag.Length > 0 && etag != submission.Etag => new Refusal(
                ErrorReason.EtagMismatch, "The submission has changed since this etag was given. Get it again, and repeat the change on it."),
            _ => submission,
        };
    }

    private static IReadOnlyList<Violation> CheckReason(string reason) => reason.Trim().Length is > 0 and <= Limits.ReasonCharsMax
        ? []
        : [new Violation("reason", $"A reason has 1 to {Limits.ReasonCharsMax} characters.", "Say in a sentence why.")];

    private static string Times(DateTimeOffset time, TimeZoneInfo zone) =>
        $"{time.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC ({TimeZoneInfo.ConvertTime(time, zone):yyyy-MM-dd HH:mm:ss zzz} {zone.Id})";
}
