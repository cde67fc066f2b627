using Hub.Client;

namespace Hub.Standalone.Demo;

/// <summary>From contributions to published benchmarks: closed, proposed, reviewed by another person, scheduled, opened, read.</summary>
internal sealed class DemoReleases(Sandbox sandbox, DemoMembers members, IReadOnlyList<Collection> collections, DemoFigures figures)
{
    private const string Revised = "instruments/wgi/periods/2018";
    private const string Ladder = "instruments/lpi/periods/2010";
    private static readonly string[] Shown = ["instruments/lpi/periods/2023", "instruments/doing-business/periods/2020", "instruments/enterprise-surveys/periods/2013"];
    private static readonly string[] Named = ["UA", "CA", "PL"];
    private static readonly string[] ReviewerScopes = ["hub.review", "hub.read"];
    private static readonly TimeSpan Ahead = TimeSpan.FromSeconds(2);

    public async Task RunAsync(CancellationToken cancellationToken)
    {
        using var proposer = await SignInAsync("reviewer-one", cancellationToken);
        using var reviewer = await SignInAsync("reviewer-two", cancellationToken);
        string[] released = [.. Shown, Ladder, Revised];
        foreach (var collection in collections.Where(c => released.Contains(c.Name) && c.State == CollectionState.Open))
        {
            await sandbox.Operator.Catalogue.CloseCollectionAsync(collection.Name, "The demo goes on to the release.", cancellationToken: cancellationToken);
        }

        DemoScreen.Say($"An operator closed {released.Length} collections early; each closure is an entry with its reason.");
        var editions = await PublishAsync(proposer, reviewer, released, cancellationToken);
        await ShowAsync(editions, cancellationToken);
        await ReviseAsync(proposer, reviewer, editions.Single(r => r.Collection == Revised), cancellationToken);
    }

    private async Task<HubClient> SignInAsync(string userName, CancellationToken cancellationToken)
    {
        var password = await sandbox.Clients.RegisterPersonAsync(userName, ReviewerScopes, cancellationToken);
        DemoScreen.Say($"{userName} signs in through the authority's page (password, told once: {password}).");
        return await sandbox.Clients.ConnectPersonAsync(userName, password, ReviewerScopes, cancellationToken);
    }

    private async Task<List<Release>> PublishAsync(HubClient proposer, HubClient reviewer, IReadOnlyList<string> names, CancellationToken cancellationToken)
    {
        var proposals = new List<Proposal>();
        foreach (var name in names)
        {
            proposals.Add(await proposer.Releases.ProposeAsync(name, "As planned.", cancellationToken: cancellationToken));
        }

        var own = await proposer.Releases.GetComputedAsync(proposals[0].Name, cancellationToken);
        try
        {
            await proposer.Releases.ReviewAsync(own, Verdict.Approve, "My own.", cancellationToken: cancellationToken);
        }
        catch (HubException e)
        {
            DemoScreen.Say($"The proposer's own review is refused: {e.StatusCode} {e.Message}");
        }

        foreach (var proposal in proposals)
        {
            var seen = await reviewer.Releases.GetComputedAsync(proposal.Name, cancellationToken);
            await reviewer.Releases.ReviewAsync(seen, Verdict.Approve, "Looked at.", cancellationToken: cancellationToken);
        }

        return await OpenAsync(proposals, cancellationToken);
    }

    private async Task<List<Release>> OpenAsync(IReadOnlyList<Proposal> approved, CancellationToken cancellationToken)
    {
        var at = TimeProvider.System.GetUtcNow() + Ahead;
        foreach (var proposal in approved)
        {
            await sandbox.Operator.Releases.ScheduleAsync(proposal.Name, at, cancellationToken: cancellationToken);
        }

        DemoScreen.Say($"Another person approved; an operator scheduled {at:HH:mm:ss} UTC; a member waits on Watch …");
        var waited = approved.Select(p => p.Name).ToHashSet();
        await foreach (var change in members[Named[0]].Benchmarks.WatchAsync(cancellationToken: cancellationToken))
        {
            if (change.Event == ReleaseEvent.Published && waited.Remove(change.Release.Name))
            {
                DemoScreen.Say($"  open: {change.Release.Name}");
            }

            if (waited.Count == 0)
            {
                break;
            }
        }

        var opened = new List<Release>();
        foreach (var proposal in approved)
        {
            opened.Add(await members[Named[0]].Benchmarks.GetReleaseAsync(proposal.Name, cancellationToken));
        }

        return opened;
    }

    private async Task ShowAsync(IReadOnlyList<Release> editions, CancellationToken cancellationToken)
    {
        foreach (var edition in editions.Where(r => Shown.Contains(r.Collection)))
        {
            await ShowAsync(edition, cancellationToken);
        }

        var ladder = editions.Single(r => r.Collection == Ladder);
        DemoScreen.Heading($"{ladder.Name}: the ladder");
        DemoScreen.Say($"One group's figures would have told too much of somebody, so the whole indicator went one announced step down: {(ladder.Benchmarks[0].LadderStep == LadderStep.WithoutQuantiles ? "means only" : ladder.Benchmarks[0].LadderStep)}.");
        BenchmarkScreen.Table(ladder.Benchmarks);
        BenchmarkScreen.Withheld(ladder.Benchmarks);
        await ShowPartnerAsync(editions.First(r => r.Collection == Shown[0]), cancellationToken);
        await ProveAsync(editions.First(r => r.Collection == Shown[0]), cancellationToken);
    }

    private async Task ShowAsync(Release edition, CancellationToken cancellationToken)
    {
        DemoScreen.Heading(edition.Name);
        // A member that contributed reads most, so the table is told as one of them sees it.
        var reader = Named.First(code => figures.Contributors(collections.Single(c => c.Name == edition.Collection)).Contains(code));
        var release = await members[reader].Benchmarks.GetReleaseAsync(edition.Name, cancellationToken);
        var indicator = release.Benchmarks[0].Indicator;
        var shown = release.Benchmarks.Where(b => b.Indicator == indicator).ToList();
        BenchmarkScreen.Table(shown);
        BenchmarkScreen.Plot(shown);
        BenchmarkScreen.Tenths(shown);
        BenchmarkScreen.Withheld(shown);
        foreach (var code in Named)
        {
            var own = await members[code].Benchmarks.GetStandingAsync(edition.Name, indicator, shown[0].Group, cancellationToken);
            BenchmarkScreen.Standing(code, own);
        }
    }

    private async Task ShowPartnerAsync(Release edition, CancellationToken cancellationToken)
    {
        DemoScreen.Heading("What a partner system sees of it");
        using var partner = await sandbox.Clients.ConnectAsync("partner", null, ["hub.read"], cancellationToken);
        var release = await partner.Benchmarks.GetReleaseAsync(edition.Name, cancellationToken);
        BenchmarkScreen.Table(release.Benchmarks);
        BenchmarkScreen.Withheld(release.Benchmarks);
    }

    private async Task ProveAsync(Release edition, CancellationToken cancellationToken)
    {
        var member = members[Named[0]];
        var own = await member.Submissions.ListAsync(edition.Collection, cancellationToken).FirstAsync(cancellationToken);
        var receipt = await member.Submissions.GetReceiptAsync(own.Name, own.Version, cancellationToken);
        var checkpoint = await member.Benchmarks.ProveContributionAsync(edition, receipt, cancellationToken);
        DemoScreen.Say($"{Named[0]} proved that its entry {receipt.Position} is in the tree of {checkpoint.Size} entries that {edition.Name} was computed from.");
    }

    private async Task ReviseAsync(HubClient proposer, HubClient reviewer, Release first, CancellationToken cancellationToken)
    {
        DemoScreen.Heading($"{first.Collection}: the publisher revised every value");
        var collection = collections.Single(c => c.Name == first.Collection);
        var revisions = figures.RevisionsOf(collection);
        await CorrectAsync(collection, revisions[0], cancellationToken);
        var after = await members[Named[0]].Benchmarks.GetReleaseAsync(first.Name, cancellationToken);
        DemoScreen.Say($"One correction leaves edition {after.Edition} as it was, with a footnote: {string.Join(' ', after.Footnotes.Select(f => f.Text))}");
        await DemoScreen.ProgressAsync($"{revisions.Count - 1} more corrections", revisions.Count - 1, async done =>
        {
            await DemoMembers.InParallelAsync(revisions.Skip(1), async revision =>
            {
                await CorrectAsync(collection, revision, cancellationToken);
                done();
            }, cancellationToken);
            return revisions.Count;
        });
        var second = (await PublishAgainAsync(proposer, reviewer, first.Collection, cancellationToken))[0];
        BenchmarkScreen.Beside(await members[Named[0]].Benchmarks.GetReleaseAsync(first.Name, cancellationToken), second);
    }

    private async Task<List<Release>> PublishAgainAsync(HubClient proposer, HubClient reviewer, string collection, CancellationToken cancellationToken)
    {
        var proposal = await proposer.Releases.ProposeAsync(collection, "The publisher's revision of all values.", cancellationToken: cancellationToken);
        var seen = await reviewer.Releases.GetComputedAsync(proposal.Name, cancellationToken);
        await reviewer.Releases.ReviewAsync(seen, Verdict.Approve, "Looked at.", cancellationToken: cancellationToken);
        return await OpenAsync([proposal], cancellationToken);
    }

    private async Task CorrectAsync(Collection collection, SampleRevision revision, CancellationToken cancellationToken)
    {
        var member = members[revision.Code];
        var current = await member.Submissions.ListAsync(collection.Name, cancellationToken).FirstAsync(cancellationToken);
        var indicator = collection.Indicators.Single(i => DemoFigures.CodeOf(i) == revision.Series);
        var corrected = new Dictionary<string, Figure>(current.Figures) { [indicator] = Figure.Decimal(revision.Later) };
        await member.Submissions.CorrectAsync(current, corrected, $"{revision.EarlierVintage} to {revision.LaterVintage}.", cancellationToken: cancellationToken);
    }
}
