using System.Collections.Concurrent;
using System.Threading.Channels;
using Grpc.Core;

namespace Hub.SystemTests.Client;

/// <summary>The stream of the fake Hub: answers in the order of arrival, and breaks, refuses or holds back where a test says so.</summary>
internal sealed class FakeSubmitMany
{
    private readonly TaskCompletionSource enough = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int streams;
    private int unanswered;
    private int unansweredMax;

    public ConcurrentQueue<(int Stream, string RequestId)> Received { get; } = new();

    public int Streams => streams;

    public int UnansweredMax => unansweredMax;

    /// <summary>Runs when a stream is opened, by its number from 1; throws what the stream fails with.</summary>
    public Func<int, ServerCallContext, Task> Opened { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>By the number of the stream and of its answer from 1: whether the stream breaks instead of giving it.</summary>
    public Func<int, int, bool> BreaksAt { get; set; } = (_, _) => false;

    /// <summary>A refusal in place of the answer to a message; null for none.</summary>
    public Func<V1.SubmitManyRequest, Google.Rpc.Status?> Refuses { get; set; } = _ => null;

    /// <summary>No answer is given before so many messages have come.</summary>
    public int HoldsBack { get; set; }

    public async Task ServeAsync(
        IAsyncStreamReader<V1.SubmitManyRequest> requests, IServerStreamWriter<V1.SubmitManyResponse> responses, ServerCallContext context,
        Func<V1.SubmitManyRequest, V1.CreateSubmissionResponse> create)
    {
        var number = Interlocked.Increment(ref streams);
        await Opened(number, context);
        var messages = Channel.CreateUnbounded<V1.SubmitManyRequest>();
        var reading = ReadAsync(number, requests, messages.Writer, context.CancellationToken);
        var answers = 0;
        if (HoldsBack > 0) await enough.Task.WaitAsync(context.CancellationToken);
        await foreach (var message in messages.Reader.ReadAllAsync(context.CancellationToken)) await AnswerAsync(message);
        await reading;

        async Task AnswerAsync(V1.SubmitManyRequest message)
        {
            // What is broken off here was recorded, like a lost reply.
            var refusal = Refuses(message);
            var created = refusal is null ? create(message) : null;
            if (BreaksAt(number, ++answers)) throw new RpcException(new Status(StatusCode.Unavailable, "The stream broke."));
            Interlocked.Decrement(ref unanswered);
            await responses.WriteAsync(refusal is null
                ? new V1.SubmitManyResponse { RequestId = message.RequestId, Created = created }
                : new V1.SubmitManyResponse { RequestId = message.RequestId, Status = refusal });
        }
    }

    private async Task ReadAsync(
        int stream, IAsyncStreamReader<V1.SubmitManyRequest> requests, ChannelWriter<V1.SubmitManyRequest> messages, CancellationToken cancellationToken)
    {
        Interlocked.Exchange(ref unanswered, 0);
        try
        {
            while (await requests.MoveNext(cancellationToken))
            {
                Received.Enqueue((stream, requests.Current.RequestId));
                var now = Interlocked.Increment(ref unanswered);
                unansweredMax = Math.Max(unansweredMax, now);
                messages.TryWrite(requests.Current);
                if (now >= HoldsBack) enough.TrySetResult();
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or InvalidOperationException)
        {
            // The stream was broken off.
        }

        messages.TryComplete();
    }
}
