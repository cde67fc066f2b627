using Grpc.Core;
using Hub.Silo.Hosting;
using Hub.Silo.Ledger;
using Hub.Silo.Releases;
using Hub.Silo.Tests.Disclosures;
using Hub.V1;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hub.Silo.Tests.Releases;

public sealed class ReleaseJourneyTests
{
    private static readonly decimal[] Spread = [.. Enumerable.Range(0, 24).Select(i => 2m + i * 4m)];

    [Fact]
    public async Task Release_ProposedReviewedScheduled_OpensAtItsSecondWithItsFigures()
    {
        await using var site = await ReleaseSite.StartAsync(24);
        await site.SubmitAsync(Spread);
        Assert.Equal(ErrorReason.CollectionOpen, await RefusedAsync(() => site.ProposeAsync()));
        await site.CloseAsync();

        var asked = await site.ProposeAsync();
        Assert.Equal((V1.ReleaseState.Computing, $"{ReleaseSite.Collection}/releases/1"), (asked.State, asked.Name));
        await site.ComputedAsync(ReleaseSite.Edition(1));

        // Each look is an entry of its own.
        await site.LookAsync(1, ReleaseSite.Proposer);
        var proposed = await site.LookAsync(1);
        Assert.Equal(2, (await site.Ledger.ReadStreamAsync(Streams.Release("test/2024/1"), 0, 10, TestContext.Current.CancellationToken)).Count(e => e.Header.Kind == "viewed"));
        Assert.Equal(V1.ReleaseState.Proposed, proposed.State);
        Assert.Equal(["groups/all", "groups/region.A@1", "groups/region.B@1"], proposed.Release.Benchmarks.Select(b => b.Group));

        Assert.Equal(ErrorReason.ReviewByProposer, await RefusedAsync(() => site.ReviewAsync(proposed, person: ReleaseSite.Proposer)));
        Assert.Equal(ErrorReason.ReleaseState, await RefusedAsync(() => site.ScheduleAsync(proposed.Name, site.Time.GetUtcNow().AddHours(1))));
        var approved = await site.ReviewAsync(proposed);
        Assert.Equal((V1.ReleaseState.Approved, 0), (approved.State, approved.Release.Benchmarks.Count));

        Assert.Equal(ErrorReason.PublishTimeTooEarly, await RefusedAsync(() => site.ScheduleAsync(proposed.Name, site.Time.GetUtcNow().AddMilliseconds(900))));
        var publishTime = site.Time.GetUtcNow().AddSeconds(5);
        Assert.Equal(V1.ReleaseState.Scheduled, (await site.ScheduleAsync(proposed.Name, publishTime)).State);
        site.Time.Advance(TimeSpan.FromSeconds(4.999));
        Assert.Null(site.Open.Find(ReleaseSite.Edition(1)));
        site.Time.Advance(TimeSpan.FromMilliseconds(1));

        var open = site.Open.Find(ReleaseSite.Edition(1))!;
        Assert.Equal((ReleaseStatus.Published, publishTime), (open.Status, open.PublishTime));
        Assert.Equal(48m, open.Content.Table.Find(ReleaseSite.Indicator)!.Cells[0].Find(Privacy.Statistic.Mean)!.Value);
        Assert.Same(open, site.Open.Latest(ReleaseSite.Collection));
    }

    [Fact]
    public async Task Approved_SiloRestartedBeforeItsTime_OpensAllTheSame()
    {
        await using var site = await ReleaseSite.StartAsync(24);
        await site.SubmitAsync(Spread);
        await site.CloseAsync();
        var approved = await site.ReviewAsync(await site.ProposeComputedAsync());
        await site.ScheduleAsync(approved.Name, site.Time.GetUtcNow().AddMinutes(1));

        await site.RestartAsync();
        Assert.Null(site.Open.Find(ReleaseSite.Edition(1)));
        site.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.NotNull(site.Open.Find(ReleaseSite.Edition(1)));

        await site.WithdrawAsync(approved.Name, site.AsOperator());
        Assert.Equal(ReleaseStatus.Withdrawn, site.Open.Find(ReleaseSite.Edition(1))!.Status);
        Assert.Null(site.Open.Latest(ReleaseSite.Collection));
    }

    [Fact]
    public async Task Review_ByTwoPersons_NeedsBothAndNeitherTwice()
    {
        await using var site = await ReleaseSite.StartAsync(24, reviewsRequired: 2);
        await site.SubmitAsync(Spread);
        await site.CloseAsync();
        var proposed = await site.ProposeComputedAsync();

        Assert.Equal(V1.ReleaseState.InReview, (await site.ReviewAsync(proposed)).State);
        Assert.Equal(ErrorReason.ReviewRepeated, await RefusedAsync(() => site.ReviewAsync(proposed)));
        Assert.Equal(V1.ReleaseState.Approved, (await site.ReviewAsync(proposed, person: "cy")).State);
    }

    [Fact]
    public async Task Review_Returned_IsFinalAndAnotherProposalIsAnotherRelease()
    {
        await using var site = await ReleaseSite.StartAsync(24);
        await site.SubmitAsync(Spread);
        await site.CloseAsync();
        var first = await site.ProposeComputedAsync();

        Assert.Equal(V1.ReleaseState.Returned, (await site.ReviewAsync(first, V1.Verdict.Return)).State);
        Assert.Equal(ErrorReason.ReleaseState, await RefusedAsync(() => site.ReviewAsync(first)));
        var second = await site.ProposeComputedAsync(ReleaseSite.Reviewer);
        Assert.Equal(ErrorReason.EtagMismatch, await RefusedAsync(() => site.ReviewAsync(new Proposal(second) { Etag = first.Etag }, person: ReleaseSite.Proposer)));
        Assert.Equal(V1.ReleaseState.Approved, (await site.ReviewAsync(second, person: ReleaseSite.Proposer)).State);

        var list = await site.Releases.ListProposalsAsync(new ListProposalsRequest { Parent = "instruments/-/periods/-", PageSize = 1 }, site.AsOperator());
        Assert.Equal([second.Name], list.Proposals.Select(p => p.Name));
        list = await site.Releases.ListProposalsAsync(new ListProposalsRequest { Parent = "instruments/-/periods/-", PageToken = list.NextPageToken }, site.AsOperator());
        Assert.Equal([(first.Name, 0, "")], list.Proposals.Select(p => (p.Name, p.Release.Benchmarks.Count, p.Etag)));
    }

    [Fact]
    public async Task GetProposal_LookCannotBeRecorded_ShowsNothing()
    {
        FailingLedger? ledger = null;
        await using var site = await ReleaseSite.StartAsync(24, configure: options => options.Services = services =>
            services.AddSingleton<ILedger>(s => ledger = new FailingLedger(s.GetRequiredService<SqliteLedger>())));
        await site.SubmitAsync(Spread);
        await site.CloseAsync();
        var proposed = await site.ProposeComputedAsync();
        Assert.NotEmpty(proposed.Release.Benchmarks);

        ledger!.Fails = stream => stream.StartsWith("releases/", StringComparison.Ordinal);

        Assert.Equal(ErrorReason.LedgerUnavailable, await RefusedAsync(() => site.LookAsync(1)));
    }

    [Fact]
    public async Task Releases_ByAMachineOrAMember_AreRefused()
    {
        await using var site = await ReleaseSite.StartAsync(2);
        var machine = ReleaseSite.Bearer(site.Hub.MachineToken("robot", null, Silo.Access.Scopes.Review));
        var request = new GetProposalRequest { Name = ReleaseSite.Edition(1).ToString() };
        var withdrawal = new WithdrawReleaseRequest { Name = request.Name, Reason = "why", RequestId = Guid.NewGuid().ToString() };

        Assert.Equal(ErrorReason.PersonRequired, await RefusedAsync(() => site.Releases.GetProposalAsync(request, machine).ResponseAsync));
        Assert.Equal(ErrorReason.PersonRequired, await RefusedAsync(() => site.Releases.WithdrawReleaseAsync(withdrawal, machine).ResponseAsync));
        Assert.Equal(ErrorReason.ScopeInsufficient, await RefusedAsync(() => site.Releases.GetProposalAsync(request, site.AsMember(0)).ResponseAsync));
        Assert.Equal(ErrorReason.NotFound, await RefusedAsync(() => site.LookAsync(1)));
    }

    [Fact]
    public async Task ProposeRelease_Repeated_IsTheSameRelease()
    {
        await using var site = await ReleaseSite.StartAsync(24);
        await site.CloseAsync();
        var request = new ProposeReleaseRequest { Parent = ReleaseSite.Collection, RequestId = Guid.NewGuid().ToString() };

        var first = await site.Releases.ProposeReleaseAsync(request, site.AsPerson(ReleaseSite.Proposer));
        var again = await site.Releases.ProposeReleaseAsync(request, site.AsPerson(ReleaseSite.Proposer));

        Assert.Equal(first.Proposal.Name, again.Proposal.Name);
        Assert.Equal(ErrorReason.RequestIdReused, await RefusedAsync(() => site.Releases.ProposeReleaseAsync(
            new ProposeReleaseRequest(request) { Comment = "another" }, site.AsPerson(ReleaseSite.Proposer)).ResponseAsync));
    }

    private static async Task<ErrorReason> RefusedAsync(Func<Task> call)
    {
        var e = await Assert.ThrowsAsync<RpcException>(call);
        var name = e.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!.Reason;
        var reason = Enum.GetValues<ErrorReason>().Single(r => Statuses.NameOf(r) == name);
        Assert.Equal(Statuses.CodeOf(reason), e.StatusCode);
        return reason;
    }
}
