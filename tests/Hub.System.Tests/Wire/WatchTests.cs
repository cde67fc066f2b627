using System.Net;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Hub.SystemTests.Releases;
using Hub.Testing;
using Xunit;

namespace Hub.SystemTests.Wire;

/// <summary>Watching without gRPC: a GET whose answer does not end, with one line of JSON for each thing that happens.</summary>
public sealed class WatchTests
{
    private const string Watch = $"v1/{Secretariat.Collection}/releases:watch";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Json_Watching_TellsEachChangeAsALineAndGoesOnAfterAPosition()
    {
        await using var hub = await HubFixture.StartAsync();
        var codes = await Secretariat.SubmitAsync(hub);
        var proposal = await Secretariat.ProposeAsync(hub);
        using var http = hub.Http();
        var opening = OpenAsync(http, Watch, hub.MachineToken("reader", codes[0], "hub.read"));

        await Secretariat.ScheduleAsync(hub, proposal);
        using var lines = await opening;
        var published = await ReadAsync(lines);
        using (var secretariat = hub.Operator()) await secretariat.Releases.WithdrawAsync(proposal.Name, "A mistake", cancellationToken: Cancellation);
        var withdrawn = await ReadAsync(lines);
        using var later = await OpenAsync(http, $"{Watch}?afterPosition={Uri.EscapeDataString((string)published["position"]!)}", hub.MachineToken("reader", null, "hub.read"));
        var first = await ReadAsync(later);

        Assert.Equal(("RELEASE_EVENT_PUBLISHED", proposal.Name), Told(published));
        Assert.Equal(("RELEASE_EVENT_WITHDRAWN", proposal.Name), Told(withdrawn));
        Assert.Empty(published["release"]!["benchmarks"]!.AsArray());
        Assert.Equal((string)published["release"]!["publishTime"]!, (string)published["eventTime"]!);
        Assert.Equal(withdrawn.ToJsonString(), first.ToJsonString());
    }

    [Theory]
    [InlineData(null, HttpStatusCode.Unauthorized, 16, "TOKEN_MISSING")]
    [InlineData("nonsense", HttpStatusCode.Unauthorized, 16, "TOKEN_INVALID")]
    [InlineData("", HttpStatusCode.Forbidden, 7, "SCOPE_INSUFFICIENT")]
    public async Task Json_WatchingWithoutARightToken_IsRefusedInOneLineWithDetails(string? token, HttpStatusCode expected, int code, string reason)
    {
        await using var hub = await HubFixture.StartAsync();
        using var http = hub.Http();
        using var request = Request(Watch, token is "" ? hub.MachineToken("reader", null, "hub.operate") : token);

        using var response = await http.SendAsync(request, Cancellation);
        var lines = (await response.Content.ReadAsStringAsync(Cancellation)).Split('\n', StringSplitOptions.RemoveEmptyEntries);

        var error = JsonNode.Parse(Assert.Single(lines))!;
        var info = error["details"]!.AsArray().Single(d => ((string)d!["@type"]!).EndsWith("google.rpc.ErrorInfo", StringComparison.Ordinal))!;
        Assert.Equal((expected, code), (response.StatusCode, (int)error["code"]!));
        Assert.Equal((reason, "hub.v1"), ((string)info["reason"]!, (string)info["domain"]!));
    }

    private static (string Event, string Name) Told(JsonNode line) => ((string)line["event"]!, (string)line["release"]!["name"]!);

    private static async Task<StreamReader> OpenAsync(HttpClient http, string path, string token)
    {
        using var request = Request(path, token);
        var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, Cancellation);
        Assert.Equal((HttpStatusCode.OK, "application/json"), (response.StatusCode, response.Content.Headers.ContentType!.MediaType));
        return new StreamReader(await response.Content.ReadAsStreamAsync(Cancellation));
    }

    private static async Task<JsonNode> ReadAsync(StreamReader lines) =>
        JsonNode.Parse((await lines.ReadLineAsync(Cancellation).AsTask().WaitAsync(TimeSpan.FromSeconds(30), Cancellation))!)!;

    private static HttpRequestMessage Request(string path, string? token)
    {
        var request = new HttpRequestMessage(HttpMethod.Get, path);
        if (token is not null) request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return request;
    }
}
