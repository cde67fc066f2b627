using Hub.Client;
using Hub.Silo.Access;
using Hub.Testing;
using Xunit;

namespace Hub.SystemTests.Releases;

/// <summary>
/// The second half of the main job through the SDK, on the samples' catalogue and public figures: contributions, a proposal, its
/// review, its opening, and what each may read of it.
/// </summary>
public sealed class ReleaseJourneyTests
{
    private const string Collection = "instruments/lpi/periods/2023";
    private const string Indicator = "LP.LPI.CUST.XQ";
    private const string Latest = $"{Collection}/releases/latest";

    // Customs score of the Logistics Performance Index 2023 (samples/figures): 14 of Europe, 12 of the Americas.
    private static readonly (string Code, decimal Value)[] Contributions =
    [
        ("MD", 1.9m), ("KG", 2.2m), ("AL", 2.4m), ("UA", 2.4m), ("GE", 2.6m), ("BA", 2.7m), ("CZ", 3.0m), ("TR", 3.0m), ("LT", 3.2m),
        ("PL", 3.4m), ("FR", 3.7m), ("DE", 3.9m), ("SE", 4.0m), ("DK", 4.1m),
        ("CU", 2.0m), ("BO", 2.1m), ("JM", 2.2m), ("PY", 2.4m), ("MX", 2.5m), ("PE", 2.6m), ("CR", 2.8m), ("BR", 2.9m), ("CL", 3.0m),
        ("PA", 3.0m), ("US", 3.7m), ("CA", 4.0m),
    ];

    private readonly Dictionary<string, VerifiedReceipt> receipts = [];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Contributions_ReviewedAndScheduled_AreReadByEachAsHeMay()
    {
        await using var hub = await HubFixture.StartAsync();
        await SubmitAsync(hub);
        using var member = hub.Member("UA");
        await using var watching = member.Benchmarks.WatchAsync(Collection, cancellationToken: Cancellation).GetAsyncEnumerator(Cancellation);
        var opening = watching.MoveNextAsync();

        var name = await PublishAsync(hub);

        Assert.True(await opening);
        Assert.Equal((ReleaseEvent.Published, name), (watching.Current.Event, watching.Current.Release.Name));
        await ReadAsMemberAsync(member);
        await ReadStandingsAsync(hub);
        await ReadAsNonContributorAsync(hub);
        await ReadAsPartnerAsync(hub);
        await ProveAsync(member);
        await CorrectAsync(hub, member);
    }

    private async Task SubmitAsync(HubFixture hub)
    {
        await hub.RegisterAsync([.. Contributions.Select(c => c.Code), "JP"]);
        foreach (var (code, value) in Contributions)
        {
            using var member = hub.Member(code);
            receipts[code] = (await member.Submissions.CreateAsync(new SubmissionDraft(Collection, (Indicator, Figure.Decimal(value))), Cancellation)).Receipt;
        }
    }

    private static async Task<string> PublishAsync(HubFixture hub)
    {
        using var secretariat = hub.Operator();
        using var ada = hub.Person("ada", Scopes.Review);
        using var bo = hub.Person("bo", Scopes.Review);
        var early = await Assert.ThrowsAsync<HubException>(() => ada.Releases.ProposeAsync(Collection, "Too early", cancellationToken: Cancellation));
        Assert.Equal(ErrorReason.CollectionOpen, early.Reason);
        await secretariat.Catalogue.CloseCollectionAsync(Collection, "Everybody has submitted", cancellationToken: Cancellation);

        var asked = await ada.Releases.ProposeAsync(Collection, "As planned", cancellationToken: Cancellation);
        Assert.Equal(ReleaseState.Computing, asked.State);
        var proposal = await ada.Releases.GetComputedAsync(asked.Name, Cancellation);
        var own = await Assert.ThrowsAsync<HubException>(() => ada.Releases.ReviewAsync(proposal, Verdict.Approve, cancellationToken: Cancellation));
        Assert.Equal(ErrorReason.ReviewByProposer, own.Reason);
        var seen = await bo.Releases.GetAsync(asked.Name, Cancellation);
        Assert.Equal(3, seen.Release.Benchmarks.Count(b => b.Contributors is not null));
        var approved = await bo.Releases.ReviewAsync(seen, Verdict.Approve, "Fine", cancellationToken: Cancellation);
        Assert.Equal((ReleaseState.Approved, "Fine"), (approved.State, approved.Reviews.Single().Comment));
        var hasty = await Assert.ThrowsAsync<HubException>(() => secretariat.Releases.ScheduleAsync(asked.Name, hub.Time.GetUtcNow(), cancellationToken: Cancellation));
        Assert.Equal(ErrorReason.PublishTimeTooEarly, hasty.Reason);
        var scheduled = await secretariat.Releases.ScheduleAsync(asked.Name, hub.Time.GetUtcNow().AddSeconds(4), cancellationToken: Cancellation);
        Assert.Equal(ReleaseState.Scheduled, (await bo.Releases.ListAsync(Collection, Cancellation).SingleAsync(Cancellation)).State);
        return scheduled.Name;
    }

    private static async Task ReadAsMemberAsync(HubClient member)
    {
        var release = await member.Benchmarks.GetReleaseAsync(Latest, Cancellation);
        var all = (await member.Benchmarks.GetBenchmarkAsync(Latest, Indicator, cancellationToken: Cancellation)).Benchmark;

        Assert.Equal((ReleaseState.Published, 1), (release.State, release.Edition));
        Assert.Equal([all.Name], release.Benchmarks.Where(b => b.Group == "groups/all").Select(b => b.Name));
        Assert.Equal(("20-29", LadderStep.Full, 0.4m), (all.Contributors!.ToString(), all.LadderStep, all.ProtectionWidth));
        var mean = Assert.IsType<PublishedFigure>(all.Find(Statistic.Mean));
        Assert.True(Math.Abs(mean.Value - Contributions.Average(c => c.Value)) <= mean.RoundingBase / 2m);
        Assert.IsType<PublishedFigure>(all.Find(Statistic.UpperQuartile));
        Assert.Equal(WithheldReason.TooFewContributors, Assert.IsType<WithheldFigure>(all.Find(Statistic.P90)).Reason);
        Assert.Contains(all.ComparabilityNotes, note => note.In("en").Contains("2023", StringComparison.Ordinal));
        var export = await member.Benchmarks.ExportReleaseAsync(Latest, Cancellation);
        Assert.Contains($"groups/all,UPPER_QUARTILE,", export.Csv, StringComparison.Ordinal);
    }

    private static async Task ReadStandingsAsync(HubFixture hub)
    {
        var assessments = new List<(string, Assessment)>();
        foreach (var code in new[] { "UA", "CA", "PL" })
        {
            using var member = hub.Member(code);
            var standing = (await member.Benchmarks.GetStandingAsync(Latest, Indicator, cancellationToken: Cancellation)).Standing;
            Assert.Equal((4, null, 1L), (standing.Parts, standing.Reason, standing.SubmissionVersion));
            assessments.Add((code, standing.Assessment));
        }

        Assert.Equal([("UA", Assessment.Worse), ("CA", Assessment.Better), ("PL", Assessment.Better)], assessments);
    }

    private static async Task ReadAsNonContributorAsync(HubFixture hub)
    {
        using var member = hub.Member("JP");
        var region = (await member.Benchmarks.GetBenchmarkAsync(Latest, Indicator, "groups/region.EUR", Cancellation)).Benchmark;
        var standing = (await member.Benchmarks.GetStandingAsync(Latest, Indicator, cancellationToken: Cancellation)).Standing;

        Assert.IsType<PublishedFigure>(region.Find(Statistic.Mean));
        var median = Assert.IsType<WithheldFigure>(region.Find(Statistic.Median));
        Assert.Equal((WithheldReason.Audience, Audience.Contributors), (median.Reason, median.Audience));
        Assert.Equal((NoStandingReason.NotContributed, Assessment.None), (standing.Reason, standing.Assessment));
    }

    private static async Task ReadAsPartnerAsync(HubFixture hub)
    {
        using var partner = hub.Client(() => hub.MachineToken("partner", null, Scopes.Read));
        var release = await partner.Benchmarks.GetReleaseAsync(Latest, Cancellation);

        var shown = release.Benchmarks.SelectMany(b => b.Figures.OfType<PublishedFigure>().Select(f => (b.Group, f.Statistic, f.Audience)));
        Assert.Equal([("groups/all", Statistic.Mean, Audience.Public)], shown);
        Assert.Equal([release.Name], await partner.Benchmarks.ListReleasesAsync(cancellationToken: Cancellation).Select(r => r.Name).ToListAsync(Cancellation));
        var refused = await Assert.ThrowsAsync<HubException>(() => partner.Benchmarks.GetStandingAsync(Latest, Indicator, cancellationToken: Cancellation));
        Assert.Equal(ErrorReason.NotPermitted, refused.Reason);
    }

    private async Task ProveAsync(HubClient member)
    {
        var release = await member.Benchmarks.GetReleaseAsync(Latest, Cancellation);

        var checkpoint = await member.Benchmarks.ProveContributionAsync(release, receipts["UA"], Cancellation);

        Assert.True(checkpoint.Size >= release.Fence && receipts["UA"].Position < release.Fence);
        await RefusedAsync(release, receipts["PL"]);
        await RefusedAsync(release with { Fence = receipts["UA"].Position }, receipts["UA"]);
        await RefusedAsync(release with { Collection = "instruments/lpi/periods/2018" }, receipts["UA"]);
        await RefusedAsync(release with { Checkpoint = release.Checkpoint.Replace("hub.sandbox\n", "hub.sandbox\n1", StringComparison.Ordinal) }, receipts["UA"]);

        Task RefusedAsync(Release claimed, VerifiedReceipt receipt) =>
            Assert.ThrowsAsync<ReceiptRefusedException>(() => member.Benchmarks.ProveContributionAsync(claimed, receipt, Cancellation));
    }

    private static async Task CorrectAsync(HubFixture hub, HubClient member)
    {
        var before = await member.Benchmarks.GetReleaseAsync(Latest, Cancellation);
        var standing = (await member.Benchmarks.GetStandingAsync(Latest, Indicator, cancellationToken: Cancellation)).Standing;
        var current = await member.Submissions.ListAsync(Collection, Cancellation).SingleAsync(Cancellation);
        var corrected = await member.Submissions.CorrectAsync(
            current, [KeyValuePair.Create(Indicator, Figure.Decimal("4.9"))], "Counted anew", cancellationToken: Cancellation);

        var after = await member.Benchmarks.GetReleaseAsync(Latest, Cancellation);
        Assert.Empty(before.Footnotes);
        Assert.Equal([FootnoteKind.ChangedSince], after.Footnotes.Select(f => f.Kind));
        Assert.Equal(before.Benchmarks.SelectMany(b => b.Figures), after.Benchmarks.SelectMany(b => b.Figures));
        Assert.Equal(standing, (await member.Benchmarks.GetStandingAsync(Latest, Indicator, cancellationToken: Cancellation)).Standing);
        await Assert.ThrowsAsync<ReceiptRefusedException>(() => member.Benchmarks.ProveContributionAsync(after, corrected.Receipt, Cancellation));
        Assert.Equal(2, corrected.Submission.CountsFromEdition);
    }
}
