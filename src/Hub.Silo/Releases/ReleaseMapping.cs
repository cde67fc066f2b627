using System.Text.RegularExpressions;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Hub.Privacy;
using Hub.Silo.Access;
using Hub.Silo.Disclosures;
using Hub.Silo.Hosting;
using V1 = Hub.V1;

namespace Hub.Silo.Releases;

/// <summary>Proto to domain and back, for the secretariat.</summary>
internal static partial class ReleaseMapping
{
    public static Decision<ReleaseName> ToName(string name) => ReleaseName.Parse(name) is { } parsed ? parsed : Silo.Refusal.NotFound("such release");

    /// <summary>Which releases a parent names; `-` stands for any instrument or period.</summary>
    public static Decision<Func<ReleaseName, bool>> ToFilter(string parent)
    {
        if (Parent().Match(parent) is not { Success: true } match)
        {
            return Silo.Refusal.Invalid("parent", "It is no name of a collection.", "Send instruments/{instrument}/periods/{period}, with - for any.");
        }

        var (instrument, period) = (match.Groups[1].Value, match.Groups[2].Value);
        return (Func<ReleaseName, bool>)(name => (instrument == "-" || instrument == name.Instrument) && (period == "-" || period == name.Period));
    }

    /// <summary>Only a person is a reviewer, whatever scopes a machine's token has.</summary>
    public static ReleaseActor ToActor(Caller caller, RequestKeys keys) => new(
        keys.Pseudonym(caller), caller.IsPerson && caller.Scopes.Contains(Scopes.Review), caller.Scopes.Contains(Scopes.Operate));

    /// <summary>Null for none, and for what is no time.</summary>
    public static DateTimeOffset? ToTime(Timestamp? time)
    {
        try
        {
            return time?.ToDateTimeOffset();
        }
        catch (Exception e) when (e is InvalidOperationException or ArgumentOutOfRangeException)
        {
            return null;
        }
    }

    /// <summary>Without figures: what a list shows, and the answer to an act.</summary>
    public static V1.Proposal ToProto(ReleaseState state, ReleaseStatus status)
    {
        var computation = state.Computation!;
        var proposal = new V1.Proposal
        {
            Name = state.Name.ToString(),
            State = (V1.ReleaseState)status,
            Proposer = computation.Request.Proposer,
            ProposeTime = computation.RequestedAt.ToTimestamp(),
            Comment = computation.Request.Comment,
            Release = ToRelease(state, status),
            ReviewsRequired = computation.Request.ReviewsRequired,
            PublishLeadSeconds = (long)computation.Request.PublishLead.TotalSeconds,
        };
        proposal.Violations.AddRange((computation.Refused?.Violations ?? []).Select(Statuses.From));
        proposal.Reviews.AddRange(state.Reviews.Select(r => new V1.Review
        {
            Reviewer = r.Reviewer,
            Verdict = (V1.Verdict)r.Verdict,
            Comment = r.Comment,
            ReviewTime = r.Time.ToTimestamp(),
        }));
        return proposal;
    }

    /// <summary>With the protected figures, what withheld others, and the etag: only after the look is recorded.</summary>
    public static V1.Proposal ToProtoWithFigures(ReleaseState state, ReleaseStatus status)
    {
        var proposal = ToProto(state, status);
        if (state.Content is { } content)
        {
            proposal.Etag = state.Etag;
            proposal.Release.Benchmarks.AddRange(BenchmarkMapping.ToProto(state.Name, content, (_, _) => true));
            proposal.Findings.AddRange(content.Proposed.Findings.Select(f => ToProto(state.Name, f)));
            proposal.Warnings.AddRange(content.Proposed.Warnings.Select(w => ToProto(state.Name, content, w)));
        }

        return proposal;
    }

    private static V1.Release ToRelease(ReleaseState state, ReleaseStatus status) => new()
    {
        Name = state.Name.ToString(),
        Collection = state.Name.Collection,
        Edition = state.Name.Number,
        State = (V1.ReleaseState)status,
        PublishTime = state.PublishTime?.ToTimestamp(),
        WithdrawReason = state.Withdrawal?.Reason ?? "",
        Plan = state.Computation!.Request.Plan,
        Policy = state.Computation.Request.Policy,
        Fence = state.Computation.Fence,
        Checkpoint = state.Content?.Proposed.Checkpoint ?? "",
    };

    private static V1.Finding ToProto(ReleaseName release, Finding finding) => new()
    {
        Indicator = Catalogue.Indicator.NameOf(release.Instrument, finding.Indicator),
        Step = BenchmarkMapping.ToProto(finding.Step),
        Rule = (V1.FindingRule)(finding.Rule + 1),
    };

    private static V1.DominanceWarning ToProto(ReleaseName release, ReleaseContent content, DominanceWarning warning) => new()
    {
        Indicator = Catalogue.Indicator.NameOf(release.Instrument, warning.Indicator),
        Group = BenchmarkMapping.GroupName(content, warning.Group),
        OfDenominator = warning.OfDenominator,
        Rule = (V1.DominanceRule)(warning.Rule + 1),
    };

    [GeneratedRegex(@"\Ainstruments/([^/]+)/periods/([^/]+)\z")]
    private static partial Regex Parent();
}
