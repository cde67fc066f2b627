using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Hub.Client;

/// <summary>SubmitMany without a stream: single calls, several at a time, each with its own repetitions.</summary>
internal static class SubmitManyCalls
{
    public static async IAsyncEnumerable<SubmitResult> RunAsync(
        Func<SubmissionDraft, CancellationToken, Task<Recorded>> create, IAsyncEnumerable<SubmissionDraft> drafts,
        [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var results = Channel.CreateBounded<SubmitResult>(SubmitManyOptions.InFlightMax);
        var running = FillAsync(create, drafts, results.Writer, stop.Token);
        try
        {
            await foreach (var result in results.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false)) yield return result;
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(false);
        }
    }

    private static async Task FillAsync(
        Func<SubmissionDraft, CancellationToken, Task<Recorded>> create, IAsyncEnumerable<SubmissionDraft> drafts,
        ChannelWriter<SubmitResult> results, CancellationToken cancellationToken)
    {
        var options = new ParallelOptions { MaxDegreeOfParallelism = SubmitManyOptions.CallsMax, CancellationToken = cancellationToken };
        try
        {
            await Parallel.ForEachAsync(drafts, options, async (draft, token) =>
                await results.WriteAsync(await CreateAsync(create, draft, token).ConfigureAwait(false), token).ConfigureAwait(false))
                .ConfigureAwait(false);
            results.Complete();
        }
        catch (Exception e)
        {
            results.Complete(e);
        }
    }

    private static async Task<SubmitResult> CreateAsync(
        Func<SubmissionDraft, CancellationToken, Task<Recorded>> create, SubmissionDraft draft, CancellationToken cancellationToken)
    {
        try
        {
            return new SubmitResult(draft, await create(draft, cancellationToken).ConfigureAwait(false), null);
        }
        catch (HubException e) when (IsOfOneDraft(e))
        {
            return new SubmitResult(draft, null, e);
        }
    }

    // What the Hub says of one draft is its result; an outage, a refused caller or a broken log ends it all.
    private static bool IsOfOneDraft(HubException e) =>
        !e.IsTransient && e.Reason is not (ErrorReason.Unspecified or ErrorReason.TokenMissing or ErrorReason.TokenInvalid
            or ErrorReason.ScopeInsufficient or ErrorReason.AdministrationSuspended);
}
