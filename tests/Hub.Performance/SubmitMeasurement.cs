using System.Text.Json;
using Hub.Client;
using Hub.Testing;

namespace Hub.Performance;

/// <summary>One round: the echo, a bare insert per request, the Hub with a commit per request, and the Hub, in this order, each on an empty database.</summary>
internal sealed record SubmitRound(LoadResult Echo, LoadResult Insert, LoadResult Commit, LoadResult Hub);

/// <summary>Submissions per second with every check on, beside twins of the same run.</summary>
internal sealed class SubmitMeasurement(RunSettings settings, string folder)
{
    private const int WarmUpSeconds = 8;

    // More than this machine class can do; the catalogue must have a place for each submission.
    private const int SubmissionsPerSecondMax = 10_000;
    private const int NoLimit = int.MaxValue;

    public static async Task RunAsync(RunSettings settings)
    {
        using var folder = new SyntheticFolder();
        var load = Machine.ReadLoad();
        var rounds = await new SubmitMeasurement(settings, folder.Path).MeasureAsync();
        Report(settings, rounds, Machine.Since(load));
    }

    private async Task<List<SubmitRound>> MeasureAsync()
    {
        var rounds = new List<SubmitRound>();
        for (var i = 0; i < settings.Rounds; i++)
        {
            rounds.Add(new SubmitRound(await MeasureEchoAsync(), await MeasureInsertAsync(i), await MeasureHubAsync(batchMax: 1), await MeasureHubAsync(Silo.Ledger.Limits.BatchMax)));
        }

        return rounds;
    }

    private async Task<LoadResult> MeasureEchoAsync()
    {
        await using var app = await TwinHost.StartAsync<EchoTwin>(_ => { });
        return await GenerateAsync(TwinPlan(TwinHost.Address(app)));
    }

    private async Task<LoadResult> MeasureInsertAsync(int round)
    {
        using var database = new InsertTwinDatabase(Path.Combine(folder, $"twin-{round}.db"));
        await using var app = await TwinHost.StartAsync<InsertTwin>(services => services.AddSingleton(database));
        var result = await GenerateAsync(TwinPlan(TwinHost.Address(app)));
        Durability.Require(database.Session, "the insert-per-request twin");
        return result;
    }

    private async Task<LoadResult> MeasureHubAsync(int batchMax)
    {
        var periods = ((WarmUpSeconds + settings.Seconds) * SubmissionsPerSecondMax / LoadPlan.Administrations) + 1;
        await using var hub = await LoadedHub.StartAsync(Path.Combine(folder, $"catalogue-{Guid.NewGuid():N}"), periods, batchMax);
        var result = await GenerateAsync(hub.Plan(WarmUpSeconds, settings.Seconds));
        Durability.RequireOfLedger(hub.DataFolder);
        return result;
    }

    // A twin gets tokens of the same size as the Hub's, so that the messages on the wire are the same, and looks at none.
    private LoadPlan TwinPlan(Uri address)
    {
        using var issuer = new TestIssuer();
        var now = TimeProvider.System.GetUtcNow();
        var tokens = LoadPlan.Codes.ToDictionary(c => c, c => issuer.Sign(issuer.Machine(now, $"synthetic-{c}", c, "hub.submit", "hub.read")));
        return new LoadPlan(address, WarmUpSeconds, settings.Seconds, NoLimit, new(tokens), LogKey: null);
    }

    private Task<LoadResult> GenerateAsync(LoadPlan plan) => LoadGenerator.RunElsewhereAsync(plan, folder);

    private static void Report(RunSettings settings, List<SubmitRound> rounds, Machine machine)
    {
        var report = new
        {
            measurement = "submit",
            machine,
            seconds = settings.Seconds,
            submissions_per_second = Spread.Of(rounds.Select(r => r.Hub.CallsPerSecond)),
            p50_ms = Spread.Of(rounds.Select(r => r.Hub.P50)),
            p99_ms = Spread.Of(rounds.Select(r => r.Hub.P99)),
            echo_per_second = Spread.Of(rounds.Select(r => r.Echo.CallsPerSecond)),
            insert_per_request_per_second = Spread.Of(rounds.Select(r => r.Insert.CallsPerSecond)),
            commit_per_request_per_second = Spread.Of(rounds.Select(r => r.Commit.CallsPerSecond)),
            ratio_to_echo = Spread.Of(rounds.Select(r => r.Hub.CallsPerSecond / r.Echo.CallsPerSecond)),
            ratio_to_commit_per_request = Spread.Of(rounds.Select(r => r.Hub.CallsPerSecond / r.Commit.CallsPerSecond)),
            ratio_to_insert_per_request = Spread.Of(rounds.Select(r => r.Hub.CallsPerSecond / r.Insert.CallsPerSecond)),
            receipts_verified = rounds.Count(r => r.Hub.ReceiptVerified),
        };
        Console.WriteLine($"""
            {machine}; {rounds.Count} rounds of {settings.Seconds} s, median (least–most)
            Hub: {report.submissions_per_second} submissions/s, p50 {report.p50_ms} ms, p99 {report.p99_ms} ms
            echo: {report.echo_per_second}/s; the Hub with a commit per request: {report.commit_per_request_per_second}/s; a bare insert per request: {report.insert_per_request_per_second}/s
            ratio_to_echo {report.ratio_to_echo}, aim 0.5; ratio_to_commit_per_request {report.ratio_to_commit_per_request}, aim 8; ratio_to_insert_per_request {report.ratio_to_insert_per_request}
            receipts verified: {report.receipts_verified}
            """);
        if (settings.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(report));
        }
    }
}
