using Hub.Privacy;
using Hub.Silo.Catalogue;

namespace Hub.Silo.Disclosures;

/// <summary>Whether a release may be computed: pure decisions from what was shown, the catalogue and the time. No value is opened for them.</summary>
internal static class DisclosureRules
{
    /// <param name="erasedAt">Position of the collection's last erasure; null for none.</param>
    public static Decision<DisclosureEvent> Propose(
        DisclosureState state, ProposeReleaseCommand command, CatalogueState catalogue, long? erasedAt, DateTimeOffset now)
    {
        if (catalogue.FindCollection(command.Collection) is not { } collection)
        {
            return Silo.Refusal.NotFound("such collection");
        }

        var refusal = RefuseRequest(state, command, collection, now) ?? RefuseErased(state, collection.Name, erasedAt);
        return refusal is not null ? refusal : Request(state, command, collection, catalogue);
    }

    /// <summary>A collection of which something was shown before an erasure is closed to every further edition.</summary>
    public static Silo.Refusal? RefuseErased(DisclosureState state, string collection, long? erasedAt) =>
        erasedAt is { } position && state.ShownOf(collection).Any(shown => shown.ConcludedAt < position)
            ? new Silo.Refusal(
                ErrorReason.CollectionErased,
                "A contribution to this collection was erased after something of it was shown. There is no further edition of it; earlier ones stay.")
            : null;

    /// <summary>Everything that structure says against a plan, before any value is opened.</summary>
    public static Silo.Refusal? RefusePlan(PlannedPublication planned) =>
        Refuse(ErrorReason.PolicyRefused, "The policy contradicts itself", PolicyRules.Check(planned.Policy))
        ?? Refuse(ErrorReason.PlanRefused, "The plan breaks a rule of protection", PlanRules.Check(planned.Plan, planned.Policy, planned.Indicators, planned.Partitions));

    public static Violation ToViolation(Privacy.Refusal refusal) => new(refusal.Field, $"{refusal.Rule}.", refusal.Remedy);

    private static Silo.Refusal? RefuseRequest(DisclosureState state, ProposeReleaseCommand command, Collection collection, DateTimeOffset now)
    {
        if (command.Comment.Length > Limits.CommentCharsMax)
        {
            return Silo.Refusal.Invalid("comment", $"A comment has at most {Limits.CommentCharsMax} characters.", "Say it shorter.");
        }

        if (collection.StateAt(now) != CollectionState.Closed)
        {
            return new Silo.Refusal(
                ErrorReason.CollectionOpen,
                $"The collection is open until {collection.ClosesAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC. Propose its release after that, or close it with a reason.");
        }

        return state.Unfinished.Count() >= Limits.UnfinishedMax
            ? new Silo.Refusal(ErrorReason.QuotaExceeded, $"{Limits.UnfinishedMax} computations of this instrument are unfinished. Wait for one of them.")
            {
                RetryAfter = Limits.RetryAfter,
            }
            : null;
    }

    private static Decision<DisclosureEvent> Request(
        DisclosureState state, ProposeReleaseCommand command, Collection collection, CatalogueState catalogue)
    {
        if (catalogue.FindPlan(collection.Instrument) is not { } plan || catalogue.FindPolicy(plan.Policy) is not { } policy)
        {
            return new Silo.Refusal(ErrorReason.PlanRefused, "The catalogue has no plan for this instrument. Describe in it what will be published for whom.");
        }

        if (RefusePlan(PlannedPublication.Of(plan, policy, collection, catalogue)) is { } refusal)
        {
            return refusal;
        }

        var release = ReleaseName.Of(collection.Name, state.NextNumber(collection.Name));
        return new ComputationRequested(release.ToString(), command.Proposer.Pseudonym, command.Comment)
        {
            Plan = $"{plan.Instrument}@{plan.Version}",
            Policy = $"{policy.Code}@{policy.Version}",
            CataloguePosition = catalogue.Position,
            ReviewsRequired = policy.ReviewsRequired,
            PublishLead = policy.PublishLead,
        };
    }

    private static Silo.Refusal? Refuse(ErrorReason reason, string what, IReadOnlyList<Privacy.Refusal> refusals) => refusals.Count == 0
        ? null
        : new Silo.Refusal(reason, $"{what}, in {refusals.Count} point(s). Change the catalogue; the violations say how.")
        {
            Violations = [.. refusals.Select(ToViolation)],
        };
}
