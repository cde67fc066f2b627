using System.Text.Json;
using Grpc.Net.Client;
using Hub.V1;

namespace Hub.Performance;

/// <summary>Reads of one published benchmark by its contributors, beside a server that sends the same bytes and looks at nothing.</summary>
internal sealed class ReadMeasurement(RunSettings settings, string folder)
{
    private const int WarmUpSeconds = 8;

    public static async Task RunAsync(RunSettings settings)
    {
        using var folder = new SyntheticFolder();
        var load = Machine.ReadLoad();
        var rounds = await new ReadMeasurement(settings, folder.Path).MeasureAsync();
        Report(settings, rounds, Machine.Since(load));
    }

    private async Task<List<(LoadResult Echo, LoadResult Hub)>> MeasureAsync()
    {
        await using var hub = await LoadedHub.StartAsync(Path.Combine(folder, "catalogue"), periods: 1);
        await hub.SubmitAsync(0);
        await hub.CloseAsync(0);
        await hub.PublishAsync(await hub.ProposeAsync(0));
        var plan = hub.Plan(WarmUpSeconds, settings.Seconds) with { LogKey = null, Benchmark = SyntheticCatalogue.Benchmark(0) };
        await using var twin = await TwinHost.StartAsync<ReadTwin>(services => services.AddSingleton(ReadOnce(plan)));
        var rounds = new List<(LoadResult, LoadResult)>();
        for (var i = 0; i < settings.Rounds; i++)
        {
            rounds.Add((
                await LoadGenerator.RunElsewhereAsync(plan with { Address = TwinHost.Address(twin) }, folder),
                await LoadGenerator.RunElsewhereAsync(plan, folder)));
        }

        return rounds;
    }

    private static GetBenchmarkResponse ReadOnce(LoadPlan plan)
    {
        using var channel = GrpcChannel.ForAddress(plan.Address);
        var (request, headers) = new LoadRequests(plan).Read(0);
        return new BenchmarkService.BenchmarkServiceClient(channel).GetBenchmark(request, headers);
    }

    private static void Report(RunSettings settings, List<(LoadResult Echo, LoadResult Hub)> rounds, Machine machine)
    {
        var report = new
        {
            measurement = "read",
            machine,
            seconds = settings.Seconds,
            reads_per_second = Spread.Of(rounds.Select(r => r.Hub.CallsPerSecond)),
            p50_ms = Spread.Of(rounds.Select(r => r.Hub.P50)),
            p99_ms = Spread.Of(rounds.Select(r => r.Hub.P99)),
            echo_per_second = Spread.Of(rounds.Select(r => r.Echo.CallsPerSecond)),
            ratio_to_echo = Spread.Of(rounds.Select(r => r.Hub.CallsPerSecond / r.Echo.CallsPerSecond)),
        };
        Console.WriteLine($"""
            {machine}; {rounds.Count} rounds of {settings.Seconds} s, median (least–most)
            reads of a published benchmark: {report.reads_per_second}/s, p50 {report.p50_ms} ms, p99 {report.p99_ms} ms
            echo of the same bytes: {report.echo_per_second}/s; ratio_to_echo {report.ratio_to_echo}, aim 0.95
            """);
        if (settings.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(report));
        }
    }
}
