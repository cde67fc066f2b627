using Google.Protobuf;
using Grpc.Core;
using Hub.Silo.Access;
using Hub.Silo.Disclosures;
using Hub.Silo.Hosting;
using Hub.Silo.Ledger;
using Hub.V1;

namespace Hub.Silo.Releases;

/// <summary>The gRPC face of releases on their way. What is asked goes to the grains, what is told comes from what this silo has followed.</summary>
internal sealed class ReleaseService(
    IGrainFactory grains, CurrentReleases current, OpenReleases open, ILedgerTail tail, RequestKeys keys, TimeProvider time)
    : V1.ReleaseService.ReleaseServiceBase
{
    public override async Task<ProposeReleaseResponse> ProposeRelease(ProposeReleaseRequest request, ServerCallContext context)
    {
        if (ReleaseName.Parse($"{request.Parent}/releases/1") is not { } first)
        {
            throw new HubException(Refusal.NotFound("such collection"));
        }

        var command = new ProposeReleaseCommand(Act(request.RequestId, request, context), keys.Actor(context.Caller()), request.Parent, request.Comment.Trim());
        var proposed = (await grains.GetGrain<IDisclosureGrain>(first.Instrument).ProposeAsync(command)).OrThrow();
        return new ProposeReleaseResponse { Proposal = await ToldAsync(proposed.Release, proposed.Position, context) };
    }

    public override async Task<GetProposalResponse> GetProposal(GetProposalRequest request, ServerCallContext context)
    {
        var name = ReleaseMapping.ToName(request.Name).OrThrow();
        // Each look is an act of its own.
        var command = new ViewCommand(Act(Guid.NewGuid().ToString(), request, context), Actor(context));
        await CaughtUpAsync(await Release(name).ViewAsync(command), context);
        var state = current.Find(name)!;
        return new GetProposalResponse { Proposal = ReleaseMapping.ToProtoWithFigures(state, StatusOf(state)) };
    }

    public override Task<ListProposalsResponse> ListProposals(ListProposalsRequest request, ServerCallContext context)
    {
        RequireRole(Actor(context));
        var isMeant = ReleaseMapping.ToFilter(request.Parent).OrThrow();
        var all = current.All.Values.Where(r => isMeant(r.Name)).OrderByDescending(r => r.Computation!.Fence).ToList();
        var page = Paging.Take(request, all, r => r.Name.Key).OrThrow();
        return Task.FromResult(new ListProposalsResponse
        {
            Proposals = { page.Items.Select(state => ReleaseMapping.ToProto(state, StatusOf(state))) },
            NextPageToken = page.NextPageToken,
        });
    }

    public override async Task<ReviewReleaseResponse> ReviewRelease(ReviewReleaseRequest request, ServerCallContext context)
    {
        var name = ReleaseMapping.ToName(request.Name).OrThrow();
        var command = new ReviewCommand(
            Act(request.RequestId, request, context), Actor(context), (int)request.Verdict, request.Comment, request.Etag);
        return new ReviewReleaseResponse { Proposal = await ToldAsync(name, await Release(name).ReviewAsync(command), context) };
    }

    public override async Task<ScheduleReleaseResponse> ScheduleRelease(ScheduleReleaseRequest request, ServerCallContext context)
    {
        var name = ReleaseMapping.ToName(request.Name).OrThrow();
        var command = new ScheduleCommand(Act(request.RequestId, request, context), Actor(context), ReleaseMapping.ToTime(request.PublishTime));
        return new ScheduleReleaseResponse { Proposal = await ToldAsync(name, await Release(name).ScheduleAsync(command), context) };
    }

    public override async Task<WithdrawReleaseResponse> WithdrawRelease(WithdrawReleaseRequest request, ServerCallContext context)
    {
        RequireRole(Actor(context));
        var name = ReleaseMapping.ToName(request.Name).OrThrow();
        var command = new WithdrawCommand(Act(request.RequestId, request, context), Actor(context), request.Reason);
        return new WithdrawReleaseResponse { Proposal = await ToldAsync(name, await Release(name).WithdrawAsync(command), context) };
    }

    private IReleaseGrain Release(ReleaseName name) => grains.GetGrain<IReleaseGrain>(name.Key);

    private ReleaseActor Actor(ServerCallContext context) => ReleaseMapping.ToActor(context.Caller(), keys);

    private Act Act(string requestId, IMessage request, ServerCallContext context) =>
        keys.ToAct(context.Caller(), context.Method, requestId, request).OrThrow();

    private async Task<Proposal> ToldAsync(ReleaseName name, Decision<ReleaseAnswer> decision, ServerCallContext context) =>
        await ToldAsync(name, decision.OrThrow().Position, context);

    private async Task<Proposal> ToldAsync(ReleaseName name, long position, ServerCallContext context)
    {
        await tail.CaughtUpAsync(position, context.CancellationToken);
        var state = current.Find(name)!;
        return ReleaseMapping.ToProto(state, StatusOf(state));
    }

    private Task CaughtUpAsync(Decision<ReleaseAnswer> decision, ServerCallContext context) =>
        tail.CaughtUpAsync(decision.OrThrow().Position, context.CancellationToken);

    // That a later edition is open is seen from what is open; and that an erasure came before its time, from that it never will be.
    private ReleaseStatus StatusOf(ReleaseState state) =>
        open.Find(state.Name)?.Status ?? (open.IsStopped(state) ? ReleaseStatus.Withdrawn : state.StatusAt(time.GetUtcNow()));

    private static void RequireRole(ReleaseActor actor)
    {
        if (actor is { IsReviewer: false, IsOperator: false })
        {
            throw new HubException(new Refusal(ErrorReason.PersonRequired, "Reviewing needs a person who signed in (authorization code), not a machine."));
        }
    }
}
