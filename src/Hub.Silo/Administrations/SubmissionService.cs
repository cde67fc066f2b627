using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Hub.Silo.Access;
using Hub.Silo.Disclosures;
using Hub.Silo.Hosting;
using Hub.V1;

namespace Hub.Silo.Administrations;

/// <summary>The gRPC face of the administrations: it maps and asks the caller's own grain, and decides nothing.</summary>
internal sealed class SubmissionService(IGrainFactory grains, RequestKeys keys, SubmitManyStream submitMany, CurrentChanges changes) : V1.SubmissionService.SubmissionServiceBase
{
    public override async Task<ValidateSubmissionResponse> ValidateSubmission(ValidateSubmissionRequest request, ServerCallContext context)
    {
        var own = SubmissionMapping.ParseParent(request.Parent, context.Caller()).OrThrow();
        var violations = await Grain(own).ValidateAsync(SubmissionMapping.ToDraft(request.Submission));
        return new ValidateSubmissionResponse { Violations = { violations.Select(Statuses.From) } };
    }

    public override async Task<CreateSubmissionResponse> CreateSubmission(CreateSubmissionRequest request, ServerCallContext context)
    {
        var own = SubmissionMapping.ParseParent(request.Parent, context.Caller()).OrThrow();
        return await CreateAsync(own, request.Submission, request.RequestId, context.Caller());
    }

    public override Task SubmitMany(
        IAsyncStreamReader<SubmitManyRequest> requests, IServerStreamWriter<SubmitManyResponse> responses, ServerCallContext context)
    {
        var caller = context.Caller();
        return submitMany.RunAsync(requests, responses, context, m => CreateAsync(caller.Administration!, m.Submission, m.RequestId, caller));
    }

    public override async Task<CorrectSubmissionResponse> CorrectSubmission(CorrectSubmissionRequest request, ServerCallContext context)
    {
        var id = SubmissionMapping.ParseName(request.Submission?.Name ?? "", context.Caller()).OrThrow();
        var act = Act(request.RequestId, request, context);
        var command = new CorrectCommand(act, id, request.Submission!.Etag, SubmissionMapping.ToDraft(request.Submission), request.Reason);
        var (submission, receipt) = Recorded(await Grain(context).CorrectAsync(command), context.Caller().Administration!);
        return new CorrectSubmissionResponse { Submission = submission, Receipt = receipt };
    }

    public override async Task<WithdrawSubmissionResponse> WithdrawSubmission(WithdrawSubmissionRequest request, ServerCallContext context)
    {
        var id = SubmissionMapping.ParseName(request.Name, context.Caller()).OrThrow();
        var command = new WithdrawCommand(Act(request.RequestId, request, context), id, request.Etag, request.Reason);
        var (submission, receipt) = Recorded(await Grain(context).WithdrawAsync(command), context.Caller().Administration!);
        return new WithdrawSubmissionResponse { Submission = submission, Receipt = receipt };
    }

    public override async Task<EraseSubmissionResponse> EraseSubmission(EraseSubmissionRequest request, ServerCallContext context)
    {
        var id = SubmissionMapping.ParseName(request.Name, context.Caller()).OrThrow();
        var command = new EraseCommand(Act(request.RequestId, request, context), id, request.Reason);
        var (submission, receipt) = Recorded(await Grain(context).EraseAsync(command), context.Caller().Administration!);
        return new EraseSubmissionResponse { Submission = submission, Receipt = receipt };
    }

    public override async Task<ConfirmErasureResponse> ConfirmErasure(ConfirmErasureRequest request, ServerCallContext context)
    {
        var administration = SubmissionMapping.ParseAnyParent(request.Parent).OrThrow();
        var command = new ConfirmErasureCommand(Act(request.RequestId, request, context), request.Collection);
        var erased = (await Grain(administration).ConfirmErasureAsync(command)).OrThrow();
        return new ConfirmErasureResponse { EraseTime = erased.UpdateTime.ToTimestamp() };
    }

    public override Task<ListErasuresResponse> ListErasures(ListErasuresRequest request, ServerCallContext context)
    {
        var page = Paging.Take(request, changes.Pending, p => $"{p.Position}").OrThrow();
        return Task.FromResult(new ListErasuresResponse { Erasures = { page.Items.Select(SubmissionMapping.ToProto) }, NextPageToken = page.NextPageToken });
    }

    public override async Task<GetSubmissionResponse> GetSubmission(GetSubmissionRequest request, ServerCallContext context)
    {
        var id = SubmissionMapping.ParseName(request.Name, context.Caller()).OrThrow();
        var answer = (await Grain(context).GetAsync(id)).OrThrow();
        return new GetSubmissionResponse { Submission = SubmissionMapping.ToProto(answer, context.Caller().Administration!) };
    }

    public override async Task<ListSubmissionsResponse> ListSubmissions(ListSubmissionsRequest request, ServerCallContext context)
    {
        var own = SubmissionMapping.ParseParent(request.Parent, context.Caller()).OrThrow();
        var all = await Grain(own).ListAsync(request.Collection);
        var page = Paging.Take(request, all, s => s.Id.ToString("N")).OrThrow();
        return new ListSubmissionsResponse
        {
            Submissions = { page.Items.Select(s => SubmissionMapping.ToProto(s, own)) },
            NextPageToken = page.NextPageToken,
        };
    }

    public override async Task<GetReceiptResponse> GetReceipt(GetReceiptRequest request, ServerCallContext context)
    {
        var (id, version) = SubmissionMapping.ParseReceiptName(request.Name, context.Caller()).OrThrow();
        var (_, receipt) = Recorded(await Grain(context).GetReceiptAsync(id, version), context.Caller().Administration!);
        return new GetReceiptResponse { Receipt = receipt };
    }

    // SubmitMany repairs what CreateSubmission began, and the other way round: both use this RPC's name for the request id.
    private async Task<CreateSubmissionResponse> CreateAsync(string own, Submission? submission, string requestId, Caller caller)
    {
        const string rpc = "CreateSubmission";
        var act = keys.ToAct(caller, rpc, requestId, submission ?? new Submission()).OrThrow();
        var answer = await Grain(own).CreateAsync(new CreateCommand(act, SubmissionMapping.ToDraft(submission)));
        var (recorded, receipt) = Recorded(answer, own);
        return new CreateSubmissionResponse { Submission = recorded, Receipt = receipt };
    }

    private Act Act(string requestId, Google.Protobuf.IMessage request, ServerCallContext context) =>
        keys.ToAct(context.Caller(), context.Method, requestId, request).OrThrow();

    private static (Submission Submission, Receipt Receipt) Recorded(Decision<SubmissionAnswer> decision, string administration)
    {
        var answer = decision.OrThrow();
        return (SubmissionMapping.ToProto(answer, administration), SubmissionMapping.ToReceipt(answer, administration));
    }

    private IAdministrationGrain Grain(ServerCallContext context) => Grain(context.Caller().Administration!);

    private IAdministrationGrain Grain(string administration) => grains.GetGrain<IAdministrationGrain>(administration);
}
