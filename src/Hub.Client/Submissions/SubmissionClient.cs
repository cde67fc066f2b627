using Google.Protobuf;
using Grpc.Core;
using static Hub.V1.SubmissionService;

namespace Hub.Client;

/// <summary>
/// What the caller's own administration submits, and may correct, withdraw and erase. Every act returns a receipt that was verified against
/// the pinned log key and compared with what was sent; an act whose reply was lost is repeated under the same request id. Operators confirm
/// here the erasures that wait for them.
/// </summary>
public sealed class SubmissionClient
{
    private const string Own = "administrations/self";
    private readonly SubmissionServiceClient rpc;
    private readonly HubCalls calls;
    private readonly ReceiptDesk desk;
    private readonly SubmitManyOptions many;

    internal SubmissionClient(SubmissionServiceClient rpc, HubCalls calls, ReceiptDesk desk, SubmitManyOptions many) =>
        (this.rpc, this.calls, this.desk, this.many) = (rpc, calls, desk, many);

    /// <summary>Everything that is wrong with a draft, in the order of its fields; empty if it would be accepted now. Stores nothing.</summary>
    /// <exception cref="HubException">The Hub refused to look, or did not answer.</exception>
    public async Task<IReadOnlyList<FieldViolation>> ValidateAsync(SubmissionDraft draft, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var request = new V1.ValidateSubmissionRequest { Parent = Own, Submission = SubmissionMapping.ToProto(draft) };
        var answer = await calls.CallAsync(rpc.ValidateSubmissionAsync, request, cancellationToken).ConfigureAwait(false);
        return [.. answer.Violations.Select(ErrorMapping.ToViolation)];
    }

    /// <summary>Records a draft, durably. Calling it again with the same draft returns the first answer.</summary>
    /// <exception cref="HubException">The Hub refused, or did not answer; then the same draft may be sent again.</exception>
    /// <exception cref="ReceiptRefusedException">The receipt does not prove what was sent.</exception>
    /// <exception cref="LogInconsistentException">The log's history does not hold.</exception>
    public async Task<Recorded> CreateAsync(SubmissionDraft draft, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(draft);
        var request = new V1.CreateSubmissionRequest
        {
            Parent = Own,
            Submission = SubmissionMapping.ToProto(draft),
            RequestId = draft.RequestId.ToString(),
        };
        return await ActAsync(
            rpc.CreateSubmissionAsync, request, answer => (answer.Submission, answer.Receipt), ExpectedEntry.Submitted(draft), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Records many drafts over one stream and returns what became of each, in any order. At most 64 are under way or not yet taken by the
    /// reader. When the stream breaks it is opened again and whatever is unanswered is sent again under its own request id. Over
    /// <see cref="HubTransport.GrpcWeb"/> single calls are made instead, several at a time.
    /// </summary>
    /// <param name="drafts">The drafts, read as fast as they can be sent. Drafts under way at the same time must have different request ids.</param>
    /// <param name="cancellationToken">Ends it; drafts without a result may or may not be recorded, and may be sent again.</param>
    /// <exception cref="HubException">The Hub cannot be reached, or refuses the whole stream.</exception>
    /// <exception cref="ReceiptRefusedException">A receipt does not prove what was sent.</exception>
    /// <exception cref="LogInconsistentException">The log's history does not hold.</exception>
    public IAsyncEnumerable<SubmitResult> SubmitManyAsync(
        IAsyncEnumerable<SubmissionDraft> drafts, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(drafts);
        return many.Transport == HubTransport.Grpc
            ? new SubmitManyStream(rpc, calls, desk.OpenAsync, AcceptAsync, many).RunAsync(drafts, cancellationToken)
            : SubmitManyCalls.RunAsync(CreateAsync, drafts, cancellationToken);
    }

    /// <summary>Replaces all figures of a submission, with a reason.</summary>
    /// <param name="current">The submission as it was read: the correction meets this version only (<see cref="Submission.Etag"/>).</param>
    /// <param name="figures">All figures, by the codes or full names of their indicators.</param>
    /// <param name="reason">Why, in at most 500 characters. Recorded with the correction.</param>
    /// <param name="requestId">Names the act; a fresh one unless given. Give it to repeat an act whose outcome is unknown.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public async Task<Recorded> CorrectAsync(
        Submission current, IEnumerable<KeyValuePair<string, Figure>> figures, string reason, Guid? requestId = null,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(figures);
        ArgumentNullException.ThrowIfNull(reason);
        var named = SubmissionMapping.ByName(current.Collection, figures);
        var request = new V1.CorrectSubmissionRequest
        {
            Submission = SubmissionMapping.ToProto(current, named),
            Reason = reason,
            RequestId = (requestId ?? Guid.NewGuid()).ToString(),
        };
        return await ActAsync(
            rpc.CorrectSubmissionAsync, request, answer => (answer.Submission, answer.Receipt), ExpectedEntry.Corrected(current, named, reason), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>Takes a submission out of every later edition, with a reason.</summary>
    /// <param name="current">The submission as it was read: the withdrawal meets this version only (<see cref="Submission.Etag"/>).</param>
    /// <param name="reason">Why, in at most 500 characters.</param>
    /// <param name="requestId">Names the act; a fresh one unless given. Give it to repeat an act whose outcome is unknown.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public async Task<Recorded> WithdrawAsync(
        Submission current, string reason, Guid? requestId = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(reason);
        var request = new V1.WithdrawSubmissionRequest
        {
            Name = current.Name,
            Etag = current.Etag,
            Reason = reason,
            RequestId = (requestId ?? Guid.NewGuid()).ToString(),
        };
        return await ActAsync(
            rpc.WithdrawSubmissionAsync, request, answer => (answer.Submission, answer.Receipt), ExpectedEntry.Withdrawn(current, reason), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>
    /// Destroys the content of all versions that the caller ever submitted to the collection of this submission; complete after 30 days,
    /// when the last backup of its key is gone. Cannot be undone. Of a closed collection it waits for an operator: then
    /// the submission comes back as it was, with <see cref="Submission.IsErasureRequested"/>, and the receipt is of the request.
    /// </summary>
    /// <param name="current">Any submission of the collection.</param>
    /// <param name="reason">Why, in at most 500 characters. The reason itself is not erased: name no figure in it.</param>
    /// <param name="requestId">Names the act; a fresh one unless given. Give it to repeat an act whose outcome is unknown.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public async Task<Recorded> EraseAsync(
        Submission current, string reason, Guid? requestId = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(current);
        ArgumentNullException.ThrowIfNull(reason);
        var request = new V1.EraseSubmissionRequest
        {
            Name = current.Name,
            Reason = reason,
            RequestId = (requestId ?? Guid.NewGuid()).ToString(),
        };
        return await ActAsync(
            rpc.EraseSubmissionAsync, request, answer => (answer.Submission, answer.Receipt), ExpectedEntry.Erased(current, reason), cancellationToken)
            .ConfigureAwait(false);
    }

    /// <summary>
    /// The erasures that wait for an operator, the oldest first; fetched page by page as they are read. Scope <c>hub.operate</c>.
    /// </summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public IAsyncEnumerable<Erasure> ListErasuresAsync(CancellationToken cancellationToken = default) =>
        Paging.ReadAsync(async (page, token) =>
        {
            var request = new V1.ListErasuresRequest { PageToken = page };
            var answer = await calls.CallAsync(rpc.ListErasuresAsync, request, token).ConfigureAwait(false);
            return new Page<Erasure>(answer.Erasures.Select(SubmissionMapping.ToErasure), answer.NextPageToken);
        }, cancellationToken);

    /// <summary>
    /// Confirms an erasure: the content is destroyed, and there is no further edition of the collection. Cannot be undone. Scope
    /// <c>hub.operate</c>.
    /// </summary>
    /// <param name="erasure">The erasure, as <see cref="ListErasuresAsync"/> gave it.</param>
    /// <param name="requestId">Names the act; a fresh one unless given. Give it to repeat an act whose outcome is unknown.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>When it was committed.</returns>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public async Task<DateTimeOffset?> ConfirmErasureAsync(
        Erasure erasure, Guid? requestId = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(erasure);
        var request = new V1.ConfirmErasureRequest
        {
            Parent = erasure.Administration,
            Collection = erasure.Collection,
            RequestId = (requestId ?? Guid.NewGuid()).ToString(),
        };
        var answer = await calls.CallAsync(rpc.ConfirmErasureAsync, request, cancellationToken).ConfigureAwait(false);
        return answer.EraseTime?.ToDateTimeOffset();
    }

    /// <summary>One submission of the caller, in its latest version.</summary>
    /// <param name="name"><c>administrations/{code}/submissions/{uuid}</c>; the code may be <c>self</c>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public async Task<Submission> GetAsync(string name, CancellationToken cancellationToken = default)
    {
        var request = new V1.GetSubmissionRequest { Name = name };
        var answer = await calls.CallAsync(rpc.GetSubmissionAsync, request, cancellationToken).ConfigureAwait(false);
        return SubmissionMapping.ToSubmission(answer.Submission);
    }

    /// <summary>The caller's submissions, the latest version of each, oldest first; fetched page by page as they are read.</summary>
    /// <param name="collection">If given, only those to this collection.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public IAsyncEnumerable<Submission> ListAsync(string? collection = null, CancellationToken cancellationToken = default) =>
        Paging.ReadAsync(async (page, token) =>
        {
            var request = new V1.ListSubmissionsRequest { Parent = Own, Collection = collection ?? "", PageToken = page };
            var answer = await calls.CallAsync(rpc.ListSubmissionsAsync, request, token).ConfigureAwait(false);
            return new Page<Submission>(answer.Submissions.Select(SubmissionMapping.ToSubmission), answer.NextPageToken);
        }, cancellationToken);

    /// <summary>The receipt of one act again, proved against the latest checkpoint and verified. Erased content has none.</summary>
    /// <param name="name">The submission, <c>administrations/{code}/submissions/{uuid}</c>.</param>
    /// <param name="version">Which act: 1 is the creation.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    /// <exception cref="ReceiptRefusedException">The receipt does not verify, or is of something else.</exception>
    public async Task<VerifiedReceipt> GetReceiptAsync(string name, long version, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(name);
        var expected = ExpectedEntry.Act(SubmissionMapping.IdOf(name), version);
        var request = new V1.GetReceiptRequest { Name = $"{name}/receipts/{version}" };
        var answer = await calls.CallAsync(rpc.GetReceiptAsync, request, cancellationToken).ConfigureAwait(false);
        return await desk.AcceptAsync(answer.Receipt, expected, cancellationToken).ConfigureAwait(false);
    }

    private async Task<Recorded> ActAsync<TRequest, TResponse>(
        Func<TRequest, CallOptions, AsyncUnaryCall<TResponse>> act, TRequest request, Func<TResponse, (V1.Submission?, V1.Receipt?)> open,
        ExpectedEntry expected, CancellationToken cancellationToken)
        where TRequest : IMessage
    {
        try
        {
            await desk.OpenAsync(cancellationToken).ConfigureAwait(false);
            var (submission, receipt) = open(await calls.CallAsync(act, request, cancellationToken).ConfigureAwait(false));
            return await AcceptAsync(submission, receipt, expected, cancellationToken).ConfigureAwait(false);
        }
        catch (HubException e)
        {
            e.RequestId = SafeToRepeat.RequestIdOf(request);
            throw;
        }
    }

    private Task<Recorded> AcceptAsync(SubmissionDraft draft, V1.CreateSubmissionResponse answer, CancellationToken cancellationToken) =>
        AcceptAsync(answer.Submission, answer.Receipt, ExpectedEntry.Submitted(draft), cancellationToken);

    private async Task<Recorded> AcceptAsync(
        V1.Submission? sent, V1.Receipt? receipt, ExpectedEntry expected, CancellationToken cancellationToken)
    {
        try
        {
            var verified = await desk.AcceptAsync(receipt, expected, cancellationToken).ConfigureAwait(false);
            // The name is what the caller acts on from now on, so it must be of the very entry that was proved.
            if (sent is null || sent.Name != $"{verified.Header.Stream}/submissions/{expected.Submission}")
                throw new ReceiptRefusedException("The answer names another submission than the receipt.", receiptJson: verified.ToJson());
            return new Recorded(SubmissionMapping.ToSubmission(sent), verified);
        }
        catch (HubException e)
        {
            e.RecordedName = sent?.Name;
            throw;
        }
    }
}
