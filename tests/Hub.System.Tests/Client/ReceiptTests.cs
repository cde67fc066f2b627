using Google.Protobuf;
using Grpc.Core;
using Hub.Client;
using Hub.Transparency;
using Xunit;

namespace Hub.SystemTests.Client;

public sealed class ReceiptTests : IAsyncLifetime
{
    private FakeHub hub = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string> Lies => new("payload", "salt", "header", "proof", "position", "checkpoint", "missing");

    public async ValueTask InitializeAsync() => hub = await FakeHub.StartAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task Receipt_OfACreation_IsVerifiedAndSaysWhatWasSent()
    {
        using var client = hub.Client();
        await client.Submissions.CreateAsync(Drafts.One("1.0"), Cancellation);
        var draft = new SubmissionDraft(
            Drafts.Collection,
            ("customs", Figure.Decimal(3.50m) with { Disclosure = Disclosure.Members }),
            ("rate", Figure.Ratio("12", "345")),
            ("other", Figure.Absent(AbsenceReason.NotApplicable)));

        var (submission, receipt) = await client.Submissions.CreateAsync(draft, Cancellation);

        Assert.Equal($"administrations/UA/submissions/{draft.RequestId}", submission.Name);
        Assert.Equal(draft.Figures, submission.Figures);
        Assert.Equal("3.50", submission.Figures["instruments/lpi/indicators/customs"].Value);
        Assert.Equal(("submitted", 1L, 2L), (receipt.Kind, receipt.Position, receipt.TreeSize));
        Assert.True(Receipt.FromJson(receipt.ToJson()).Verify(NoteVerifier.Parse(hub.Log.Key)).IsVerified);
    }

    [Theory]
    [MemberData(nameof(Lies))]
    public async Task Receipt_ThatWasTamperedWith_IsRefused(string part)
    {
        using var client = hub.Client();
        await client.Submissions.CreateAsync(Drafts.One(), Cancellation);
        hub.Tamper = receipt => Tamper(receipt, part);
        var draft = Drafts.One();

        var e = await Assert.ThrowsAsync<ReceiptRefusedException>(() => client.Submissions.CreateAsync(draft, Cancellation));

        Assert.NotEqual(ReceiptFailure.None, e.Failure);
        Assert.Equal(draft.RequestId, e.RequestId);
    }

    [Fact]
    public async Task Receipt_SignedByAnotherKeyOfTheSameName_IsRefused()
    {
        using var client = hub.Client();
        await client.Submissions.CreateAsync(Drafts.One(), Cancellation);
        hub.Log = new FakeLog();

        var e = await Assert.ThrowsAsync<ReceiptRefusedException>(() => client.Submissions.CreateAsync(Drafts.One(), Cancellation));

        Assert.Equal(ReceiptFailure.SignatureInvalid, e.Failure);
    }

    [Fact]
    public async Task Receipt_OfACheckpointThatThePinnedKeySignedForAnotherLog_IsRefused()
    {
        using var client = hub.Client();
        await client.Submissions.CreateAsync(Drafts.One(), Cancellation);
        hub.Log.StatedOrigin = "hub.test/other";

        var receipt = await Assert.ThrowsAsync<ReceiptRefusedException>(() => client.Submissions.CreateAsync(Drafts.One(), Cancellation));
        var checkpoint = await Assert.ThrowsAsync<ReceiptRefusedException>(() => client.Ledger.GetCheckpointAsync(Cancellation));

        Assert.Equal((ReceiptFailure.OriginMismatch, ReceiptFailure.SignatureInvalid), (receipt.Failure, checkpoint.Failure));
    }

    [Theory]
    [InlineData("\"3.50\"", "\"3.51\"", "another value")]
    [InlineData("AGGREGATES_ONLY", "PUBLIC", "another disclosure")]
    [InlineData("\"customs\"", "\"imports\"", "no value of instruments/lpi/indicators/customs")]
    [InlineData("periods/2023", "periods/2022", "collection")]
    [InlineData("\"values\":[{", "\"values\":[{\"indicator\":\"more\",\"decimal\":\"1\",\"disclosure\":\"PUBLIC\"},{", "2 values")]
    [InlineData("\"values\":", "\"valeurs\":", "no values")]
    [InlineData("{\"submission\"", "{\"submitter\"", "cannot be read")]
    public async Task Receipt_OfSomethingElseThanWasSent_IsRefused(string sent, string recorded, string why)
    {
        hub.Misrecord = payload =>
        {
            Assert.Contains(sent, payload, StringComparison.Ordinal);
            return payload.Replace(sent, recorded, StringComparison.Ordinal);
        };
        using var client = hub.Client();

        var e = await Assert.ThrowsAsync<ReceiptRefusedException>(() => client.Submissions.CreateAsync(Drafts.One("3.50"), Cancellation));

        Assert.Equal(ReceiptFailure.None, e.Failure);
        Assert.Contains(why, e.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("3.5", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receipt_OfTheSameValueWrittenOtherwise_IsTaken()
    {
        hub.Misrecord = payload => payload.Replace("\"3.50\"", "\"+03.5\"", StringComparison.Ordinal);
        using var client = hub.Client();

        var recorded = await client.Submissions.CreateAsync(Drafts.One("3.50"), Cancellation);

        Assert.Equal("submitted", recorded.Receipt.Kind);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("UA")]
    public async Task Receipt_OfAnotherAdministrationsStream_IsRefused(string? configured)
    {
        hub.Stream = "administrations/PL";
        using var client = hub.Client(o => o.Administration = configured);

        var e = await Assert.ThrowsAsync<ReceiptRefusedException>(() => client.Submissions.CreateAsync(Drafts.One(), Cancellation));

        Assert.Contains("administrations/PL", e.Message, StringComparison.Ordinal);
        Assert.Equal(configured is null ? 1 : 0, hub.CountOf("WhoAmI"));
    }

    [Theory]
    [InlineData("submissions/", "submissions/0")]
    [InlineData("administrations/UA", "administrations/PL")]
    public async Task Answer_NamingAnotherSubmissionThanItsReceipt_IsRefused(string right, string wrong)
    {
        hub.Misname = name => name.Replace(right, wrong, StringComparison.Ordinal);
        using var client = hub.Client();

        var e = await Assert.ThrowsAsync<ReceiptRefusedException>(() => client.Submissions.CreateAsync(Drafts.One(), Cancellation));

        Assert.Contains("another submission", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receipts_OfTheWholeLife_SayWhatWasDone()
    {
        using var client = hub.Client();
        var created = await client.Submissions.CreateAsync(Drafts.One("3.5"), Cancellation);

        var corrected = await client.Submissions.CorrectAsync(
            created.Submission, new Dictionary<string, Figure> { ["customs"] = Figure.Decimal("3.6") }, "Typing error", cancellationToken: Cancellation);
        var withdrawn = await client.Submissions.WithdrawAsync(corrected.Submission, "Wrong year", cancellationToken: Cancellation);
        var erased = await client.Submissions.EraseAsync(withdrawn.Submission, "Asked by our lawyers", cancellationToken: Cancellation);

        Assert.Equal(["submitted", "corrected", "withdrawn", "erased"],
            new[] { created, corrected, withdrawn, erased }.Select(r => r.Receipt.Kind));
        Assert.Equal("etag-1", hub.Calls.Select(c => c.Request).OfType<V1.CorrectSubmissionRequest>().Single().Submission.Etag);
        Assert.Equal("etag-2", hub.Calls.Select(c => c.Request).OfType<V1.WithdrawSubmissionRequest>().Single().Etag);
        Assert.Equal(SubmissionState.Erased, erased.Submission.State);
    }

    [Fact]
    public async Task Receipt_OfACorrectionWithAnotherReason_IsRefused()
    {
        using var client = hub.Client();
        var created = await client.Submissions.CreateAsync(Drafts.One(), Cancellation);
        hub.Misrecord = payload => payload.Replace("Wrong year", "No reason", StringComparison.Ordinal);

        var e = await Assert.ThrowsAsync<ReceiptRefusedException>(
            () => client.Submissions.WithdrawAsync(created.Submission, "Wrong year", cancellationToken: Cancellation));

        Assert.Contains("another reason", e.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Receipt_FetchedAgain_IsProvedAgainstTheLogAsItIsNow()
    {
        using var client = hub.Client();
        var first = await client.Submissions.CreateAsync(Drafts.One(), Cancellation);
        await client.Submissions.CreateAsync(Drafts.One(), Cancellation);

        var again = await client.Submissions.GetReceiptAsync(first.Submission.Name, 1, Cancellation);

        Assert.Equal((0L, 2L), (again.Position, again.TreeSize));
        await Assert.ThrowsAsync<ReceiptRefusedException>(() => client.Submissions.GetReceiptAsync(first.Submission.Name, 2, Cancellation));
    }

    [Fact]
    public async Task Receipt_Saved_CanBeReadByItsOwnerAndVerifiedWithoutTheHub()
    {
        using var client = hub.Client();
        var recorded = await client.Submissions.CreateAsync(Drafts.One(), Cancellation);
        var path = Path.Combine(Directory.CreateTempSubdirectory("hub-receipt-").FullName, "receipt.json");

        await recorded.Receipt.SaveAsync(path, Cancellation);
        var json = await File.ReadAllTextAsync(path, Cancellation);

        Assert.Equal(recorded.Receipt.Position, client.Ledger.Verify(json).Position);
        Assert.Throws<ReceiptRefusedException>(() => client.Ledger.Verify(json.Replace("\"position\": \"0\"", "\"position\": \"1\"", StringComparison.Ordinal)));
        if (!OperatingSystem.IsWindows()) Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(path));
        Assert.Single(Directory.GetFiles(Path.GetDirectoryName(path)!));
        Directory.Delete(Path.GetDirectoryName(path)!, recursive: true);
    }

    [Fact]
    public async Task Inclusion_InALaterCheckpoint_IsProvedOrRefused()
    {
        using var client = hub.Client();
        var before = await client.Ledger.GetCheckpointAsync(Cancellation);
        var recorded = await client.Submissions.CreateAsync(Drafts.One(), Cancellation);
        await client.Submissions.CreateAsync(Drafts.One(), Cancellation);
        var after = await client.Ledger.GetCheckpointAsync(Cancellation);

        await client.Ledger.ProveInclusionAsync(recorded.Receipt, after, Cancellation);
        await Assert.ThrowsAsync<ReceiptRefusedException>(() => client.Ledger.ProveInclusionAsync(recorded.Receipt, before, Cancellation));
        var forged = after with { Root = before.Root };
        await Assert.ThrowsAsync<ReceiptRefusedException>(() => client.Ledger.ProveInclusionAsync(recorded.Receipt, forged, Cancellation));
    }

    private static V1.Receipt Tamper(V1.Receipt receipt, string part)
    {
        var changed = receipt.Clone();
        switch (part)
        {
            case "payload": changed.Payload = Flip(changed.Payload); break;
            case "salt": changed.Salt = Flip(changed.Salt); break;
            case "header": changed.Header = Flip(changed.Header); break;
            case "proof": changed.Proof[0] = Flip(changed.Proof[0]); break;
            case "position": changed.Position--; break;
            case "checkpoint": changed.Checkpoint = changed.Checkpoint.Replace("\n2\n", "\n3\n", StringComparison.Ordinal); break;
            default: changed = new V1.Receipt(); break;
        }

        return changed;
    }

    private static ByteString Flip(ByteString bytes)
    {
        var changed = bytes.ToByteArray();
        changed[^1] ^= 1;
        return ByteString.CopyFrom(changed);
    }
}
