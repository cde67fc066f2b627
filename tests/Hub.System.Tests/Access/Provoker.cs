using System.Globalization;
using System.Net;
using System.Net.Http.Headers;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Hub.Silo.Releases;
using Hub.SystemTests.Faults;
using Hub.Testing;
using Hub.V1;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hub.SystemTests.Access;

/// <summary>Brings a Hub into the situations of <see cref="ErrorReasonTests"/>, by its public API.</summary>
internal sealed class Provoker(HubFixture hub, RawHub raw, LedgerFaults faults)
{
    private const string Release = "instruments/synthetic/periods/1/releases/1";

    public LedgerFaults Faults => faults;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Task<RawAnswer> Call(string rpc, string json, string? token) => raw.CallAsync(rpc, json, token);

    public string Machine(params string[] scopes) => hub.MachineToken("machine", null, scopes);

    public Task<RawAnswer> AsMember(string rpc, string json, string code = "UA") =>
        raw.CallAsync(rpc, json, hub.MachineToken($"adm-{code}", code, "hub.submit", "hub.read"));

    public Task<RawAnswer> AsOperator(string rpc, string json) => raw.CallAsync(rpc, json, Machine("hub.operate"));

    public async Task DoneAsOperator(string rpc, string json) => Require(await AsOperator(rpc, json));

    public Task<RawAnswer> SubmitAsync(string value, string? id = null) => AsMember("SubmissionService/CreateSubmission", Draft("lpi", "2023", "LP.LPI.CUST.XQ", value, id));

    public Task<RawAnswer> SubmitSyntheticAsync(string code = "UA", string value = "10") =>
        AsMember("SubmissionService/CreateSubmission", Draft("synthetic", "1", SyntheticCatalogue.Indicator, value, null), code);

    /// <summary>Bytes that are no message.</summary>
    public Task<RawAnswer> GarbageAsync() => raw.CallAsync("SubmissionService/CreateSubmission", [0xff, 0xff, 0xff], hub.MachineToken("adm-UA", "UA", "hub.submit"));

    /// <summary>Submits, and gives the submission's name.</summary>
    public async Task<string> SubmittedAsync() => CreateSubmissionResponse.Parser.ParseFrom(Require(await SubmitAsync("2.4"))).Submission.Name;

    public async Task<RawAnswer> TwiceAsync(string rpc)
    {
        var name = await SubmittedAsync();
        Require(await AsMember($"SubmissionService/{rpc}", $$"""{"name": "{{name}}", "reason": "r", "request_id": "{{Guid.NewGuid()}}"}"""));
        return await AsMember($"SubmissionService/{rpc}", $$"""{"name": "{{name}}", "reason": "r", "request_id": "{{Guid.NewGuid()}}"}""");
    }

    public Task<RawAnswer> RegisterAsync(string code) => AsOperator(
        "RegistryService/ProposeChange", $$"""{"change": {"register": {"name": "administrations/{{code}}", "display_name": "{{code}}"}, "reason": "r"}, "request_id": "{{Guid.NewGuid()}}"}""");

    /// <summary>`ada` proposes a registration; then `first` (if at all) and `second` confirm it.</summary>
    public async Task<RawAnswer> ConfirmedTwiceAsync(string first, string second, bool confirmFirst = true)
    {
        var id = Guid.NewGuid();
        var proposal = $$"""{"change": {"register": {"name": "administrations/UA", "display_name": "UA"}, "reason": "r"}, "request_id": "{{id}}"}""";
        Require(await raw.CallAsync("RegistryService/ProposeChange", proposal, Person("ada", "hub.operate")));
        if (confirmFirst) Require(await ConfirmAsync(first));
        return await ConfirmAsync(second);

        Task<RawAnswer> ConfirmAsync(string person) => raw.CallAsync(
            "RegistryService/ConfirmChange", $$"""{"name": "changes/{{id}}", "request_id": "{{Guid.NewGuid()}}"}""", Person(person, "hub.operate"));
    }

    public Task CloseAsync(string collection) => DoneAsOperator(
        "CatalogueService/CloseCollection", $$"""{"name": "{{collection}}", "reason": "r", "request_id": "{{Guid.NewGuid()}}"}""");

    public Task<RawAnswer> ProposeAsync(string collection) => raw.CallAsync(
        "ReleaseService/ProposeRelease", $$"""{"parent": "{{collection}}", "request_id": "{{Guid.NewGuid()}}"}""", Person("ada", "hub.review"));

    /// <summary>All members submit, the collection is closed, a release of it is proposed and computed.</summary>
    public async Task<Proposal> ProposedAsync()
    {
        for (var i = 0; i < 24; i++)
        {
            Require(await SubmitSyntheticAsync(SyntheticCatalogue.Member(i), string.Create(CultureInfo.InvariantCulture, $"{1000 + i * 4000}")));
        }

        await CloseAsync(SyntheticCatalogue.Collection());
        Require(await ProposeAsync(SyntheticCatalogue.Collection()));
        var releases = hub.Services.GetRequiredService<CurrentReleases>();
        while (true)
        {
            var changed = releases.Changed;
            var look = GetProposalResponse.Parser.ParseFrom(Require(await raw.CallAsync(
                "ReleaseService/GetProposal", $$"""{"name": "{{Release}}"}""", Person("bo", "hub.review")))).Proposal;
            if (look.State != V1.ReleaseState.Computing)
            {
                Assert.Equal(V1.ReleaseState.Proposed, look.State);
                return look;
            }

            await changed.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        }
    }

    public Task<RawAnswer> ReviewAsync(Proposal seen, string person) => raw.CallAsync(
        "ReleaseService/ReviewRelease",
        new ReviewReleaseRequest { Name = seen.Name, Verdict = V1.Verdict.Approve, Etag = seen.Etag, RequestId = Guid.NewGuid().ToString() },
        Person(person, "hub.review"));

    public Task<RawAnswer> ScheduleAsync(Proposal seen, TimeSpan ahead) => raw.CallAsync(
        "ReleaseService/ScheduleRelease",
        new ScheduleReleaseRequest { Name = seen.Name, PublishTime = Timestamp.FromDateTimeOffset(hub.Time.GetUtcNow() + ahead), RequestId = Guid.NewGuid().ToString() },
        Machine("hub.operate"));

    public async Task<RawAnswer> EraseAsync(string code)
    {
        var own = ListSubmissionsResponse.Parser.ParseFrom(Require(await AsMember("SubmissionService/ListSubmissions", """{"parent": "administrations/self"}""", code)));
        return await AsMember("SubmissionService/EraseSubmission", $$"""{"name": "{{own.Submissions[0].Name}}", "reason": "r", "request_id": "{{Guid.NewGuid()}}"}""", code);
    }

    /// <summary>More open streams than a caller may have; the answer of the first that is refused.</summary>
    public async Task<RawAnswer> ManyStreamsAsync()
    {
        using var channel = hub.Channel();
        var client = new V1.SubmissionService.SubmissionServiceClient(channel);
        var headers = new Metadata { { "authorization", $"Bearer {hub.MachineToken("adm-UA", "UA", "hub.submit")}" } };
        var open = new List<AsyncDuplexStreamingCall<SubmitManyRequest, SubmitManyResponse>>();
        try
        {
            for (var i = 0; i < Silo.Access.Limits.StreamsMax; i++)
            {
                var stream = client.SubmitMany(headers, cancellationToken: Cancellation);
                open.Add(stream);
                // An answer shows that the stream is open.
                await stream.RequestStream.WriteAsync(new SubmitManyRequest { RequestId = "not a uuid" }, Cancellation);
                Assert.True(await stream.ResponseStream.MoveNext(Cancellation));
            }

            return await raw.CallAsync("SubmissionService/SubmitMany", [], hub.MachineToken("adm-UA", "UA", "hub.submit"));
        }
        finally
        {
            open.ForEach(stream => stream.Dispose());
        }
    }

    /// <summary>A deadline that passes while the ledger works: sent by hand, since gRPC clients give up by themselves.</summary>
    public async Task<RawAnswer> LateAsync()
    {
        faults.Gate.Reset();
        try
        {
            var request = JsonParser.Default.Parse<CreateSubmissionRequest>(Draft("lpi", "2023", "LP.LPI.CUST.XQ", "2.4", null)).ToByteArray();
            return await ByHandAsync("hub.v1.SubmissionService/CreateSubmission", request, ("grpc-timeout", "300m"));
        }
        finally
        {
            faults.Gate.Set();
        }
    }

    public Task<RawAnswer> UnknownRpcAsync() => ByHandAsync("hub.v1.RegistryService/Nothing", []);

    /// <summary>Asks for the receipt of an entry whose bytes somebody has changed in the database.</summary>
    public async Task<RawAnswer> CorruptAsync()
    {
        var created = CreateSubmissionResponse.Parser.ParseFrom(Require(await SubmitAsync("2.4")));
        await using (var database = new SqliteConnection($"Data Source={Path.Combine(hub.DataFolder, "ledger.db")};Pooling=False"))
        {
            await database.OpenAsync(Cancellation);
            await using var command = database.CreateCommand();
            command.CommandText = $"DROP TRIGGER payload_update; UPDATE payload SET sealed = zeroblob(60) WHERE position = {created.Receipt.Position}";
            await command.ExecuteNonQueryAsync(Cancellation);
        }

        return await AsMember("SubmissionService/GetReceipt", $$"""{"name": "{{created.Receipt.Name}}"}""");
    }

    private string Person(string subject, string scope) => hub.PersonToken(subject, null, scope);

    private async Task<RawAnswer> ByHandAsync(string path, byte[] message, params (string Name, string Value)[] headers)
    {
        using var http = new HttpClient(hub.Handler());
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{hub.Address}{path}")
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionExact,
            Content = new ByteArrayContent([0, .. BitConverter.GetBytes(System.Net.IPAddress.HostToNetworkOrder(message.Length)), .. message]),
        };
        request.Content.Headers.ContentType = new MediaTypeHeaderValue("application/grpc");
        request.Headers.TE.ParseAdd("trailers");
        request.Headers.Add("authorization", $"Bearer {hub.MachineToken("adm-UA", "UA", "hub.submit")}");
        foreach (var (name, value) in headers) request.Headers.Add(name, value);

        using var response = await http.SendAsync(request, Cancellation);
        await response.Content.ReadAsByteArrayAsync(Cancellation);
        return Read([.. response.TrailingHeaders, .. response.Headers]);
    }

    private static RawAnswer Read(IReadOnlyList<KeyValuePair<string, IEnumerable<string>>> trailers)
    {
        string? Of(string name) => trailers.FirstOrDefault(t => t.Key == name).Value?.First();
        var code = (StatusCode)int.Parse(Of("grpc-status")!, CultureInfo.InvariantCulture);
        var bytes = Of("grpc-status-details-bin") is { } text ? Convert.FromBase64String(text.PadRight((text.Length + 3) / 4 * 4, '=')) : null;
        return new RawAnswer(code, [], bytes is null ? null : Google.Rpc.Status.Parser.ParseFrom(bytes), Of("grpc-message") ?? "");
    }

    private static string Draft(string instrument, string period, string indicator, string value, string? id) => $$"""
        {"parent": "administrations/self", "request_id": "{{id ?? Guid.NewGuid().ToString()}}", "submission": {
          "collection": "instruments/{{instrument}}/periods/{{period}}",
          "values": [{"indicator": "instruments/{{instrument}}/indicators/{{indicator}}", "decimal": {"value": "{{value}}"} }]} }
        """;

    private static byte[] Require(RawAnswer answer)
    {
        Assert.True(answer.Code == StatusCode.OK, $"{answer.Code} {answer.Reason} {answer.Text}");
        return answer.Bytes;
    }
}
