using System.Threading.Channels;
using Google.Protobuf;
using Grpc.Core;
using Hub.Silo.Access;
using Hub.Silo.Hosting;
using Hub.V1;

namespace Hub.Silo.Administrations;

/// <summary>
/// Answers each message of a SubmitMany stream exactly once, in the order in which answers come. No message is read while
/// <see cref="Limits.UnansweredMax"/> wait for theirs, so the sender is slowed down by flow control and nothing piles up here. Whether the
/// caller may is asked for each message; after <see cref="Limits.StreamMax"/> the stream ends, and the sender opens another with a new token.
/// </summary>
internal sealed class SubmitManyStream(ErrorInterceptor errors, Admission admission, Quotas quotas, TimeProvider time)
{
    public async Task RunAsync(
        IAsyncStreamReader<SubmitManyRequest> requests,
        IServerStreamWriter<SubmitManyResponse> responses,
        ServerCallContext context,
        Func<SubmitManyRequest, Task<CreateSubmissionResponse>> create)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        using var over = new CancellationTokenSource(Limits.StreamMax, time);
        var answers = Channel.CreateBounded<SubmitManyResponse>(Limits.UnansweredMax);
        var reading = ReadAsync(requests, answers.Writer, m => AnswerAsync(m, context, create), over.Token, ended.Token);
        try
        {
            await foreach (var answer in answers.Reader.ReadAllAsync(ended.Token))
            {
                await responses.WriteAsync(answer, ended.Token);
            }
        }
        finally
        {
            await ended.CancelAsync();
            await reading;
        }
    }

    // What was begun is finished even when the stream breaks: the caller will ask again with the same request ids.
    private static async Task ReadAsync(
        IAsyncStreamReader<SubmitManyRequest> requests,
        ChannelWriter<SubmitManyResponse> answers,
        Func<SubmitManyRequest, Task<SubmitManyResponse>> answer,
        CancellationToken over,
        CancellationToken cancellationToken)
    {
        using var unanswered = new SemaphoreSlim(Limits.UnansweredMax);
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(over, cancellationToken);
        Exception? fault = null;
        try
        {
            while (await requests.MoveNext(stop.Token))
            {
                await unanswered.WaitAsync(cancellationToken);
                _ = AnswerOneAsync(requests.Current);
            }
        }
        catch (OperationCanceledException) when (over.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            // What was read is answered, and then the stream ends as a stream does.
        }
        catch (InvalidProtocolBufferException)
        {
            fault = new HubException(Statuses.Malformed);
        }
        catch (Exception e)
        {
            fault = e;
        }

        for (var i = 0; i < Limits.UnansweredMax; i++)
        {
            await unanswered.WaitAsync(CancellationToken.None);
        }

        answers.Complete(fault);

        async Task AnswerOneAsync(SubmitManyRequest message)
        {
            try
            {
                await answers.WriteAsync(await answer(message), cancellationToken);
            }
            catch (OperationCanceledException)
            {
                // Nobody waits for this answer any more; what was recorded stays recorded.
            }
            finally
            {
                unanswered.Release();
            }
        }
    }

    private async Task<SubmitManyResponse> AnswerAsync(
        SubmitManyRequest message, ServerCallContext context, Func<SubmitManyRequest, Task<CreateSubmissionResponse>> create)
    {
        try
        {
            if ((admission.Refuse(context.Caller(), AccessTable.Rows[context.Method])
                ?? quotas.Count(context.Caller().Identity, message.CalculateSize())) is { } refusal)
            {
                throw new HubException(refusal);
            }

            return new SubmitManyResponse { RequestId = message.RequestId, Created = await create(message) };
        }
        catch (Exception e)
        {
            return new SubmitManyResponse { RequestId = message.RequestId, Status = Statuses.From(errors.Refuse(e, context.Method)) };
        }
    }
}
