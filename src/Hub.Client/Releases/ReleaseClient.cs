using Google.Protobuf.WellKnownTypes;
using static Hub.V1.ReleaseService;

namespace Hub.Client;

/// <summary>
/// How contributions become a release, for the secretariat: one person proposes, others review, an operator sets the time. Scope
/// <c>hub.review</c> (persons only) to propose and review, <c>hub.operate</c> to schedule, either to list and to withdraw.
/// </summary>
public sealed class ReleaseClient
{
    private const string AllCollections = "instruments/-/periods/-";
    private static readonly TimeSpan LookPause = TimeSpan.FromMilliseconds(250);
    private readonly ReleaseServiceClient rpc;
    private readonly HubCalls calls;
    private readonly TimeProvider time;

    internal ReleaseClient(ReleaseServiceClient rpc, HubCalls calls, TimeProvider time) => (this.rpc, this.calls, this.time) = (rpc, calls, time);

    /// <summary>Asks for a release of a closed collection; answers at once, in state <see cref="ReleaseState.Computing"/>.</summary>
    /// <param name="collection"><c>instruments/{instrument}/periods/{period}</c></param>
    /// <param name="comment">What the reviewers should know, in at most 500 characters. Name no figure in it.</param>
    /// <param name="requestId">Names the act; a fresh one unless given. Give it to repeat an act whose outcome is unknown.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public async Task<Proposal> ProposeAsync(
        string collection, string comment, Guid? requestId = null, CancellationToken cancellationToken = default)
    {
        var request = new V1.ProposeReleaseRequest { Parent = collection, Comment = comment, RequestId = Id(requestId) };
        var answer = await calls.CallAsync(rpc.ProposeReleaseAsync, request, cancellationToken).ConfigureAwait(false);
        return ReleaseMapping.ToProposal(answer.Proposal);
    }

    /// <summary>One proposal with its protected figures. Each look at them is recorded, before the answer.</summary>
    /// <param name="name"><c>instruments/{instrument}/periods/{period}/releases/{edition}</c></param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public async Task<Proposal> GetAsync(string name, CancellationToken cancellationToken = default)
    {
        var request = new V1.GetProposalRequest { Name = name };
        var answer = await calls.CallAsync(rpc.GetProposalAsync, request, cancellationToken).ConfigureAwait(false);
        return ReleaseMapping.ToProposal(answer.Proposal);
    }

    /// <summary>As <see cref="GetAsync"/>, asked again until it is computed.</summary>
    /// <param name="name"><c>instruments/{instrument}/periods/{period}/releases/{edition}</c></param>
    /// <param name="cancellationToken">Ends the waiting; a computation may take a while.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public async Task<Proposal> GetComputedAsync(string name, CancellationToken cancellationToken = default)
    {
        while (true)
        {
            var proposal = await GetAsync(name, cancellationToken).ConfigureAwait(false);
            if (proposal.State != ReleaseState.Computing) return proposal;
            await Task.Delay(LookPause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>The proposals without their figures, the newest first. Fetched page by page as they are read.</summary>
    /// <param name="collection"><c>instruments/{instrument}/periods/{period}</c>, with <c>-</c> for any; all unless given.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public IAsyncEnumerable<Proposal> ListAsync(string collection = AllCollections, CancellationToken cancellationToken = default) =>
        Paging.ReadAsync(async (page, token) =>
        {
            var request = new V1.ListProposalsRequest { Parent = collection, PageToken = page };
            var answer = await calls.CallAsync(rpc.ListProposalsAsync, request, token).ConfigureAwait(false);
            return new Page<Proposal>(answer.Proposals.Select(ReleaseMapping.ToProposal), answer.NextPageToken);
        }, cancellationToken);

    /// <summary>Approves a proposal, or returns it. Nobody reviews what he proposed, and nobody twice.</summary>
    /// <param name="seen">The proposal as it was looked at: the verdict is on exactly these figures.</param>
    /// <param name="verdict">Approve or return.</param>
    /// <param name="comment">Why, in at most 500 characters; required to return it. Name no figure in it.</param>
    /// <param name="requestId">Names the act; a fresh one unless given. Give it to repeat an act whose outcome is unknown.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public async Task<Proposal> ReviewAsync(
        Proposal seen, Verdict verdict, string comment = "", Guid? requestId = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(seen);
        var request = new V1.ReviewReleaseRequest
        {
            Name = seen.Name,
            Verdict = (V1.Verdict)verdict,
            Comment = comment,
            Etag = seen.Etag,
            RequestId = Id(requestId),
        };
        var answer = await calls.CallAsync(rpc.ReviewReleaseAsync, request, cancellationToken).ConfigureAwait(false);
        return ReleaseMapping.ToProposal(answer.Proposal);
    }

    /// <summary>Sets the time at which an approved release opens, once. Scope <c>hub.operate</c>.</summary>
    /// <param name="name"><c>instruments/{instrument}/periods/{period}/releases/{edition}</c></param>
    /// <param name="publishTime">At least the policy's lead from now.</param>
    /// <param name="requestId">Names the act; a fresh one unless given. Give it to repeat an act whose outcome is unknown.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public async Task<Proposal> ScheduleAsync(
        string name, DateTimeOffset publishTime, Guid? requestId = null, CancellationToken cancellationToken = default)
    {
        var request = new V1.ScheduleReleaseRequest
        {
            Name = name,
            PublishTime = Timestamp.FromDateTimeOffset(publishTime),
            RequestId = Id(requestId),
        };
        var answer = await calls.CallAsync(rpc.ScheduleReleaseAsync, request, cancellationToken).ConfigureAwait(false);
        return ReleaseMapping.ToProposal(answer.Proposal);
    }

    /// <summary>Takes a release back. Before publication its proposer, a reviewer or an operator may; after it an operator.</summary>
    /// <param name="name"><c>instruments/{instrument}/periods/{period}/releases/{edition}</c></param>
    /// <param name="reason">Why, in at most 500 characters, for everybody who saw the release. Name no figure in it.</param>
    /// <param name="requestId">Names the act; a fresh one unless given. Give it to repeat an act whose outcome is unknown.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public async Task<Proposal> WithdrawAsync(
        string name, string reason, Guid? requestId = null, CancellationToken cancellationToken = default)
    {
        var request = new V1.WithdrawReleaseRequest { Name = name, Reason = reason, RequestId = Id(requestId) };
        var answer = await calls.CallAsync(rpc.WithdrawReleaseAsync, request, cancellationToken).ConfigureAwait(false);
        return ReleaseMapping.ToProposal(answer.Proposal);
    }

    private static string Id(Guid? requestId) => (requestId ?? Guid.NewGuid()).ToString();
}
