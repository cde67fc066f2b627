using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;
using Hub.SystemTests.Access;
using Hub.Testing;
using Hub.V1;
using Xunit;

namespace Hub.SystemTests.Wire;

/// <summary>Bytes that are no message of the contract: one answer over every protocol, with its details, quoting nothing, and nothing is stored.</summary>
public sealed class MalformedTests : IClassFixture<SharedHub>
{
    private const string Create = "v1/administrations/self/submissions";
    private const string Canary = "31415.9265";
    private readonly SharedHub shared;
    private readonly HubFixture hub;

    public MalformedTests(SharedHub shared)
    {
        (this.shared, hub) = (shared, shared.Hub);
        // gRPC logs what it cannot read.
        hub.ExpectedErrors = record => record.Exception is InvalidProtocolBufferException or InvalidDataException;
    }

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("{")]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[1, 2]")]
    [InlineData("""{"submission": "text"}""")]
    [InlineData("""{"requestId": "$id", "submission": {"values": [$value]""")]
    [InlineData("""{"requestId": "$id", "nothing": 1, "submission": {"collection": "$collection", "values": [$value]} }""")]
    [InlineData("""{"requestId": "$id", "submission": {"collection": "$collection", "values": [{"indicator": "$indicator", "decimal": {"value": "2.4"}, "disclosurre": "OWN_ONLY"}]} }""")]
    [InlineData("""{"requestId": "$id", "submission": {"collection": "$collection", "values": [{"indicator": "$indicator", "decimal": {"value": 31415.9265} }]} }""")]
    [InlineData("""{"requestId": "$id", "submission": {"collection": "$collection", "version": "31415.9265", "values": [$value]} }""")]
    [InlineData("""{"requestId": "$id", "submission": {"collection": "$collection", "createTime": "31415.9265", "values": [$value]} }""")]
    [InlineData("""{"requestId": "$id", "submission": {"collection": "$collection", "values": [{"indicator": "$indicator", "absenceReason": "31415.9265"}]} }""")]
    [InlineData("""{"requestId": "$id", "submission": {"collection": "$collection", "values": [null]} }""")]
    public async Task Json_Malformed_IsRefusedWithDetailsAndNothingIsStored(string body)
    {
        var code = await shared.RegisterAsync();
        var filled = body.Replace("$value", """{"indicator": "$indicator", "decimal": {"value": "2.4"} }""", StringComparison.Ordinal)
            .Replace("$id", Guid.NewGuid().ToString(), StringComparison.Ordinal)
            .Replace("$collection", "instruments/lpi/periods/2023", StringComparison.Ordinal)
            .Replace("$indicator", "instruments/lpi/indicators/LP.LPI.CUST.XQ", StringComparison.Ordinal);

        var (status, error) = await SendAsync(HttpMethod.Post, Create, code, new StringContent(filled, Encoding.UTF8, "application/json"));

        Assert.Equal((HttpStatusCode.BadRequest, 3), (status, (int)error["code"]!));
        Assert.Equal(("MESSAGE_MALFORMED", "hub.v1"), Info(error));
        Assert.Contains("/openapi/v1.json", (string)error["message"]!, StringComparison.Ordinal);
        AssertQuotedNowhere(error);
        await NothingIsStoredAsync(code);
    }

    [Theory]
    [InlineData("POST", "", "{", "body: This is no JSON from line 1, byte 2 on.")]
    [InlineData("POST", "", "[1, 2]", "body: This is a JSON object.")]
    [InlineData("POST", "", """{"requestId": "a", "requestId": "b"}""", "request_id: It is there twice.")]
    [InlineData("POST", "", """{"submission": "text"}""", "submission: This is a JSON object.")]
    [InlineData("POST", "", """{"submission": {"values": {} }}""", "submission.values: This is a JSON array.")]
    [InlineData("POST", "", """{"submission": {"values": [null]}}""", "submission.values[0]: This is a JSON object.")]
    [InlineData("POST", "", """{"submission": {"values": [{}, {"disclosurre": "OWN_ONLY"}]}}""", "submission.values[1].disclosurre: There is no such field. Use indicator, decimal, ratio, absenceReason, disclosure.")]
    [InlineData("POST", "", """{"submission": {"values": [{"31415.9265": "1"}]}}""", "submission.values[0].(a name): There is no such field.")]
    [InlineData("POST", "", """{"submission": {"values": [{"decimal": {"value": 31415.9265}}]}}""", "submission.values[0].decimal.value: This is a string in quotes, figures too.")]
    [InlineData("POST", "", """{"submission": {"values": [{"absenceReason": "31415.9265"}]}}""", "submission.values[0].absence_reason: This is one of ABSENCE_REASON_NOT_AVAILABLE, ")]
    [InlineData("POST", "", """{"submission": {"createTime": "31415.9265"}}""", "submission.create_time: This is a google.protobuf.Timestamp in")]
    [InlineData("POST", "", """{"submission": {"version": "31415.9265"}}""", "submission.version: This is a whole number.")]
    [InlineData("POST", "?page_size=3", "{}", "page_size: This address has no such parameter. Send it in the body.")]
    [InlineData("GET", "?page_sise=3", null, "page_sise: This address has no such parameter. Use collection, pageSize, pageToken.")]
    [InlineData("GET", "?parent=administrations/self", null, "parent: This address has no such parameter.")]
    [InlineData("GET", "?pageSize=3&pageSize=4", null, "page_size: It is there twice.")]
    [InlineData("GET", "?page_size=31415.9265", null, "page_size: This is a whole number.")]
    [InlineData("GET", "?31415.9265=1", null, "(a name): This address has no such parameter.")]
    public async Task Json_Malformed_NamesThePlaceAndTheRemedy(string method, string query, string? body, string place)
    {
        var code = await shared.RegisterAsync();
        var content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");

        var (status, error) = await SendAsync(new HttpMethod(method), Create + query, code, content);

        Assert.Equal((HttpStatusCode.BadRequest, ("MESSAGE_MALFORMED", "hub.v1")), (status, Info(error)));
        var violation = Detail(error, "google.rpc.BadRequest")["fieldViolations"]!.AsArray()[0]!;
        Assert.StartsWith(place, $"{(string)violation["field"]!}: {(string)violation["description"]!}", StringComparison.Ordinal);
        AssertQuotedNowhere(error);
    }

    [Fact]
    public async Task Json_WithAVeryLongList_IsRefusedBeforeAnybodyLooksAtItsElements()
    {
        var elements = string.Join(',', Enumerable.Repeat("{}", 10_001));
        var content = new StringContent($$"""{"submission": {"values": [{{elements}}]} }""", Encoding.UTF8, "application/json");

        var (status, error) = await SendAsync(HttpMethod.Post, Create, await shared.RegisterAsync(), content);

        Assert.Equal((HttpStatusCode.BadRequest, ("MESSAGE_MALFORMED", "hub.v1")), (status, Info(error)));
        Assert.Contains("submission.values: It has 10001 elements.", (string)error["message"]!, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?pageSize=3")]
    [InlineData("?page_size=3&page_token=&collection=")]
    [InlineData("?")]
    public async Task Query_OfTheContract_IsTaken(string query)
    {
        var code = await shared.RegisterAsync();

        var (status, _) = await SendAsync(HttpMethod.Get, Create + query, code, null);

        Assert.Equal(HttpStatusCode.OK, status);
    }

    [Theory]
    [InlineData("GET", "?pageSize=31415.9265", HttpStatusCode.BadRequest, "MESSAGE_MALFORMED")]
    [InlineData("POST", "", HttpStatusCode.BadRequest, "MESSAGE_MALFORMED")]
    [InlineData("DELETE", "", HttpStatusCode.MethodNotAllowed, "UNIMPLEMENTED")]
    [InlineData("GET", ":nothing", HttpStatusCode.NotFound, "UNIMPLEMENTED")]
    public async Task Http_OutsideOfTheContract_IsRefusedWithDetails(string method, string rest, HttpStatusCode expected, string reason)
    {
        var code = await shared.RegisterAsync();
        // For POST the wrong thing is the content's type.
        var content = method == "POST" ? new StringContent("{}", Encoding.UTF8, "text/plain") : null;

        var (status, error) = await SendAsync(new HttpMethod(method), Create + rest, code, content);

        Assert.Equal((expected, (reason, "hub.v1")), (status, Info(error)));
        AssertQuotedNowhere(error);
    }

    [Theory]
    [InlineData(new byte[] { 0xff, 0xff, 0xff })]
    [InlineData(new byte[] { 0x0a, 0x7f, 0x01 })]
    [InlineData(new byte[] { 0x0a, 0x02, 0xc3, 0x28 })]
    public async Task Protobuf_Malformed_IsRefusedWithDetailsAndNothingIsStored(byte[] bytes)
    {
        var code = await shared.RegisterAsync();
        using var raw = new RawHub(hub);

        var answer = await raw.CallAsync("SubmissionService/CreateSubmission", bytes, Token(code));

        Assert.Equal((StatusCode.InvalidArgument, "MESSAGE_MALFORMED", "hub.v1"), (answer.Code, answer.Reason, answer.Domain));
        Assert.DoesNotContain("Exception", answer.Text, StringComparison.Ordinal);
        await NothingIsStoredAsync(code);
    }

    [Theory]
    [InlineData("application/grpc", new byte[] { 0, 0, 0, 0, 3, 0xff, 0xff, 0xff })]
    [InlineData("application/grpc", new byte[] { 0, 0, 0, 0, 9, 0x0a })]
    [InlineData("application/grpc", new byte[] { 7, 0, 0, 0, 1, 0x0a })]
    [InlineData("application/grpc", new byte[] { 1, 0, 0, 0, 1, 0x0a })]
    [InlineData("application/grpc", new byte[] { 0, 0, 0, 0, 0, 0, 0, 0, 0, 0 })]
    [InlineData("application/grpc-web", new byte[] { 0, 0, 0, 0, 3, 0xff, 0xff, 0xff })]
    public async Task Frame_Malformed_IsRefusedWithDetails(string type, byte[] frame)
    {
        var code = await shared.RegisterAsync();
        using var http = new HttpClient(hub.Handler());
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{hub.Address}hub.v1.SubmissionService/CreateSubmission")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent(frame),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue(type);
        request.Headers.TE.ParseAdd("trailers");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token(code));

        using var response = await http.SendAsync(request, Cancellation);
        var body = await response.Content.ReadAsStringAsync(Cancellation);

        // gRPC-Web has its trailers at the end of the body.
        var fields = response.TrailingHeaders.Concat(response.Headers).Select(h => $"{h.Key}: {h.Value.First()}").Concat(body.Split("\r\n")).ToList();
        Assert.Contains(fields, f => f.EndsWith("grpc-status: 3", StringComparison.Ordinal));
        var details = fields.Single(f => f.StartsWith("grpc-status-details-bin: ", StringComparison.Ordinal)).Split(' ')[1];
        var status = Google.Rpc.Status.Parser.ParseFrom(Convert.FromBase64String(details.PadRight((details.Length + 3) / 4 * 4, '=')));
        Assert.Equal((3, "MESSAGE_MALFORMED"), (status.Code, status.GetDetail<ErrorInfo>()!.Reason));
        await NothingIsStoredAsync(code);
    }

    [Fact]
    public async Task SubmitMany_MalformedAfterGoodMessages_AnswersThoseAndEndsWithDetails()
    {
        var code = await shared.RegisterAsync();
        using var raw = new RawHub(hub);
        using var stream = raw.Open("SubmissionService/SubmitMany", Token(code));
        var good = Draft("2023");
        await stream.RequestStream.WriteAsync(good.ToByteArray(), Cancellation);
        await stream.RequestStream.WriteAsync(Draft("none").ToByteArray(), Cancellation);
        await stream.RequestStream.WriteAsync([0xff, 0xff, 0xff], Cancellation);

        var answers = new List<SubmitManyResponse>();
        var ended = await Assert.ThrowsAsync<RpcException>(async () =>
        {
            while (await stream.ResponseStream.MoveNext(Cancellation)) answers.Add(SubmitManyResponse.Parser.ParseFrom(stream.ResponseStream.Current));
        });

        var info = ended.GetRpcStatus()!.GetDetail<ErrorInfo>()!;
        Assert.Equal((StatusCode.InvalidArgument, "MESSAGE_MALFORMED", "hub.v1"), (ended.StatusCode, info.Reason, info.Domain));
        Assert.Equal(2, answers.Count);
        var created = answers.Single(a => a.RequestId == good.RequestId).Created;
        Assert.Equal("FIELD_INVALID", answers.Single(a => a.RequestId != good.RequestId).Status.GetDetail<ErrorInfo>()!.Reason);
        Assert.Equal([created.Submission.Name], await StoredAsync(code));
    }

    private static SubmitManyRequest Draft(string period) => new()
    {
        RequestId = Guid.NewGuid().ToString(),
        Submission = new Submission
        {
            Collection = $"instruments/lpi/periods/{period}",
            Values = { new IndicatorValue { Indicator = "instruments/lpi/indicators/LP.LPI.CUST.XQ", Decimal = new Google.Type.Decimal { Value = "2.4" } } },
        },
    };

    private static (string Reason, string Domain) Info(JsonNode error)
    {
        var info = Detail(error, "google.rpc.ErrorInfo");
        return ((string)info["reason"]!, (string)info["domain"]!);
    }

    private static JsonNode Detail(JsonNode error, string type) =>
        error["details"]!.AsArray().Single(d => ((string)d!["@type"]!).EndsWith(type, StringComparison.Ordinal))!;

    private void AssertQuotedNowhere(JsonNode error)
    {
        Assert.DoesNotContain(Canary, error.ToJsonString(), StringComparison.Ordinal);
        Assert.DoesNotContain(hub.Log.GetSnapshot(), r => $"{r.Message} {r.Exception}".Contains(Canary, StringComparison.Ordinal));
    }

    private string Token(string code) => hub.MachineToken($"adm-{code}", code, "hub.submit", "hub.read");

    private async Task NothingIsStoredAsync(string code) => Assert.Empty(await StoredAsync(code));

    private async Task<List<string>> StoredAsync(string code)
    {
        using var member = hub.Member(code);
        return await member.Submissions.ListAsync(cancellationToken: Cancellation).Select(s => s.Name).ToListAsync(Cancellation);
    }

    private async Task<(HttpStatusCode Status, JsonNode Body)> SendAsync(HttpMethod method, string path, string code, HttpContent? content)
    {
        using var http = hub.Http();
        using var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token(code));
        using var response = await http.SendAsync(request, Cancellation);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!);
    }
}
