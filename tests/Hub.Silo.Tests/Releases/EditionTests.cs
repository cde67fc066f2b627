using Hub.Silo.Releases;
using Hub.V1;
using Xunit;

namespace Hub.Silo.Tests.Releases;

public sealed class EditionTests
{
    private static readonly decimal[] Spread = [.. Enumerable.Range(0, 24).Select(i => 2m + i * 4m)];

    [Fact]
    public async Task Correction_OfOne_IsAFootnoteAndNoFurtherEditionShowsIt()
    {
        await using var site = await ReleaseSite.StartAsync(24);
        var submissions = await site.SubmitAsync(Spread);
        Assert.All(submissions, s => Assert.Equal(1, s.CountsFromEdition));
        await site.CloseAsync();
        var first = await site.PublishAsync();
        var figures = first.Content.Table.Write();

        var corrected = await site.CorrectAsync(3, submissions[3], 99m);

        Assert.Equal(2, corrected.CountsFromEdition);
        var edition = site.Open.Find(first.Name)!;
        Assert.True(edition.IsChangedSince);
        Assert.Equal(figures, edition.Content.Table.Write());

        // One changed member would be told by the difference: structure takes the whole indicator away.
        var second = await site.ProposeComputedAsync();
        Assert.All(second.Release.Benchmarks, b => Assert.Equal(V1.LadderStep.NotPublished, b.LadderStep));
        Assert.All(second.Findings, f => Assert.Equal(V1.FindingRule.EditionDifference, f.Rule));
    }

    [Fact]
    public async Task Correction_OfAll_IsAFurtherEditionBesideTheFirst()
    {
        await using var site = await ReleaseSite.StartAsync(24);
        var submissions = await site.SubmitAsync(Spread);
        await site.CloseAsync();
        var first = await site.PublishAsync();
        for (var i = 0; i < submissions.Count; i++)
        {
            await site.CorrectAsync(i, submissions[i], Spread[i] + 1m);
        }

        var second = await site.PublishAsync();

        Assert.Equal(49m, second.Content.Table.Find(ReleaseSite.Indicator)!.Cells[0].Find(Privacy.Statistic.Mean)!.Value);
        var earlier = site.Open.Find(first.Name)!;
        Assert.Equal((ReleaseStatus.Superseded, second.Name), (earlier.Status, earlier.SupersededBy));
        Assert.Equal(first.Content.Table.Write(), earlier.Content.Table.Write());
        Assert.True(earlier.IsChangedSince);
        Assert.False(second.IsChangedSince);
    }

    [Fact]
    public async Task Erasure_WhileTheCollectionIsOpen_IsDoneAtOnce()
    {
        await using var site = await ReleaseSite.StartAsync(24);
        var submissions = await site.SubmitAsync(Spread);

        Assert.Equal((SubmissionState.Erased, false), StateOf(await site.EraseAsync(0, submissions[0])));
        await site.CloseAsync();

        Assert.Equal((SubmissionState.Live, true), StateOf(await site.EraseAsync(1, submissions[1])));
    }

    [Fact]
    public async Task Erasure_OfAClosedCollectionBeforeAnythingWasShown_LetsItGoOnWhenItIsConfirmed()
    {
        await using var site = await ReleaseSite.StartAsync(24);
        var submissions = await site.SubmitAsync(Spread);
        await site.CloseAsync();
        await site.EraseAsync(0, submissions[0]);
        await site.ConfirmErasureAsync(0);

        var proposed = await site.ProposeComputedAsync();
        Assert.Equal(V1.ReleaseState.Proposed, proposed.State);
        Assert.Equal("50.00", proposed.Release.Benchmarks[0].Figures[0].Value.Value.Value);
    }

    [Fact]
    public async Task Acts_WhileAProposalWaits_AreAnsweredAsIfThereWereNone()
    {
        var (without, with) = (await ActAsync(isProposed: false), await ActAsync(isProposed: true));

        Assert.Equal(3, without.Count);
        Assert.Equal(without, with);

        static async Task<List<Submission>> ActAsync(bool isProposed)
        {
            await using var site = await ReleaseSite.StartAsync(24);
            var submissions = await site.SubmitAsync(Spread);
            await site.CloseAsync();
            if (isProposed)
            {
                await site.ReviewAsync(await site.ProposeComputedAsync());
            }

            return [.. new[]
            {
                await site.CorrectAsync(3, submissions[3], 99m), await site.WithdrawAsync(4, submissions[4]), await site.EraseAsync(5, submissions[5]),
            }.Select(WithoutPlaceAndTime)];
        }
    }

    [Fact]
    public async Task Erasure_AfterSomethingWasShown_WaitsForAnOperatorAndClosesTheCollection()
    {
        await using var site = await ReleaseSite.StartAsync(24);
        var submissions = await site.SubmitAsync(Spread);
        await site.CloseAsync();
        var first = await site.PublishAsync();
        var figures = first.Content.Table.Write();

        var waiting = await site.EraseAsync(5, submissions[5]);
        Assert.Equal((SubmissionState.Live, true, 1), (waiting.State, waiting.ErasureRequested, waiting.Values.Count));
        var list = await site.Submissions.ListErasuresAsync(new ListErasuresRequest(), site.AsOperator());
        var erasure = Assert.Single(list.Erasures);
        Assert.Equal(($"administrations/{ReleaseSite.Member(5)}", ReleaseSite.Collection), (erasure.Administration, erasure.Collection));

        await site.ConfirmErasureAsync(5);

        var erased = await site.Submissions.GetSubmissionAsync(new GetSubmissionRequest { Name = submissions[5].Name }, site.AsMember(5));
        Assert.Equal((SubmissionState.Erased, 0), (erased.Submission.State, erased.Submission.Values.Count));
        Assert.Empty((await site.Submissions.ListErasuresAsync(new ListErasuresRequest(), site.AsOperator())).Erasures);
        await site.ChangedAsync(() => site.Open.Find(first.Name)!.IsErasedSince);
        Assert.Equal(figures, site.Open.Find(first.Name)!.Content.Table.Write());
        var refusal = await Assert.ThrowsAsync<Grpc.Core.RpcException>(() => site.ProposeAsync());
        Assert.Contains("no further edition", refusal.Status.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Erasure_BetweenScheduleAndOpening_StopsTheReleaseForGood()
    {
        await using var site = await ReleaseSite.StartAsync(24);
        var submissions = await site.SubmitAsync(Spread);
        await site.CloseAsync();
        var approved = await site.ReviewAsync(await site.ProposeComputedAsync());
        await site.ScheduleAsync(approved.Name, site.Time.GetUtcNow().AddSeconds(2));
        var asked = await site.EraseAsync(5, submissions[5]);
        await site.ConfirmErasureAsync(5);

        site.Time.Advance(TimeSpan.FromSeconds(10));
        await site.ChangedAsync(() => site.Open.Find(ReleaseSite.Edition(1)) is null);

        Assert.Equal(V1.ReleaseState.Withdrawn, (await site.LookAsync(1)).State);
        // What is asked for changes nothing yet, and so says the answer.
        Assert.Equal((submissions[5].Version + 1, submissions[5].CountsFromEdition), (asked.Version, asked.CountsFromEdition));
    }

    [Fact]
    public async Task Erasure_AskedForAfterAnEdition_StillCountsFromThatEdition()
    {
        await using var site = await ReleaseSite.StartAsync(24);
        var submissions = await site.SubmitAsync(Spread);
        await site.CloseAsync();
        await site.PublishAsync();

        Assert.Equal(1, (await site.EraseAsync(5, submissions[5])).CountsFromEdition);
    }

    private static (SubmissionState, bool) StateOf(Submission submission) => (submission.State, submission.ErasureRequested);

    // What differs from site to site whatever happens.
    private static Submission WithoutPlaceAndTime(Submission answered)
    {
        var plain = answered.Clone();
        (plain.Name, plain.Etag, plain.CreateTime, plain.UpdateTime) = ("", "", null, null);
        return plain;
    }
}
