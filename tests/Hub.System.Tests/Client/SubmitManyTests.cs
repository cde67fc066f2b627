using Grpc.Core;
using Hub.Client;
using Xunit;

namespace Hub.SystemTests.Client;

public sealed class SubmitManyTests : IAsyncLifetime
{
    private FakeHub hub = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => hub = await FakeHub.StartAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task Drafts_OverOneStream_AreAllRecordedWithReceipts()
    {
        using var client = hub.Client();
        var drafts = Drafts.Many(150);
        hub.Many.HoldsBack = 64;

        var results = await SubmitAsync(client, drafts);

        Assert.Equal(drafts.Select(d => d.RequestId).Order(), results.Select(r => r.Draft.RequestId).Order());
        Assert.All(results, r => Assert.Equal(r.Draft.RequestId, r.Recorded!.Submission.Id));
        Assert.Equal((1, 150), (hub.Many.Streams, hub.Log.Size));
        Assert.Equal(64, hub.Many.UnansweredMax);
        Assert.Equal(0, hub.CountOf("CreateSubmission"));
    }

    [Fact]
    public async Task Stream_CutSeveralTimes_IsResumedAndEachDraftIsRecordedOnce()
    {
        hub.Many.BreaksAt = (stream, answer) => stream <= 3 && answer == 20;
        using var client = hub.Client();
        var drafts = Drafts.Many(100);

        var results = await SubmitAsync(client, drafts);

        Assert.Equal(100, results.Select(r => r.Recorded!.Receipt.Position).Distinct().Count());
        Assert.Equal((4, 100), (hub.Many.Streams, hub.Log.Size));
        Assert.Equal(drafts.Select(d => d.RequestId.ToString()).Order(), hub.Many.Received.Select(r => r.RequestId).Distinct().Order());
        // The answer that was lost with the stream is asked for again.
        Assert.Contains(hub.Many.Received.GroupBy(r => r.RequestId), sent => sent.Select(r => r.Stream).Distinct().Count() > 1);
    }

    [Fact]
    public async Task Draft_Answered_IsNotSentAgainWhenTheStreamBreaks()
    {
        using var taken = new ManualResetEventSlim();
        hub.Many.BreaksAt = (stream, answer) =>
        {
            if (stream > 1 || answer < 20) return false;
            taken.Wait(Cancellation);
            return true;
        };
        using var client = hub.Client();
        var results = new List<Guid>();

        await foreach (var result in client.Submissions.SubmitManyAsync(Drafts.Stream(Drafts.Many(100)), Cancellation))
        {
            results.Add(result.Draft.RequestId);
            taken.Set();
        }

        Assert.Equal((100, 2), (results.Count, hub.Many.Streams));
        Assert.Single(hub.Many.Received, r => r.RequestId == results[0].ToString());
    }

    [Fact]
    public async Task Stream_ThatNeverServes_FailsInTheEnd()
    {
        hub.Many.BreaksAt = (_, _) => true;
        using var client = hub.Client();

        var e = await Assert.ThrowsAsync<HubException>(() => SubmitAsync(client, Drafts.Many(3)));

        Assert.Equal((true, 7), (e.IsTransient, hub.Many.Streams));
    }

    [Fact]
    public async Task Draft_Refused_IsAResultAndTheOthersGoOn()
    {
        var drafts = Drafts.Many(10);
        hub.Many.Refuses = message => message.RequestId == drafts[4].RequestId.ToString()
            ? Refusals.Status(StatusCode.InvalidArgument, "FIELD_INVALID", null, ("submission.values[0]", "Rule. Remedy.")) : null;
        using var client = hub.Client();

        var results = await SubmitAsync(client, drafts);

        var refused = Assert.Single(results, r => r.Refusal is not null);
        Assert.Equal((drafts[4], ErrorReason.FieldInvalid), (refused.Draft, refused.Refusal!.Reason));
        Assert.Equal("submission.values[0]", Assert.Single(refused.Refusal.Violations).Field);
        Assert.Equal(9, results.Count(r => r.Recorded is not null));
    }

    [Fact]
    public async Task Draft_ThatCouldNotBeTakenNow_IsSentAgainOnTheSameStream()
    {
        var drafts = Drafts.Many(10);
        var refusals = 2;
        hub.Many.Refuses = message => message.RequestId == drafts[0].RequestId.ToString() && refusals-- > 0
            ? Refusals.Status(StatusCode.ResourceExhausted, "QUOTA_EXCEEDED", TimeSpan.FromSeconds(4)) : null;
        var time = new WaitlessTime();
        using var client = hub.Client(o => o.TimeProvider = time);

        var results = await SubmitAsync(client, drafts);

        Assert.Equal(10, results.Count(r => r.Recorded is not null));
        Assert.Equal((1, 3), (hub.Many.Streams, hub.Many.Received.Count(r => r.RequestId == drafts[0].RequestId.ToString())));
        Assert.Equal(2, time.Waits.Count(wait => wait == TimeSpan.FromSeconds(4)));
    }

    [Fact]
    public async Task Stream_RefusedAsAWhole_Throws()
    {
        hub.Many.Opened = (_, _) => throw Refusals.Of(StatusCode.PermissionDenied, "SCOPE_INSUFFICIENT");
        using var client = hub.Client();

        var e = await Assert.ThrowsAsync<HubException>(() => SubmitAsync(client, Drafts.Many(3)));

        Assert.Equal((ErrorReason.ScopeInsufficient, 1), (e.Reason, hub.Many.Streams));
    }

    [Fact]
    public async Task Stream_WithARefusedToken_IsOpenedWithANewOne()
    {
        hub.Many.Opened = (_, context) => context.RequestHeaders.GetValue("authorization") == "Bearer token-1"
            ? throw Refusals.Of(StatusCode.Unauthenticated, "TOKEN_INVALID") : Task.CompletedTask;
        using var client = hub.Client();

        var results = await SubmitAsync(client, Drafts.Many(3));

        Assert.Equal((3, 2), (results.Count(r => r.Recorded is not null), hub.Many.Streams));
    }

    [Fact]
    public async Task Receipt_TamperedWithOnTheStream_EndsItAll()
    {
        hub.Tamper = receipt =>
        {
            var changed = receipt.Clone();
            if (changed.Position == 5) changed.Position++;
            return changed;
        };
        using var client = hub.Client();

        await Assert.ThrowsAsync<ReceiptRefusedException>(() => SubmitAsync(client, Drafts.Many(20)));
    }

    [Fact]
    public async Task Drafts_WithOneRequestId_AreRefusedBeforeTheyAreSent()
    {
        using var client = hub.Client();
        var draft = Drafts.One();
        hub.Many.HoldsBack = 2;

        await Assert.ThrowsAsync<ArgumentException>(() => SubmitAsync(client, [draft, draft]));
    }

    [Fact]
    public async Task Reader_ThatStopsEarly_EndsTheStream()
    {
        using var client = hub.Client();
        var taken = 0;

        await foreach (var result in client.Submissions.SubmitManyAsync(Drafts.Stream(Drafts.Many(200)), Cancellation))
        {
            Assert.NotNull(result.Recorded);
            if (++taken == 5) break;
        }

        Assert.Equal((5, 1), (taken, hub.Many.Streams));
        Assert.InRange(hub.Log.Size, 5, 5 + 64);
    }

    [Fact]
    public async Task NoDrafts_OpenNoStream()
    {
        using var client = hub.Client();

        Assert.Empty(await SubmitAsync(client, []));
        Assert.Equal(0, hub.Many.Streams);
    }

    [Fact]
    public async Task Source_ThatFails_FailsTheRun()
    {
        using var client = hub.Client();

        await Assert.ThrowsAsync<InvalidDataException>(() => SubmitAsync(client, Drafts.Many(3).Concat(Failing())));

        static IEnumerable<SubmissionDraft> Failing() => throw new InvalidDataException();
    }

    [Fact]
    public async Task Drafts_OverGrpcWeb_AreSentAsSingleCalls()
    {
        var drafts = Drafts.Many(40);
        hub.Before = (call, _) => call.Request is V1.CreateSubmissionRequest request && request.RequestId == drafts[7].RequestId.ToString()
            ? throw Refusals.Of(StatusCode.FailedPrecondition, "COLLECTION_CLOSED") : Task.CompletedTask;
        using var client = hub.Client(o => o.Transport = HubTransport.GrpcWeb);

        var results = await SubmitAsync(client, drafts);

        Assert.Equal((39, 40, 0), (results.Count(r => r.Recorded is not null), hub.CountOf("CreateSubmission"), hub.Many.Streams));
        Assert.Equal((drafts[7], ErrorReason.CollectionClosed), results.Where(r => r.Refusal is not null).Select(r => (r.Draft, r.Refusal!.Reason)).Single());
    }

    [Fact]
    public async Task Hub_OutOverGrpcWeb_Throws()
    {
        hub.Before = (_, _) => throw Refusals.Of(StatusCode.Unavailable, "SILO_NOT_READY");
        using var client = hub.Client(o => o.Transport = HubTransport.GrpcWeb);

        var e = await Assert.ThrowsAsync<HubException>(() => SubmitAsync(client, Drafts.Many(3)));

        Assert.Equal(StatusCode.Unavailable, e.StatusCode);
    }

    private static async Task<List<SubmitResult>> SubmitAsync(HubClient client, IEnumerable<SubmissionDraft> drafts)
    {
        var results = new List<SubmitResult>();
        await foreach (var result in client.Submissions.SubmitManyAsync(Drafts.Stream(drafts), Cancellation)) results.Add(result);
        return results;
    }
}
