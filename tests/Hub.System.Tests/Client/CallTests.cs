using Google.Protobuf.Reflection;
using Grpc.Core;
using Hub.Client;
using Xunit;

namespace Hub.SystemTests.Client;

public sealed class CallTests : IAsyncLifetime
{
    private FakeHub hub = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => hub = await FakeHub.StartAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task Create_ReplyLost_IsRepeatedUnderTheSameRequestIdAndHappensOnce()
    {
        var lost = 2;
        hub.After = call =>
        {
            if (call.Method == "CreateSubmission" && lost-- > 0) throw Refusals.Of(StatusCode.Unavailable, "LEDGER_UNAVAILABLE");
        };
        using var client = hub.Client();
        var draft = Drafts.One();

        var recorded = await client.Submissions.CreateAsync(draft, Cancellation);

        var ids = hub.Calls.Select(call => call.Request).OfType<V1.CreateSubmissionRequest>().Select(r => r.RequestId).ToArray();
        Assert.Equal(Enumerable.Repeat(draft.RequestId.ToString(), 3), ids);
        Assert.Equal(1, hub.Log.Size);
        Assert.Equal(draft.RequestId, recorded.Submission.Id);
    }

    [Fact]
    public async Task Call_Sent_CarriesTheDeadlineOfItsAttempt()
    {
        var told = DateTime.MaxValue;
        hub.Before = (_, context) =>
        {
            told = context.Deadline;
            return Task.CompletedTask;
        };
        using var client = hub.Client(o => o.AttemptDeadline = TimeSpan.FromMinutes(3));
        var before = TimeProvider.System.GetUtcNow().UtcDateTime;

        await client.WhoAmIAsync(Cancellation);

        Assert.InRange(told, before.AddMinutes(2), before.AddMinutes(4));
    }

    [Fact]
    public async Task Create_ReplyNeverComes_IsAskedForAgain()
    {
        var calls = 0;
        var answered = new TaskCompletionSource();
        hub.Before = (call, _) => call.Method == "CreateSubmission" && calls++ == 0 ? answered.Task : Task.CompletedTask;
        using var client = hub.Client(o => o.AttemptDeadline = TimeSpan.FromMilliseconds(300));

        var recorded = await client.Submissions.CreateAsync(Drafts.One(), Cancellation);
        answered.SetResult();

        Assert.Equal("submitted", recorded.Receipt.Kind);
        Assert.Equal(2, calls);
    }

    [Fact]
    public async Task Create_WithoutARequestId_IsNeverRepeated()
    {
        hub.Before = (call, _) => call.Method == "CreateSubmission"
            ? throw Refusals.Of(StatusCode.Unavailable, "LEDGER_UNAVAILABLE") : Task.CompletedTask;
        using var client = hub.Client();
        var draft = new SubmissionDraft(Drafts.Collection, ("customs", Figure.Decimal("3.5"))) { RequestId = Guid.Empty };

        var e = await Assert.ThrowsAsync<HubException>(() => client.Submissions.CreateAsync(draft, Cancellation));

        Assert.Equal(1, hub.CountOf("CreateSubmission"));
        Assert.Null(e.RequestId);
    }

    [Fact]
    public void Requests_OfWhatChangesSomething_CarryARequestId()
    {
        FileDescriptor[] files =
        [
            V1.SubmissionServiceReflection.Descriptor, V1.CatalogueServiceReflection.Descriptor, V1.RegistryServiceReflection.Descriptor,
            V1.LedgerServiceReflection.Descriptor, V1.ReleaseServiceReflection.Descriptor, V1.BenchmarkServiceReflection.Descriptor,
        ];
        // The SDK repeats what begins with these words, and what has a request id: nothing may change anything and have neither.
        string[] readers = ["Get", "List", "Validate", "Export", "Watch", "WhoAmI"];

        foreach (var method in files.SelectMany(file => file.Services).SelectMany(service => service.Methods))
        {
            var reads = readers.Any(word => method.Name.StartsWith(word, StringComparison.Ordinal));
            Assert.True(reads ^ (method.InputType.FindFieldByName("request_id") is not null), method.FullName);
        }
    }

    [Theory]
    [InlineData(StatusCode.FailedPrecondition, "COLLECTION_CLOSED")]
    [InlineData(StatusCode.InvalidArgument, "FIELD_INVALID")]
    [InlineData(StatusCode.Internal, "INTERNAL")]
    [InlineData(StatusCode.ResourceExhausted, "MESSAGE_TOO_LARGE")]
    public async Task Create_Refused_IsNotRepeated(StatusCode code, string reason)
    {
        hub.Before = (call, _) => call.Method == "CreateSubmission" ? throw Refusals.Of(code, reason) : Task.CompletedTask;
        using var client = hub.Client();
        var draft = Drafts.One();

        var e = await Assert.ThrowsAsync<HubException>(() => client.Submissions.CreateAsync(draft, Cancellation));

        Assert.Equal(1, hub.CountOf("CreateSubmission"));
        Assert.Equal(reason, e.ReasonName);
        Assert.Equal(draft.RequestId, e.RequestId);
        Assert.False(e.IsTransient);
    }

    [Fact]
    public async Task Call_ToldWhenToComeAgain_WaitsThatLong()
    {
        var refusals = 1;
        hub.Before = (_, _) => refusals-- > 0
            ? throw Refusals.Of(StatusCode.ResourceExhausted, "QUOTA_EXCEEDED", TimeSpan.FromSeconds(7)) : Task.CompletedTask;
        var time = new WaitlessTime();
        using var client = hub.Client(o => o.TimeProvider = time);

        await client.WhoAmIAsync(Cancellation);

        Assert.Equal([TimeSpan.FromSeconds(7)], time.Waits);
    }

    [Fact]
    public async Task Call_ToldToComeAfterItsDeadline_FailsAtOnce()
    {
        hub.Before = (_, _) => throw Refusals.Of(StatusCode.ResourceExhausted, "QUOTA_EXCEEDED", TimeSpan.FromMinutes(1));
        using var client = hub.Client();

        var e = await Assert.ThrowsAsync<HubException>(() => client.WhoAmIAsync(Cancellation));

        Assert.Equal(1, hub.CountOf("WhoAmI"));
        Assert.Equal((ErrorReason.QuotaExceeded, TimeSpan.FromMinutes(1)), (e.Reason, e.RetryAfter));
    }

    [Fact]
    public async Task Calls_FailingInARow_OpenTheCircuitAndCloseItAgain()
    {
        hub.Before = (_, _) => throw Refusals.Of(StatusCode.Unavailable, "SILO_NOT_READY");
        var time = new WaitlessTime();
        using var client = hub.Client(o => o.TimeProvider = time);
        for (var i = 0; i < 2; i++) await Assert.ThrowsAsync<HubException>(() => client.WhoAmIAsync(Cancellation));
        var reached = hub.CountOf("WhoAmI");

        var e = await Assert.ThrowsAsync<HubException>(() => client.WhoAmIAsync(Cancellation));
        Assert.Equal(reached, hub.CountOf("WhoAmI"));
        Assert.Equal(StatusCode.Unavailable, e.StatusCode);
        Assert.NotNull(e.RetryAfter);

        hub.Before = (_, _) => Task.CompletedTask;
        time.Advance(TimeSpan.FromSeconds(6));
        Assert.Equal("adm-ua", (await client.WhoAmIAsync(Cancellation)).ClientId);
    }

    [Fact]
    public async Task Refusals_OfTheHub_DoNotOpenTheCircuit()
    {
        hub.Before = (call, _) => call.Method == "CreateSubmission"
            ? throw Refusals.Of(StatusCode.FailedPrecondition, "COLLECTION_CLOSED") : Task.CompletedTask;
        using var client = hub.Client();
        for (var i = 0; i < 20; i++)
            await Assert.ThrowsAsync<HubException>(() => client.Submissions.CreateAsync(Drafts.One(), Cancellation));

        Assert.Equal("adm-ua", (await client.WhoAmIAsync(Cancellation)).ClientId);
    }

    [Fact]
    public async Task Call_Cancelled_SaysSo()
    {
        using var stop = new CancellationTokenSource();
        hub.Before = async (_, context) =>
        {
            await stop.CancelAsync();
            await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.CancellationToken);
        };
        using var client = hub.Client();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => client.WhoAmIAsync(stop.Token));
    }

    [Fact]
    public async Task Call_WithARefusedToken_IsSentOnceMoreWithANewOne()
    {
        hub.Before = (call, _) => call.Authorization == "Bearer token-1"
            ? throw Refusals.Of(StatusCode.Unauthenticated, "TOKEN_INVALID") : Task.CompletedTask;
        using var client = hub.Client();

        await client.WhoAmIAsync(Cancellation);

        Assert.Equal(["Bearer token-1", "Bearer token-2"], hub.Calls.Select(call => call.Authorization));
    }

    [Fact]
    public async Task Call_WithEveryTokenRefused_FailsAfterOneRenewal()
    {
        hub.Before = (_, _) => throw Refusals.Of(StatusCode.Unauthenticated, "TOKEN_INVALID");
        using var client = hub.Client();

        var e = await Assert.ThrowsAsync<HubException>(() => client.WhoAmIAsync(Cancellation));

        Assert.Equal(2, hub.CountOf("WhoAmI"));
        Assert.Equal(ErrorReason.TokenInvalid, e.Reason);
    }

    [Fact]
    public async Task List_OfSeveralPages_IsReadToItsEnd()
    {
        using var client = hub.Client();

        var ids = new List<Guid>();
        await foreach (var submission in client.Submissions.ListAsync(Drafts.Collection, Cancellation)) ids.Add(submission.Id);

        Assert.Equal(Enumerable.Range(0, 5).Select(number => new Guid(number, 0, 0, new byte[8])), ids);
        Assert.Equal(3, hub.CountOf("ListSubmissions"));
    }
}
