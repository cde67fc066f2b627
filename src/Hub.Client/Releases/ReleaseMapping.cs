namespace Hub.Client;

/// <summary>Releases on their way, from the contract to the SDK's own types.</summary>
internal static class ReleaseMapping
{
    public static Release ToRelease(V1.Release sent) => new()
    {
        Name = sent.Name,
        Collection = sent.Collection,
        Edition = sent.Edition,
        State = (ReleaseState)sent.State,
        PublishTime = sent.PublishTime?.ToDateTimeOffset(),
        SupersededBy = sent.SupersededBy,
        WithdrawReason = sent.WithdrawReason,
        Plan = sent.Plan,
        Policy = sent.Policy,
        Fence = sent.Fence,
        Checkpoint = sent.Checkpoint,
        Benchmarks = [.. sent.Benchmarks.Select(BenchmarkMapping.ToBenchmark)],
        Footnotes = [.. sent.Footnotes.Select(note => new Footnote((FootnoteKind)note.Kind, note.Text))],
    };

    public static Proposal ToProposal(V1.Proposal sent) => new()
    {
        Name = sent.Name,
        State = (ReleaseState)sent.State,
        Proposer = sent.Proposer,
        ProposeTime = sent.ProposeTime?.ToDateTimeOffset(),
        Comment = sent.Comment,
        Release = ToRelease(sent.Release ?? new V1.Release()),
        Findings = [.. sent.Findings.Select(f => new ReleaseFinding(f.Indicator, (LadderStep)f.Step, (FindingRule)f.Rule))],
        Warnings = [.. sent.Warnings.Select(w => new DominanceWarning(w.Indicator, w.Group, w.OfDenominator, (DominanceRule)w.Rule))],
        Violations = [.. sent.Violations.Select(ErrorMapping.ToViolation)],
        ReviewsRequired = sent.ReviewsRequired,
        Reviews = [.. sent.Reviews.Select(r => new Review(r.Reviewer, (Verdict)r.Verdict, r.Comment, r.ReviewTime?.ToDateTimeOffset()))],
        PublishLead = TimeSpan.FromSeconds(sent.PublishLeadSeconds),
        Etag = sent.Etag,
    };
}
