using Grpc.Core;
using Hub.Client;
using Hub.Transparency;
using Xunit;

namespace Hub.SystemTests.Client;

public sealed class LogHistoryTests : IAsyncLifetime
{
    private readonly string folder = Directory.CreateTempSubdirectory("hub-checkpoint-").FullName;
    private FakeHub hub = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private string CheckpointFile => Path.Combine(folder, "checkpoint");

    public async ValueTask InitializeAsync() => hub = await FakeHub.StartAsync();

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Log_ThatGrows_IsProvedStepByStep()
    {
        using var client = hub.Client();

        for (var i = 0; i < 5; i++) await client.Submissions.CreateAsync(Drafts.One(), Cancellation);

        var steps = hub.Calls.Select(c => c.Request).OfType<V1.GetConsistencyProofRequest>().Select(r => (r.FirstSize, r.SecondSize));
        Assert.Equal([(1, 2), (2, 3), (3, 4), (4, 5)], steps);
    }

    [Fact]
    public async Task Log_Rewritten_IsCaughtWithBothCheckpoints()
    {
        using var client = hub.Client();
        await client.Submissions.CreateAsync(Drafts.One(), Cancellation);
        await client.Submissions.CreateAsync(Drafts.One(), Cancellation);
        hub.Log.Rewrite();

        var e = await Assert.ThrowsAsync<LogInconsistentException>(() => client.Submissions.CreateAsync(Drafts.One(), Cancellation));

        Assert.Equal((2L, 3L), (e.First.Size, e.Second.Size));
        Assert.Contains("size 2 with root", e.Message, StringComparison.Ordinal);
        Assert.Contains("size 3 with root", e.Message, StringComparison.Ordinal);
        Assert.Contains(Convert.ToBase64String(e.Second.Root), e.SecondNote, StringComparison.Ordinal);
        // It stays caught: what was once proved is not forgotten for a lie.
        await Assert.ThrowsAsync<LogInconsistentException>(() => client.Ledger.GetCheckpointAsync(Cancellation));
    }

    [Fact]
    public async Task Log_CutShort_IsCaught()
    {
        using var client = hub.Client();
        for (var i = 0; i < 4; i++) await client.Submissions.CreateAsync(Drafts.One(), Cancellation);
        hub.Log.CutTo(2);

        var e = await Assert.ThrowsAsync<LogInconsistentException>(() => client.Ledger.GetCheckpointAsync(Cancellation));

        Assert.Equal((2L, 4L), (e.First.Size, e.Second.Size));
    }

    [Fact]
    public async Task Log_WithTwoRootsForOneSize_IsCaught()
    {
        using var client = hub.Client();
        await client.Submissions.CreateAsync(Drafts.One(), Cancellation);
        hub.Log.Rewrite();

        var e = await Assert.ThrowsAsync<LogInconsistentException>(() => client.Ledger.GetCheckpointAsync(Cancellation));

        Assert.Equal((1L, 1L), (e.First.Size, e.Second.Size));
        Assert.Contains("two roots", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Checkpoint_OlderThanTheRemembered_IsTakenIfItIsOfTheSameHistory()
    {
        using var client = hub.Client();
        var first = Drafts.One();
        await client.Submissions.CreateAsync(first, Cancellation);
        await client.Submissions.CreateAsync(Drafts.One(), Cancellation);

        // The first answer comes again, with its own checkpoint of size 1.
        var again = await client.Submissions.CreateAsync(first, Cancellation);

        Assert.Equal(1, again.Receipt.TreeSize);
        Assert.Equal(2, (await client.Ledger.GetCheckpointAsync(Cancellation)).Size);
    }

    [Fact]
    public async Task Receipts_ArrivingAtTheSameTime_AreAllProvedAndTheGreatestIsRemembered()
    {
        using var client = hub.Client(o => o.CheckpointFile = CheckpointFile);

        var sizes = await Task.WhenAll(Enumerable.Range(0, 40).Select(async _ =>
            (await client.Submissions.CreateAsync(Drafts.One(), Cancellation)).Receipt.TreeSize));

        Assert.Equal(40, sizes.Distinct().Count());
        Assert.Contains("\n40\n", await File.ReadAllTextAsync(CheckpointFile, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_RewrittenBetweenTwoRuns_IsCaughtByTheFile()
    {
        using (var client = hub.Client(o => o.CheckpointFile = CheckpointFile))
        {
            await client.Submissions.CreateAsync(Drafts.One(), Cancellation);
            await client.Submissions.CreateAsync(Drafts.One(), Cancellation);
        }

        hub.Log.Rewrite();
        using var later = hub.Client(o => o.CheckpointFile = CheckpointFile);
        using var forgetful = hub.Client();

        await Assert.ThrowsAsync<LogInconsistentException>(() => later.Submissions.CreateAsync(Drafts.One(), Cancellation));
        await forgetful.Submissions.CreateAsync(Drafts.One(), Cancellation);
        Assert.Contains("\n2\n", await File.ReadAllTextAsync(CheckpointFile, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Log_Rewritten_IsCaughtEvenWhereTheStoreForgets()
    {
        using var client = hub.Client(o => o.CheckpointStore = new ForgetfulStore());
        await client.Submissions.CreateAsync(Drafts.One(), Cancellation);
        await client.Submissions.CreateAsync(Drafts.One(), Cancellation);
        hub.Log.Rewrite();

        await Assert.ThrowsAsync<LogInconsistentException>(() => client.Submissions.CreateAsync(Drafts.One(), Cancellation));
    }

    [Theory]
    [InlineData("Create")]
    [InlineData("SubmitMany")]
    public async Task CheckpointFile_OfAnotherLog_IsNotOverwrittenAndNothingIsRecorded(string act)
    {
        var other = new FakeLog().Checkpoint();
        await File.WriteAllTextAsync(CheckpointFile, other, Cancellation);
        using var client = hub.Client(o => o.CheckpointFile = CheckpointFile);

        var e = await Assert.ThrowsAsync<HubException>(() => ActAsync(client, act));

        Assert.Equal((StatusCode.FailedPrecondition, null), (e.StatusCode, e.RecordedName));
        Assert.Contains(CheckpointFile, e.Message, StringComparison.Ordinal);
        Assert.Equal(other, await File.ReadAllTextAsync(CheckpointFile, Cancellation));
        Assert.Equal(0, hub.Log.Size);
    }

    [Theory]
    [InlineData("Create")]
    [InlineData("SubmitMany")]
    public async Task LogKey_OfAnotherLog_IsFoundBeforeAnythingIsRecorded(string act)
    {
        using var client = hub.Client(o => o.LogKey = new FakeLog().Key);

        var e = await Assert.ThrowsAsync<ReceiptRefusedException>(() => ActAsync(client, act));

        Assert.Equal((ReceiptFailure.SignatureInvalid, null), (e.Failure, e.RecordedName));
        Assert.Contains("LogKey", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, hub.Log.Size);
    }

    [Fact]
    public async Task CheckpointFile_ThatCannotBeWritten_IsFoundBeforeAnythingIsRecorded()
    {
        using var client = hub.Client(o => o.CheckpointFile = Path.Combine(folder, "missing", "checkpoint"));

        var e = await Assert.ThrowsAsync<HubException>(() => ActAsync(client, "Create"));

        Assert.Contains("missing", e.Message, StringComparison.Ordinal);
        Assert.Equal(0, hub.Log.Size);
    }

    [Fact]
    public async Task Log_RewrittenUnderTheAct_SaysThatItIsRecorded()
    {
        using var client = hub.Client();
        await client.Submissions.CreateAsync(Drafts.One(), Cancellation);
        await client.Submissions.CreateAsync(Drafts.One(), Cancellation);
        hub.Log.Rewrite();
        var draft = Drafts.One();

        var e = await Assert.ThrowsAsync<LogInconsistentException>(() => client.Submissions.CreateAsync(draft, Cancellation));

        Assert.Equal($"administrations/UA/submissions/{draft.RequestId}", e.RecordedName);
        Assert.Contains($"has recorded {e.RecordedName}", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Proof_ThatCannotBeFetched_FailsTheActWhichMayBeRepeated()
    {
        using var client = hub.Client();
        await client.Submissions.CreateAsync(Drafts.One(), Cancellation);
        hub.Before = (call, _) => call.Method == "GetConsistencyProof"
            ? throw Refusals.Of(StatusCode.PermissionDenied, "ADMINISTRATION_SUSPENDED") : Task.CompletedTask;
        var draft = Drafts.One();

        var e = await Assert.ThrowsAsync<HubException>(() => client.Submissions.CreateAsync(draft, Cancellation));
        Assert.Equal((ErrorReason.AdministrationSuspended, draft.RequestId), (e.Reason, e.RequestId));

        hub.Before = (_, _) => Task.CompletedTask;
        await client.Submissions.CreateAsync(draft, Cancellation);
        Assert.Equal(2, hub.Log.Size);
    }

    [Fact]
    public async Task Checkpoint_NotSignedByThePinnedKey_IsRefused()
    {
        using var client = hub.Client();
        hub.Log = new FakeLog();

        await Assert.ThrowsAsync<ReceiptRefusedException>(() => client.Ledger.GetCheckpointAsync(Cancellation));
    }

    private static async Task ActAsync(HubClient client, string act)
    {
        if (act == "Create") await client.Submissions.CreateAsync(Drafts.One(), Cancellation);
        else await client.Submissions.SubmitManyAsync(Drafts.Stream(Drafts.Many(3)), Cancellation).ToListAsync(Cancellation);
    }

    /// <summary>As when somebody removes the file while the program runs.</summary>
    private sealed class ForgetfulStore : ICheckpointStore
    {
        public ValueTask<string?> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult<string?>(null);

        public ValueTask WriteAsync(string checkpoint, CancellationToken cancellationToken) => ValueTask.CompletedTask;
    }
}
