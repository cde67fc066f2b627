using System.Text;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using static Hub.V1.SubmissionService;

namespace Hub.SystemTests.Client;

internal sealed class FakeSubmissionService(FakeHub hub) : SubmissionServiceBase
{
    public override Task<V1.ValidateSubmissionResponse> ValidateSubmission(V1.ValidateSubmissionRequest request, ServerCallContext context) =>
        Task.FromResult(new V1.ValidateSubmissionResponse
        {
            Violations = { new BadRequest.Types.FieldViolation { Field = "submission.values[0].decimal", Description = "It is too great. Send less." } },
        });

    public override Task<V1.CreateSubmissionResponse> CreateSubmission(V1.CreateSubmissionRequest request, ServerCallContext context) =>
        Task.FromResult(Create(request.Submission, request.RequestId));

    public override Task<V1.CorrectSubmissionResponse> CorrectSubmission(V1.CorrectSubmissionRequest request, ServerCallContext context)
    {
        var (submission, receipt) = Act("corrected", request.Submission, request.Submission.Values, request.Reason, request.RequestId);
        return Task.FromResult(new V1.CorrectSubmissionResponse { Submission = submission, Receipt = receipt });
    }

    public override Task<V1.WithdrawSubmissionResponse> WithdrawSubmission(V1.WithdrawSubmissionRequest request, ServerCallContext context)
    {
        var (submission, receipt) = Act("withdrawn", Known(request.Name), null, request.Reason, request.RequestId);
        return Task.FromResult(new V1.WithdrawSubmissionResponse { Submission = submission, Receipt = receipt });
    }

    public override Task<V1.EraseSubmissionResponse> EraseSubmission(V1.EraseSubmissionRequest request, ServerCallContext context)
    {
        var (submission, receipt) = Act("erased", Known(request.Name), null, request.Reason, request.RequestId);
        return Task.FromResult(new V1.EraseSubmissionResponse { Submission = submission, Receipt = receipt });
    }

    public override Task<V1.GetSubmissionResponse> GetSubmission(V1.GetSubmissionRequest request, ServerCallContext context) =>
        Task.FromResult(new V1.GetSubmissionResponse { Submission = Known(request.Name) });

    public override Task<V1.GetReceiptResponse> GetReceipt(V1.GetReceiptRequest request, ServerCallContext context)
    {
        var id = request.Name.Split('/')[3];
        return Task.FromResult(new V1.GetReceiptResponse { Receipt = hub.Tamper(hub.Log.Prove(First(id).Receipt)) });
    }

    public override Task<V1.ListSubmissionsResponse> ListSubmissions(V1.ListSubmissionsRequest request, ServerCallContext context)
    {
        // Three pages of two, the last of one.
        var page = request.PageToken.Length == 0 ? 0 : int.Parse(request.PageToken, null);
        var answer = new V1.ListSubmissionsResponse { NextPageToken = page == 2 ? "" : $"{page + 1}" };
        answer.Submissions.AddRange(Enumerable.Range(2 * page, page == 2 ? 1 : 2).Select(number => new V1.Submission
        {
            Name = $"administrations/UA/submissions/{new Guid(number, 0, 0, new byte[8])}",
            Collection = request.Collection,
            State = V1.SubmissionState.Live,
            Version = 1,
        }));
        return Task.FromResult(answer);
    }

    public override Task SubmitMany(
        IAsyncStreamReader<V1.SubmitManyRequest> requests, IServerStreamWriter<V1.SubmitManyResponse> responses, ServerCallContext context) =>
        hub.Many.ServeAsync(requests, responses, context, message => Create(message.Submission, message.RequestId));

    private V1.CreateSubmissionResponse Create(V1.Submission sent, string requestId)
    {
        var named = sent.Clone();
        named.Name = $"{hub.Stream}/submissions/{requestId}";
        var (submission, receipt) = Act("submitted", named, sent.Values, null, requestId);
        return new V1.CreateSubmissionResponse { Submission = submission, Receipt = receipt };
    }

    private (V1.Submission, V1.Receipt) Act(
        string kind, V1.Submission submission, IEnumerable<V1.IndicatorValue>? values, string? reason, string requestId)
    {
        var (recorded, receipt) = hub.Records.Once(requestId, () =>
        {
            var payload = hub.Misrecord(FakeRecords.Payload(submission.Name.Split('/')[3], submission.Collection, values, reason));
            var made = hub.Log.Append(hub.Stream, kind, Encoding.UTF8.GetBytes(payload), DateTimeOffset.UnixEpoch);
            var now = submission.Clone();
            now.Version = hub.Records.VersionOf(submission.Name);
            now.State = kind switch
            {
                "withdrawn" => V1.SubmissionState.Withdrawn,
                "erased" => V1.SubmissionState.Erased,
                _ => V1.SubmissionState.Live,
            };
            now.Version++;
            now.Etag = $"etag-{now.Version}";
            now.CreateTime = now.UpdateTime = Timestamp.FromDateTimeOffset(DateTimeOffset.UnixEpoch);
            now.Reason = reason ?? "";
            hub.Records.Keep(now);
            return (now, made);
        });
        var named = recorded.Clone();
        named.Name = hub.Misname(named.Name);
        return (named, hub.Tamper(receipt));
    }

    private V1.Submission Known(string name) => hub.Records.Current(name);

    private (V1.Submission Submission, V1.Receipt Receipt) First(string id) =>
        hub.Records.Once(id, () => throw new RpcException(new Grpc.Core.Status(StatusCode.PermissionDenied, "")));
}
