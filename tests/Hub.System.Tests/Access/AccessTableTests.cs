using System.Text.Json.Nodes;
using Hub.Client;
using Hub.Testing;
using Xunit;

namespace Hub.SystemTests.Access;

/// <summary>Each RPC × scope × machine or person × own, other, unregistered or no administration × audience, against the real gate.</summary>
public sealed class AccessTableTests(AccessHub shared) : IClassFixture<AccessHub>
{
    private static readonly string[] GateReasons =
        ["TOKEN_MISSING", "TOKEN_INVALID", "SCOPE_INSUFFICIENT", "NOT_PERMITTED", "PERSON_REQUIRED", "ADMINISTRATION_SUSPENDED", "UNIMPLEMENTED", "INTERNAL"];

    private readonly HubFixture hub = shared.Hub;
    private readonly string submission = shared.Submission;

    public static TheoryData<string> Rows => [.. AccessRowOfDesign.Rows.Select(row => row.Rpc)];

    [Fact]
    public void Rpc_OfAnyService_HasARowHereAndInTheSilo()
    {
        Assert.Equal(RawHub.Rpcs.Keys.Order(), AccessRowOfDesign.Rows.Select(row => row.Rpc).Order());
        Assert.Equal(RawHub.Rpcs.Keys.Order(), Silo.Access.AccessTable.Rows.Keys.Where(k => k.StartsWith("/hub.v1.", StringComparison.Ordinal)).Select(k => k["/hub.v1.".Length..]).Order());
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Rpc_ByEveryKindOfCaller_OpensToThoseOfTheTableOnly(string rpc)
    {
        var row = AccessRowOfDesign.Rows.Single(r => r.Rpc == rpc);
        using var raw = new RawHub(hub);
        var callers =
            from scope in AccessRowOfDesign.AllScopes
            from isPerson in (bool[])[false, true]
            from speaker in Enum.GetValues<Speaker>()
            select WrongAsync(scope, isPerson, speaker);

        Assert.All(await Task.WhenAll(callers), Assert.Null);

        async Task<string?> WrongAsync(string scope, bool isPerson, Speaker speaker)
        {
            var answer = await raw.CallAsync(rpc, row.RequestFor("UA", submission), Token(scope, isPerson, speaker));
            var expected = row.RefusalOf(scope, isPerson, speaker);
            var gate = GateReasons.Contains(answer.Reason) ? answer.Reason : "";
            return gate == expected && (expected.Length == 0 || answer.Domain == "hub.v1")
                ? null
                : $"{scope}, {(isPerson ? "person" : "machine")}, {speaker}: expected '{expected}', got {answer.Code} '{answer.Reason}' {answer.Text}";
        }
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Rpc_WithoutTokenOrWithOneOfAnotherAudience_IsRefused(string rpc)
    {
        var row = AccessRowOfDesign.Rows.Single(r => r.Rpc == rpc);
        using var raw = new RawHub(hub);
        var request = row.RequestFor("UA", submission);
        var elsewhere = hub.Issuer.Person(hub.Time.GetUtcNow(), "olena", "UA", AccessRowOfDesign.AllScopes);
        elsewhere["aud"] = "another-hub";

        var missing = await raw.CallAsync(rpc, request, null);
        var misdirected = await raw.CallAsync(rpc, request, hub.Issuer.Sign(elsewhere));

        Assert.Equal(("TOKEN_MISSING", "hub.v1"), (missing.Reason, missing.Domain));
        Assert.Equal(("TOKEN_INVALID", "hub.v1"), (misdirected.Reason, misdirected.Domain));
    }

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task Rpc_ForASuspendedAdministration_IsShutAtOnce(string rpc)
    {
        var row = AccessRowOfDesign.Rows.Single(r => r.Rpc == rpc);
        using var raw = new RawHub(hub);
        var answer = await raw.CallAsync(rpc, row.RequestFor("UA", submission), hub.PersonToken("jan", AccessHub.Suspended, AccessRowOfDesign.AllScopes));

        var tellsItSo = row.MachineScopes is null;
        Assert.Equal(tellsItSo ? "" : "ADMINISTRATION_SUSPENDED", GateReasons.Contains(answer.Reason) ? answer.Reason : "");
    }

    [Fact]
    public async Task Suspension_OfAnAdministration_HoldsFromTheNextCallOnUntilItIsReinstated()
    {
        await hub.RegisterAsync("SE");
        using var raw = new RawHub(hub);
        using var secretariat = hub.Operator();
        using var member = hub.Member("SE");
        var token = hub.MachineToken("adm-SE", "SE", "hub.submit");
        async Task<string> ReasonAsync() => (await raw.CallAsync("SubmissionService/ListSubmissions", """{"parent": "administrations/self"}""", token)).Reason;

        Assert.Equal("", await ReasonAsync());
        await secretariat.Registry.SuspendAsync("administrations/SE", "Agreement ended", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("ADMINISTRATION_SUSPENDED", await ReasonAsync());
        Assert.Equal(AdministrationState.Suspended, (await member.WhoAmIAsync(TestContext.Current.CancellationToken)).AdministrationState);
        await secretariat.Registry.ProposeReinstatementAsync("administrations/SE", "Signed", cancellationToken: TestContext.Current.CancellationToken);
        Assert.Equal("", await ReasonAsync());
    }

    [Theory]
    [InlineData("SubmissionService/GetSubmission", """{"name": "$"}""")]
    [InlineData("SubmissionService/GetReceipt", """{"name": "$/receipts/1"}""")]
    [InlineData("SubmissionService/WithdrawSubmission", """{"name": "$", "reason": "r", "request_id": "00000000-0000-4000-8000-000000000002"}""")]
    [InlineData("SubmissionService/EraseSubmission", """{"name": "$", "reason": "r", "request_id": "00000000-0000-4000-8000-000000000003"}""")]
    [InlineData("SubmissionService/CorrectSubmission", """{"submission": {"name": "$"}, "reason": "r", "request_id": "00000000-0000-4000-8000-000000000004"}""")]
    public async Task Submission_OfAnotherAndOneThatDoesNotExist_AnswerByteForByteAlike(string rpc, string request)
    {
        using var raw = new RawHub(hub);
        var token = hub.MachineToken("adm-PL", "PL", "hub.submit");
        var id = submission.Split('/')[^1];
        string[] names =
        [
            submission, $"administrations/PL/submissions/{Guid.NewGuid()}", $"administrations/self/submissions/{id}",
            $"administrations/ZZ/submissions/{id}", "administrations/UA/submissions/nonsense", "",
        ];

        var answers = new List<byte[]>();
        foreach (var name in names)
        {
            var answer = await raw.CallAsync(rpc, request.Replace("$", name, StringComparison.Ordinal), token);
            Assert.Equal("NOT_PERMITTED", answer.Reason);
            answers.Add(Google.Protobuf.MessageExtensions.ToByteArray(answer.Details!));
        }

        Assert.All(answers, bytes => Assert.Equal(answers[0], bytes));
    }

    private string Token(string scope, bool isPerson, Speaker speaker)
    {
        var code = speaker switch { Speaker.Own => "UA", Speaker.Other => "PL", Speaker.Unregistered => "ZZ", _ => null };
        var name = $"caller-{Guid.NewGuid():N}";
        JsonObject claims = isPerson
            ? hub.Issuer.Person(hub.Time.GetUtcNow(), name, code, scope)
            : hub.Issuer.Machine(hub.Time.GetUtcNow(), name, code, scope);
        return hub.Issuer.Sign(claims);
    }
}
