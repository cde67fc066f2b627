using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json.Nodes;
using Grpc.AspNetCore.Server;
using Grpc.Core;
using Grpc.Health.V1;
using Grpc.Reflection.V1Alpha;
using Hub.Client;
using Hub.Silo.Hosting;
using Hub.SystemTests.Access;
using Hub.Testing;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.RateLimiting;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hub.SystemTests.Wire;

/// <summary>What goes over the wire besides plain gRPC, and what happens to messages that nobody should send.</summary>
public sealed class WireTests(SharedHub shared) : IClassFixture<SharedHub>
{
    private const string Collection = "instruments/lpi/periods/2023";
    private const string Indicator = "instruments/lpi/indicators/LP.LPI.CUST.XQ";
    private readonly HubFixture hub = shared.Hub;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Json_Created_AnswersTheReceiptAndCanBeRead()
    {
        var code = await shared.RegisterAsync();
        var draft = new JsonObject
        {
            ["requestId"] = Guid.NewGuid().ToString(),
            ["submission"] = new JsonObject
            {
                ["collection"] = Collection,
                ["values"] = new JsonArray(new JsonObject { ["indicator"] = Indicator, ["decimal"] = new JsonObject { ["value"] = "2.40" } }),
            },
        };

        var (status, created) = await SendAsync(HttpMethod.Post, "v1/administrations/self/submissions", code, draft.ToJsonString());
        var name = (string)created["submission"]!["name"]!;
        var (_, read) = await SendAsync(HttpMethod.Get, $"v1/{name}", code);
        var (_, receipt) = await SendAsync(HttpMethod.Get, $"v1/{name}/receipts/1", code);

        Assert.Equal(HttpStatusCode.OK, status);
        Assert.Equal("2.40", (string)read["submission"]!["values"]![0]!["decimal"]!["value"]!);
        Assert.Equal(created["receipt"]!["position"]!.ToJsonString(), receipt["receipt"]!["position"]!.ToJsonString());
        Assert.True(Transparency.Receipt.FromJson(created["receipt"]!.ToJsonString()).Verify(Transparency.NoteVerifier.Parse(hub.LogKey)).IsVerified);
    }

    [Fact]
    public async Task Json_Refused_HasTheDetailsInItsBody()
    {
        var code = await shared.RegisterAsync();

        var (status, body) = await SendAsync(HttpMethod.Post, "v1/administrations/self/submissions", code, $$"""{"requestId": "{{Guid.NewGuid()}}", "submission": {"collection": "instruments/none/periods/1"} }""");

        Assert.Equal((HttpStatusCode.BadRequest, 3), (status, (int)body["code"]!));
        var info = Detail(body, "google.rpc.ErrorInfo");
        Assert.Equal(("FIELD_INVALID", "hub.v1"), ((string)info["reason"]!, (string)info["domain"]!));
        Assert.Equal("submission.collection", (string)Detail(body, "google.rpc.BadRequest")["fieldViolations"]![0]!["field"]!);
    }

    [Theory]
    [InlineData("v1/whoAmI", HttpStatusCode.Unauthorized, "TOKEN_MISSING")]
    public async Task Json_WithoutToken_IsRefusedInTheHubsWords(string path, HttpStatusCode expected, string reason)
    {
        var (status, body) = await SendAsync(HttpMethod.Get, path, null);

        Assert.Equal((expected, reason), (status, (string)Detail(body, "google.rpc.ErrorInfo")["reason"]!));
    }

    [Fact]
    public async Task GrpcWeb_ThroughTheSdk_SubmitsAndVerifies()
    {
        var code = await shared.RegisterAsync();
        using var member = hub.Client(() => hub.MachineToken($"adm-{code}", code, "hub.submit", "hub.read"), options => options.Transport = HubTransport.GrpcWeb);

        var recorded = await member.Submissions.CreateAsync(new SubmissionDraft(Collection, ("LP.LPI.CUST.XQ", Figure.Decimal("2.4"))), Cancellation);
        var refused = await Assert.ThrowsAsync<HubException>(() => member.Submissions.GetAsync($"administrations/{code}/submissions/{Guid.NewGuid()}", Cancellation));

        Assert.Equal("submitted", recorded.Receipt.Kind);
        Assert.Equal(Hub.Client.ErrorReason.NotPermitted, refused.Reason);
    }

    [Fact]
    public async Task Reflection_WithoutToken_ListsTheServices()
    {
        using var channel = hub.Channel();
        using var call = new ServerReflection.ServerReflectionClient(channel).ServerReflectionInfo(cancellationToken: Cancellation);
        await call.RequestStream.WriteAsync(new ServerReflectionRequest { ListServices = "" }, Cancellation);
        await call.RequestStream.CompleteAsync();
        Assert.True(await call.ResponseStream.MoveNext(Cancellation));

        var services = call.ResponseStream.Current.ListServicesResponse.Service.Select(s => s.Name).ToList();

        Assert.Superset(new HashSet<string> { "hub.v1.SubmissionService", "hub.v1.RegistryService", "hub.v1.CatalogueService", "hub.v1.LedgerService" }, services.ToHashSet());
    }

    [Fact]
    public async Task Health_WithoutToken_Serves()
    {
        using var channel = hub.Channel();

        var health = await new Health.HealthClient(channel).CheckAsync(new HealthCheckRequest(), cancellationToken: Cancellation);

        Assert.Equal(HealthCheckResponse.Types.ServingStatus.Serving, health.Status);
    }

    [Fact]
    public async Task OpenApi_WithoutToken_DescribesEveryAddress()
    {
        var (status, document) = await SendAsync(HttpMethod.Get, "openapi/v1.json", null);

        Assert.Equal(HttpStatusCode.OK, status);
        var paths = document["paths"]!.AsObject().Select(p => p.Key).ToList();
        Assert.Contains("/v1/whoAmI", paths);
        Assert.Contains("/v1/administrations/{administration}/submissions:validate", paths);
        Assert.Contains("/v1/instruments/{instrument}/periods/{period}", paths);
        Assert.Contains("/v1/administrations/{administration}/submissions/{submission}/receipts/{receipt}", paths);
        var receipt = document["paths"]!["/v1/administrations/{administration}/submissions/{submission}/receipts/{receipt}"]!["get"]!;
        Assert.Equal(["administration", "receipt", "submission"], receipt["parameters"]!.AsArray().Where(p => (string)p!["in"]! == "path").Select(p => (string)p!["name"]!).Order());
        Assert.True(paths.Count > 15);
    }

    [Fact]
    public void Rpcs_AreUnderNoRuleOfAnAuthorityThatSharesTheApplication()
    {
        var rpcs = hub.Services.GetRequiredService<EndpointDataSource>().Endpoints
            .Where(e => e.Metadata.GetMetadata<GrpcMethodMetadata>()?.ServiceType.Assembly == typeof(HubHosting).Assembly).ToList();

        Assert.NotEmpty(rpcs);
        Assert.All(rpcs, rpc =>
        {
            Assert.NotNull(rpc.Metadata.GetMetadata<IAllowAnonymous>());
            Assert.NotNull(rpc.Metadata.GetMetadata<DisableRateLimitingAttribute>());
            Assert.Null(rpc.Metadata.GetRequiredMetadata<IRequestSizeLimitMetadata>().MaxRequestBodySize);
        });
    }

    [Theory]
    [InlineData("GetRelease", true)]
    [InlineData("GetBenchmark", true)]
    [InlineData("ExportRelease", true)]
    [InlineData("GetStanding", false)]
    public void Read_OfWhatWasPublished_IsServedFromBytesOverGrpc(string rpc, bool prepared)
    {
        var endpoints = hub.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>();

        var first = endpoints.Where(e => e.RoutePattern.RawText == $"/hub.v1.BenchmarkService/{rpc}").MinBy(e => e.Order)!;

        Assert.Equal(prepared, first.Metadata.GetRequiredMetadata<GrpcMethodMetadata>().ServiceType.Name == "PreparedReads");
    }

    [Fact]
    public async Task OpenApi_SaysWhatTheProtosSay()
    {
        var (_, document) = await SendAsync(HttpMethod.Get, "openapi/v1.json", null);

        var rpcs = document["paths"]!.AsObject().SelectMany(path => path.Value!.AsObject()).Select(method => method.Value!).ToList();
        Assert.All(rpcs, rpc => Assert.NotEmpty((string)rpc["description"]!));
        Assert.Distinct(rpcs.Select(rpc => (string)rpc["operationId"]!));
        Assert.Equal("bearer", (string)document["components"]!["securitySchemes"]!["token"]!["scheme"]!);
        var schemas = document["components"]!["schemas"]!;
        Assert.Equal(["requestId", "submission"], schemas["CreateSubmissionRequest"]!["required"]!.AsArray().Select(name => (string)name!));
        // What stands in the address is not sent again in the body.
        Assert.Null(schemas["CreateSubmissionRequest"]!["properties"]!["parent"]);
        Assert.Equal(("string", "int64"), ((string)schemas["Receipt"]!["properties"]!["position"]!["type"]!, (string)schemas["Receipt"]!["properties"]!["position"]!["format"]!));
        Assert.All(schemas.AsObject().Where(s => s.Key.EndsWith("Request", StringComparison.Ordinal)).SelectMany(s => s.Value!["properties"]!.AsObject()), property =>
            Assert.True(property.Value!["description"] is not null || property.Value["$ref"] is not null, property.Key));
    }

    [Fact]
    public async Task Message_OverOneMegabyte_IsRefusedWithDetailsOnEitherProtocol()
    {
        var code = await shared.RegisterAsync();
        using var raw = new RawHub(hub);
        var large = $$"""{"parent": "administrations/self", "request_id": "{{new string('a', 1_200_000)}}"}""";

        var grpc = await raw.CallAsync("SubmissionService/CreateSubmission", large, Token(code));
        var (_, json) = await SendAsync(HttpMethod.Post, "v1/administrations/self/submissions", code, large);

        Assert.Equal((StatusCode.ResourceExhausted, "MESSAGE_TOO_LARGE", "hub.v1"), (grpc.Code, grpc.Reason, grpc.Domain));
        Assert.Equal((8, "MESSAGE_TOO_LARGE"), ((int)json["code"]!, (string)Detail(json, "google.rpc.ErrorInfo")["reason"]!));
    }

    [Fact]
    public async Task PageToken_OfAnotherQuery_IsRefused()
    {
        using var raw = new RawHub(hub);
        var token = hub.MachineToken("reader", null, "hub.read");
        var first = V1.ListCollectionsResponse.Parser.ParseFrom(
            (await raw.CallAsync("CatalogueService/ListCollections", """{"parent": "instruments/lpi", "page_size": 2}""", token)).Bytes);
        Assert.Equal(2, first.Collections.Count);

        var next = await raw.CallAsync("CatalogueService/ListCollections", $$"""{"parent": "instruments/lpi", "page_size": 100, "page_token": "{{first.NextPageToken}}"}""", token);
        // The other list has the same collection in it, so only the token itself can tell.
        var other = await raw.CallAsync("CatalogueService/ListCollections", $$"""{"parent": "instruments/-", "page_size": 2, "page_token": "{{first.NextPageToken}}"}""", token);
        var elsewhere = await raw.CallAsync("CatalogueService/ListInstruments", $$"""{"page_token": "{{first.NextPageToken}}"}""", token);

        Assert.Equal(4, V1.ListCollectionsResponse.Parser.ParseFrom(next.Bytes).Collections.Count);
        Assert.Equal(["PAGE_TOKEN_INVALID", "PAGE_TOKEN_INVALID"], [other.Reason, elsewhere.Reason]);
    }

    private static JsonNode Detail(JsonNode body, string type) =>
        body["details"]!.AsArray().Single(d => ((string)d!["@type"]!).EndsWith(type, StringComparison.Ordinal))!;

    private string Token(string code) => hub.MachineToken($"adm-{code}", code, "hub.submit", "hub.read");

    private async Task<(HttpStatusCode Status, JsonNode Body)> SendAsync(HttpMethod method, string path, string? code, string? body = null)
    {
        using var http = hub.Http();
        using var request = new HttpRequestMessage(method, path);
        if (code is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", Token(code));
        if (body is not null) request.Content = new StringContent(body, Encoding.UTF8, "application/json");
        using var response = await http.SendAsync(request, Cancellation);
        return (response.StatusCode, JsonNode.Parse(await response.Content.ReadAsStringAsync(Cancellation))!);
    }
}
