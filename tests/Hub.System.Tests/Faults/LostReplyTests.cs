using Hub.Client;
using Hub.Silo.Ledger;
using Hub.SystemTests.Access;
using Hub.Testing;
using Hub.V1;
using Xunit;
using Figure = Hub.Client.Figure;

namespace Hub.SystemTests.Faults;

/// <summary>Whatever the ledger's answer becomes, the same request_id leads to the same receipt, and to one entry.</summary>
public sealed class LostReplyTests
{
    private const string Create = "SubmissionService/CreateSubmission";
    private readonly LedgerFaults faults = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reply_LostAfterTheCommit_IsFoundOnRepeatingTheRequest()
    {
        await using var hub = await StartAsync();
        using var raw = new RawHub(hub);
        var token = hub.MachineToken("adm-UA", "UA", "hub.submit");
        var request = Request();

        // The commit's answer is lost, and so is the writer's own question for it.
        faults.FailNext(LedgerFault.AfterCommitBeforeReply, outcomeUnknown: true);
        var lost = await raw.CallAsync(Create, request, token);
        var first = await raw.CallAsync(Create, request, token);
        var second = await raw.CallAsync(Create, request, token);

        Assert.Equal("LEDGER_UNAVAILABLE", lost.Reason);
        Assert.Equal(Receipt(first).Header, Receipt(second).Header);
        Assert.Equal(Receipt(first).Position, Receipt(second).Position);
        var all = ListSubmissionsResponse.Parser.ParseFrom((await raw.CallAsync("SubmissionService/ListSubmissions", """{"parent": "administrations/self"}""", token)).Bytes);
        Assert.Equal(1, Assert.Single(all.Submissions).Version);
    }

    [Fact]
    public async Task Reply_LostAfterTheCommit_IsLookedForByTheWriterItself()
    {
        await using var hub = await StartAsync();
        using var raw = new RawHub(hub);

        faults.FailNext(LedgerFault.AfterCommitBeforeReply);
        var answer = await raw.CallAsync(Create, Request(), hub.MachineToken("adm-UA", "UA", "hub.submit"));

        Assert.Equal("", answer.Reason);
        Assert.True(faults.IsSpent);
    }

    [Fact]
    public async Task Commit_ThatFails_RecordsNothingAndTheNextOneSucceeds()
    {
        await using var hub = await StartAsync();
        using var raw = new RawHub(hub);
        var token = hub.MachineToken("adm-UA", "UA", "hub.submit");
        var request = Request();

        faults.FailNext(LedgerFault.BeforeCommit);
        var failed = await raw.CallAsync(Create, request, token);
        var none = await raw.CallAsync("SubmissionService/ListSubmissions", """{"parent": "administrations/self"}""", token);
        var recorded = await raw.CallAsync(Create, request, token);

        Assert.Equal("LEDGER_UNAVAILABLE", failed.Reason);
        Assert.Empty(ListSubmissionsResponse.Parser.ParseFrom(none.Bytes).Submissions);
        Assert.Equal("", recorded.Reason);
    }

    [Fact]
    public async Task Sdk_WhenAReplyIsLost_RepairsItByItself()
    {
        await using var hub = await StartAsync();
        using var member = hub.Member("UA");

        faults.FailNext(LedgerFault.AfterCommitBeforeReply, outcomeUnknown: true);
        var recorded = await member.Submissions.CreateAsync(
            new SubmissionDraft("instruments/lpi/periods/2023", ("LP.LPI.CUST.XQ", Figure.Decimal("2.4"))), Cancellation);

        Assert.True(faults.IsSpent);
        Assert.Equal(1, recorded.Submission.Version);
        Assert.Single(await member.Submissions.ListAsync(cancellationToken: Cancellation).ToListAsync(Cancellation));
    }

    private async Task<HubFixture> StartAsync()
    {
        var hub = await HubFixture.StartAsync(options => options.Services = faults.AddTo);
        hub.ExpectedErrors = record => record.Exception is not null;
        await hub.RegisterAsync("UA");
        return hub;
    }

    private static CreateSubmissionRequest Request() => new()
    {
        Parent = "administrations/self",
        RequestId = Guid.NewGuid().ToString(),
        Submission = new V1.Submission
        {
            Collection = "instruments/lpi/periods/2023",
            Values = { new IndicatorValue { Indicator = "instruments/lpi/indicators/LP.LPI.CUST.XQ", Decimal = new Google.Type.Decimal { Value = "2.4" } } },
        },
    };

    private static Receipt Receipt(RawAnswer answer)
    {
        Assert.Equal("", answer.Reason);
        return CreateSubmissionResponse.Parser.ParseFrom(answer.Bytes).Receipt;
    }
}
