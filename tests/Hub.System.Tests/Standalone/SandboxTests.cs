using System.Diagnostics;
using System.Net.Http.Headers;
using System.Text;
using Hub.Silo.Hosting;
using Hub.SystemTests.OtherClients;
using Hub.Testing;
using Xunit;

namespace Hub.SystemTests.Standalone;

/// <summary>The sandbox as the README starts it, and what its user does wrong first: one line that says what to do, and nothing lost.</summary>
public sealed class SandboxTests : IDisposable
{
    private const string LastLine = "  dotnet run --project samples/after-submission -- read COLLECTION INDICATOR";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(2);
    private static readonly string Program = Path.Combine(
        AppContext.BaseDirectory, "..", "..", "Hub.Standalone", Configuration, "Hub.Standalone.dll");

    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hub-sandbox-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private static string Configuration => new DirectoryInfo(AppContext.BaseDirectory).Name;

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public async Task Sandbox_AsTheReadmeStartsIt_KeepsItsDataWhereItsUserStandsAndSharesNothingWithASecond()
    {
        var (grpc, http) = ($"{HubHosting.FindFreePort()}", $"{HubHosting.FindFreePort()}");
        using var sandbox = Process.Start(new ProcessStartInfo("dotnet",
            ["run", "--no-build", "-c", Configuration, "--project", Path.Combine(Repository.Root, "src", "Hub.Standalone"), "--", "--grpc-port", grpc, "--http-port", http])
        {
            WorkingDirectory = folder.FullName,
            RedirectStandardOutput = true,
        })!;
        try
        {
            await ReadyAsync(sandbox);
            var data = Path.Combine(folder.FullName, "hub-data");

            var token = await File.ReadAllTextAsync(Path.Combine(data, "clients", "adm-ua.token"), Cancellation);
            Assert.Contains("administrations/UA", await GetAsync(http, "v1/whoAmI", token), StringComparison.Ordinal);
            Assert.Contains("/openapi/v1.json", await GetAsync(http, "", token), StringComparison.Ordinal);
            // The authority shares the port, and does not answer in the Hub's place.
            Assert.Contains("UNIMPLEMENTED", await GetAsync(http, "v1/whoIsIt", token), StringComparison.Ordinal);
            // Nor do its limits hold for the Hub: a message may have a megabyte.
            Assert.Contains("submission.collection", await PostAsync(http, "v1/administrations/self/submissions:validate", token, Large()), StringComparison.Ordinal);
            await RefusedAsync($"Another Hub runs on {data}.", "--folder", data);
            await RefusedAsync("--grpc-port", "--folder", Path.Combine(folder.FullName, "other"), "--grpc-port", grpc);
        }
        finally
        {
            sandbox.Kill(entireProcessTree: true);
            await sandbox.WaitForExitAsync(Cancellation);
        }
    }

    [Fact]
    public async Task Demo_OnAFolderOfItsUser_IsRefusedAndDeletesNothing()
    {
        var theirs = Path.Combine(folder.FullName, "thesis.txt");
        await File.WriteAllTextAsync(theirs, "years of work", Cancellation);

        await RefusedAsync("no Hub made it", "demo", "--folder", folder.FullName);

        Assert.True(File.Exists(theirs));
    }

    [Fact]
    public async Task Folder_ThatIsAFile_IsRefused()
    {
        var file = Path.Combine(folder.FullName, "file");
        await File.WriteAllTextAsync(file, "", Cancellation);

        await RefusedAsync("--folder", "--folder", file);
    }

    [Fact]
    public async Task Help_IsPrinted()
    {
        var (exitCode, output, _) = await Tool.RunAsync("dotnet", [Program, "--help"], "", Cancellation);

        Assert.Equal(0, exitCode);
        Assert.StartsWith("Usage: ", output, StringComparison.Ordinal);
    }

    private static async Task ReadyAsync(Process sandbox)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        patience.CancelAfter(Patience);
        while (await sandbox.StandardOutput.ReadLineAsync(patience.Token) != LastLine)
        {
            Assert.False(sandbox.HasExited, "The sandbox ended before it was ready.");
        }
    }

    private static string Large() =>
        $$"""{"submission": {"values": [{{string.Join(',', Enumerable.Range(0, 5_000).Select(i => $$"""{"indicator": "instruments/synthetic/indicators/I{{i}}"}"""))}}]} }""";

    private static Task<string> GetAsync(string port, string path, string token) => SendAsync(HttpMethod.Get, port, path, token, null);

    private static Task<string> PostAsync(string port, string path, string token, string json) =>
        SendAsync(HttpMethod.Post, port, path, token, new StringContent(json, Encoding.UTF8, "application/json"));

    private static async Task<string> SendAsync(HttpMethod method, string port, string path, string token, HttpContent? content)
    {
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(method, $"http://127.0.0.1:{port}/{path}") { Content = content };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        using var response = await http.SendAsync(request, Cancellation);
        return await response.Content.ReadAsStringAsync(Cancellation);
    }

    private static async Task RefusedAsync(string remedy, params string[] args)
    {
        var (exitCode, _, errors) = await Tool.RunAsync("dotnet", [Program, .. args], "", Cancellation);

        Assert.Equal(1, exitCode);
        Assert.Contains(remedy, Assert.Single(errors.Split('\n', StringSplitOptions.RemoveEmptyEntries)), StringComparison.Ordinal);
    }
}
