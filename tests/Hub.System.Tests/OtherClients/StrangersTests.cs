using System.Text.Json.Nodes;
using Hub.Testing;
using Xunit;

namespace Hub.SystemTests.OtherClients;

/// <summary>Clients that share no code with the Hub: grpc-js from the protos alone, curl on JSON, and the verifier in Python.</summary>
public sealed class StrangersTests : IAsyncLifetime
{
    private HubFixture hub = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync()
    {
        hub = await HubFixture.StartAsync(options => options.Kestrel = true);
        await hub.RegisterAsync("UA");
    }

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task GrpcJs_FromTheProtosAlone_SubmitsAndReadsRefusals()
    {
        Tool.Require("node", "node_modules/@grpc/grpc-js");

        var created = await NodeAsync("CreateSubmission", Draft("2.4", snake: true));
        var refused = await NodeAsync("CreateSubmission", Draft("7.4", snake: true));
        var own = await NodeAsync("ListSubmissions", new JsonObject { ["parent"] = "administrations/self" });

        Assert.Equal("1", (string)created["answer"]!["submission"]!["version"]!);
        Assert.Equal((3, "FIELD_INVALID", "hub.v1"), ((int)refused["code"]!, (string)refused["reason"]!, (string)refused["domain"]!));
        Assert.Equal("submission.values[0].decimal.value", (string)refused["violations"]![0]!["field"]!);
        Assert.Equal((string)created["answer"]!["submission"]!["name"]!, (string)Assert.Single(own["answer"]!["submissions"]!.AsArray())!["name"]!);
        await VerifiedByPythonAsync(created["answer"]!["receipt"]!);
    }

    [Fact]
    public async Task Curl_OnJson_SubmitsAndPythonVerifiesTheReceipt()
    {
        Tool.Require("curl");

        var (status, created) = await CurlAsync("v1/administrations/self/submissions", Draft("2.4", snake: false));
        var (refusedStatus, refused) = await CurlAsync("v1/administrations/self/submissions", Draft("7.4", snake: false));
        var (_, receipt) = await CurlAsync($"v1/{(string)created["submission"]!["name"]!}/receipts/1", null);

        Assert.Equal(("200", "400"), (status, refusedStatus));
        Assert.Contains(refused["details"]!.AsArray(), detail => (string?)detail!["reason"] == "FIELD_INVALID");
        // 64-bit numbers are strings, as in the files that the SDK saves.
        Assert.Equal("1", (string)created["submission"]!["version"]!);
        await VerifiedByPythonAsync(created["receipt"]!);
        await VerifiedByPythonAsync(receipt["receipt"]!);
    }

    [Fact]
    public async Task Python_ATamperedReceipt_IsRefused()
    {
        Tool.Require("curl");
        var (_, created) = await CurlAsync("v1/administrations/self/submissions", Draft("2.4", snake: false));
        var tampered = created["receipt"]!.DeepClone();
        var payload = Convert.FromBase64String((string)tampered["payload"]!);
        payload[^2] ^= 1;
        tampered["payload"] = Convert.ToBase64String(payload);

        var (exitCode, output, _) = await PythonAsync(tampered);

        Assert.True(exitCode == 1, output);
    }

    private static JsonObject Draft(string value, bool snake) => new()
    {
        ["parent"] = "administrations/self",
        [snake ? "request_id" : "requestId"] = Guid.NewGuid().ToString(),
        ["submission"] = new JsonObject
        {
            ["collection"] = "instruments/lpi/periods/2023",
            ["values"] = new JsonArray(new JsonObject
            {
                ["indicator"] = "instruments/lpi/indicators/LP.LPI.CUST.XQ",
                ["decimal"] = new JsonObject { ["value"] = value },
            }),
        },
    };

    private string Token() => hub.MachineToken("adm-UA", "UA", "hub.submit", "hub.read");

    private async Task<JsonNode> NodeAsync(string method, JsonObject message)
    {
        var request = new JsonObject { ["service"] = "SubmissionService", ["method"] = method, ["message"] = message };
        var script = Path.Combine(Repository.Root, "tests", "Hub.System.Tests", "OtherClients", "client.js");
        var (exitCode, output, errors) = await Tool.RunAsync("node", [script, hub.GrpcAddress.Authority, Repository.Root, Token()], request.ToJsonString(), Cancellation);
        Assert.True(exitCode == 0, errors);
        return JsonNode.Parse(output)!;
    }

    private async Task<(string Status, JsonNode Body)> CurlAsync(string path, JsonObject? body)
    {
        List<string> args = ["-sS", "-w", "\n%{http_code}", "-H", $"authorization: Bearer {Token()}", $"{hub.HttpAddress}{path}"];
        if (body is not null) args.AddRange(["-H", "content-type: application/json", "--data-binary", "@-"]);
        var (exitCode, output, errors) = await Tool.RunAsync("curl", args, body?.ToJsonString() ?? "", Cancellation);
        Assert.True(exitCode == 0, errors);
        var end = output.LastIndexOf('\n');
        return (output[(end + 1)..], JsonNode.Parse(output[..end])!);
    }

    private async Task VerifiedByPythonAsync(JsonNode receipt)
    {
        var (exitCode, output, errors) = await PythonAsync(receipt);
        Assert.True(exitCode == 0, output + errors);
        Assert.Contains("administrations/UA", output, StringComparison.Ordinal);
    }

    private async Task<(int ExitCode, string Output, string Errors)> PythonAsync(JsonNode receipt)
    {
        Tool.Require("python3");
        var file = Path.GetTempFileName();
        try
        {
            await File.WriteAllTextAsync(file, receipt.ToJsonString(), Cancellation);
            return await Tool.RunAsync("python3", [Path.Combine(Repository.Samples, "verify", "verify_receipt.py"), file, hub.LogKey], "", Cancellation);
        }
        finally
        {
            File.Delete(file);
        }
    }
}
