using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Grpc.Core;
using static Hub.V1.SubmissionService;

namespace Hub.Client;

/// <summary>
/// One run of SubmitMany over the bidirectional stream: a pump that takes drafts while the window has room, a stream that is opened again
/// when it breaks and then sends whatever is unanswered, and answers that are verified beside one another.
/// </summary>
internal sealed class SubmitManyStream(
    SubmissionServiceClient rpc, HubCalls calls, Func<CancellationToken, Task> prepare,
    Func<SubmissionDraft, V1.CreateSubmissionResponse, CancellationToken, Task<Recorded>> accept, SubmitManyOptions options)
{
    private readonly ConcurrentDictionary<Guid, Unanswered> unanswered = new();
    private readonly Channel<Unanswered> outgoing = Channel.CreateUnbounded<Unanswered>();
    private readonly Channel<SubmitResult> results = Channel.CreateUnbounded<SubmitResult>();
    private volatile bool drained;
    private volatile bool ended;
    private int answers;
    private int streams;

    public async IAsyncEnumerable<SubmitResult> RunAsync(
        IAsyncEnumerable<SubmissionDraft> drafts, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // Room is given back when the caller takes a result, so neither the Hub nor a slow reader is ever flooded.
        using var window = new SemaphoreSlim(SubmitManyOptions.InFlightMax);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var running = Task.WhenAll(PumpAsync(drafts, window, stop.Token), KeepStreamAsync(stop.Token));
        try
        {
            await foreach (var result in results.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
            {
                window.Release();
                yield return result;
            }
        }
        finally
        {
            await stop.CancelAsync().ConfigureAwait(false);
            await running.ConfigureAwait(false);
        }
    }

    private async Task PumpAsync(IAsyncEnumerable<SubmissionDraft> drafts, SemaphoreSlim window, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var draft in drafts.WithCancellation(cancellationToken).ConfigureAwait(false))
            {
                await window.WaitAsync(cancellationToken).ConfigureAwait(false);
                var item = new Unanswered(draft);
                if (!unanswered.TryAdd(draft.RequestId, item))
                    throw new ArgumentException($"Two drafts under way have the request id {draft.RequestId}.", nameof(drafts));
                outgoing.Writer.TryWrite(item);
            }

            drained = true;
            EndIfDone();
        }
        catch (Exception e)
        {
            End(e);
        }
    }

    private async Task KeepStreamAsync(CancellationToken cancellationToken)
    {
        try
        {
            // No stream for nothing: it is opened with the first draft.
            if (await outgoing.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false)) await prepare(cancellationToken).ConfigureAwait(false);
            while (!ended && (!unanswered.IsEmpty || await outgoing.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false)))
                await options.Pipeline.ExecuteLastingAsync(OpenAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception e)
        {
            End(e);
        }
    }

    // A stream that brought answers before it broke has served: the next one starts with all its repetitions.
    private async Task OpenAsync(CancellationToken cancellationToken)
    {
        var before = Volatile.Read(ref answers);
        try
        {
            await calls.WithTokenAsync(ConverseAsync, cancellationToken).ConfigureAwait(false);
        }
        catch (HubException e) when ((e.IsTransient || e.StatusCode == StatusCode.Unauthenticated) && Volatile.Read(ref answers) > before)
        {
        }
    }

    private async Task<bool> ConverseAsync(string token, CancellationToken cancellationToken)
    {
        using var cut = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        using var silence = options.Time.CreateTimer(_ => CutIfSilent(cut), null, options.SilenceMax, options.SilenceMax);
        using var call = rpc.SubmitMany(new CallOptions(HubCalls.Bearer(token), cancellationToken: cut.Token));
        var writing = WriteAsync(call.RequestStream, Interlocked.Increment(ref streams), silence, cut.Token);
        try
        {
            while (await call.ResponseStream.MoveNext(cut.Token).ConfigureAwait(false))
            {
                silence.Change(options.SilenceMax, options.SilenceMax);
                Take(call.ResponseStream.Current, cancellationToken);
            }

            // The Hub ends each stream after a while; with nothing under way that is no failure.
            return outgoing.Reader.Completion.IsCompleted || unanswered.IsEmpty
                ? true : throw new HubException("The Hub ended the stream with messages unanswered.", StatusCode.Unavailable);
        }
        catch (RpcException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            throw cut.IsCancellationRequested
                ? new HubException($"The stream brought no answer for {options.SilenceMax}.", StatusCode.DeadlineExceeded, e)
                : calls.ToException(e);
        }
        finally
        {
            await cut.CancelAsync().ConfigureAwait(false);
            await writing.ConfigureAwait(false);
        }
    }

    private void CutIfSilent(CancellationTokenSource cut)
    {
        if (!unanswered.Values.Any(item => item.IsSent)) return;
        try
        {
            cut.Cancel();
        }
        catch (ObjectDisposedException)
        {
            // The stream ended in this moment.
        }
    }

    private async Task WriteAsync(
        IClientStreamWriter<V1.SubmitManyRequest> writer, int stream, ITimer silence, CancellationToken cancellationToken)
    {
        try
        {
            foreach (var item in unanswered.Values) await SendAsync(item).ConfigureAwait(false);
            await foreach (var item in outgoing.Reader.ReadAllAsync(cancellationToken).ConfigureAwait(false))
                await SendAsync(item).ConfigureAwait(false);
            await writer.CompleteAsync().ConfigureAwait(false);
        }
        catch (Exception e) when (e is RpcException or InvalidOperationException or OperationCanceledException)
        {
            // The reading side learns why the stream ended; what was not written is still among the unanswered.
        }

        async Task SendAsync(Unanswered item)
        {
            if (!item.TryClaim(stream)) return;
            silence.Change(options.SilenceMax, options.SilenceMax);
            await writer.WriteAsync(item.Message, cancellationToken).ConfigureAwait(false);
        }
    }

    private void Take(V1.SubmitManyResponse answer, CancellationToken cancellationToken)
    {
        // A message that was sent twice is answered twice; the second answer is the first one again.
        if (!Guid.TryParse(answer.RequestId, out var id) || !unanswered.TryGetValue(id, out var item)) return;
        if (answer.AnswerCase == V1.SubmitManyResponse.AnswerOneofCase.Created)
        {
            if (item.TrySettle()) _ = AcceptAsync(item, answer.Created, cancellationToken);
            return;
        }

        var refusal = ErrorMapping.ToException(answer.Status ?? new Google.Rpc.Status { Code = (int)StatusCode.Unknown });
        refusal.RequestId = id;
        if (refusal.IsTransient && item.TryResend()) _ = ResendAsync(item, refusal.RetryAfter, cancellationToken);
        else if (item.TrySettle()) Answer(item, new SubmitResult(item.Draft, null, refusal));
    }

    private async Task AcceptAsync(Unanswered item, V1.CreateSubmissionResponse created, CancellationToken cancellationToken)
    {
        try
        {
            Answer(item, new SubmitResult(item.Draft, await accept(item.Draft, created, cancellationToken).ConfigureAwait(false), null));
        }
        catch (Exception e)
        {
            End(e);
        }
    }

    private async Task ResendAsync(Unanswered item, TimeSpan? delay, CancellationToken cancellationToken)
    {
        try
        {
            await Task.Delay(delay ?? SubmitManyOptions.ResendDelay, options.Time, cancellationToken).ConfigureAwait(false);
            item.Release();
            outgoing.Writer.TryWrite(item);
        }
        catch (OperationCanceledException)
        {
            // The run ended.
        }
    }

    private void Answer(Unanswered item, SubmitResult result)
    {
        // In this order: the run ends when nothing is unanswered, and then takes no more results.
        results.Writer.TryWrite(result);
        Interlocked.Increment(ref answers);
        unanswered.TryRemove(item.Draft.RequestId, out _);
        EndIfDone();
    }

    private void EndIfDone()
    {
        if (drained && unanswered.IsEmpty) End(null);
    }

    private void End(Exception? cause)
    {
        ended = true;
        results.Writer.TryComplete(cause);
        outgoing.Writer.TryComplete();
    }

    /// <summary>A draft on its way.</summary>
    private sealed class Unanswered(SubmissionDraft draft)
    {
        private const int Waiting = 0;
        private const int Settled = -1;
        private const int Held = -2;
        private int stream = Waiting;
        private int resends;

        public SubmissionDraft Draft => draft;

        public V1.SubmitManyRequest Message { get; } = new()
        {
            Submission = SubmissionMapping.ToProto(draft),
            RequestId = draft.RequestId.ToString(),
        };

        /// <summary>Whether the Hub owes it an answer.</summary>
        public bool IsSent => Volatile.Read(ref stream) > Waiting;

        /// <summary>Whether it is to be sent on this stream: not if it was sent there already, has its answer, or is held back.</summary>
        public bool TryClaim(int number)
        {
            var seen = Volatile.Read(ref stream);
            return seen >= Waiting && seen != number && Interlocked.CompareExchange(ref stream, number, seen) == seen;
        }

        public bool TrySettle() => Interlocked.Exchange(ref stream, Settled) != Settled;

        public bool TryResend()
        {
            if (resends >= CallPipeline.RetriesMax || Volatile.Read(ref stream) < Waiting) return false;
            resends++;
            Volatile.Write(ref stream, Held);
            return true;
        }

        public void Release() => Interlocked.CompareExchange(ref stream, Waiting, Held);
    }
}
