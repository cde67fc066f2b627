using System.Text.Json;
using Hub.Client;

namespace Hub.Performance;

/// <summary>100 submissions per second, first on a silo that does nothing else, then while it computes one release after the other.</summary>
internal sealed class QuietMeasurement(RunSettings settings, string folder)
{
    private const int WarmUpSeconds = 5;
    private const int SubmissionsPerSecond = 100;
    private const int PublishedPeriod = 0;

    public static async Task RunAsync(RunSettings settings)
    {
        var load = Machine.ReadLoad();
        var rounds = new List<QuietRound>();
        for (var i = 0; i < settings.Rounds; i++)
        {
            using var folder = new SyntheticFolder();
            rounds.Add(await new QuietMeasurement(settings, folder.Path).MeasureAsync());
        }

        Report(settings, rounds, Machine.Since(load));
    }

    private async Task<QuietRound> MeasureAsync()
    {
        var periodsPerRun = ((WarmUpSeconds + settings.Seconds) * SubmissionsPerSecond / LoadPlan.Administrations) + 2;
        await using var hub = await LoadedHub.StartAsync(Path.Combine(folder, "catalogue"), 1 + (2 * periodsPerRun));
        await hub.SubmitAsync(PublishedPeriod);
        await hub.CloseAsync(PublishedPeriod);
        var plan = hub.Plan(WarmUpSeconds, settings.Seconds) with { CallsPerSecond = SubmissionsPerSecond };
        var idle = await LoadGenerator.RunElsewhereAsync(plan with { FirstPeriod = 1 }, folder);

        using var ended = new CancellationTokenSource();
        var computing = ComputeAsync(hub, ended.Token);
        var busy = await LoadGenerator.RunElsewhereAsync(plan with { FirstPeriod = 1 + periodsPerRun }, folder);
        await ended.CancelAsync();
        return new QuietRound(idle, busy, await computing);
    }

    private static async Task<int> ComputeAsync(LoadedHub hub, CancellationToken cancellationToken)
    {
        for (var computed = 0; ; computed++)
        {
            try
            {
                var proposal = await hub.ProposeAsync(PublishedPeriod, cancellationToken);
                if (proposal.State != ReleaseState.Proposed)
                {
                    throw new InvalidOperationException($"The computation beside the load ended {proposal.State}.");
                }
            }
            catch (OperationCanceledException)
            {
                return computed;
            }
        }
    }

    private static void Report(RunSettings settings, List<QuietRound> rounds, Machine machine)
    {
        var report = new
        {
            measurement = "quiet",
            machine,
            seconds = settings.Seconds,
            submissions_per_second = Spread.Of(rounds.Select(r => r.Busy.CallsPerSecond)),
            p99_ms_computing = Spread.Of(rounds.Select(r => r.Busy.P99)),
            p99_ms_idle = Spread.Of(rounds.Select(r => r.Idle.P99)),
            p50_ms_computing = Spread.Of(rounds.Select(r => r.Busy.P50)),
            p50_ms_idle = Spread.Of(rounds.Select(r => r.Idle.P50)),
            ratio_of_p99 = Spread.Of(rounds.Select(r => r.Busy.P99 / r.Idle.P99)),
            computations = Spread.Of(rounds.Select(r => (double)r.Computations)),
        };
        Console.WriteLine($"""
            {machine}; {rounds.Count} rounds of {settings.Seconds} s, median (least–most)
            {report.submissions_per_second} submissions/s while computing: p50 {report.p50_ms_computing} ms, p99 {report.p99_ms_computing} ms, aim 250
            the same without: p50 {report.p50_ms_idle} ms, p99 {report.p99_ms_idle} ms; ratio of p99 {report.ratio_of_p99}
            computations that ended meanwhile: {report.computations}
            """);
        if (settings.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(report));
        }
    }
}

/// <param name="Idle">Without a computation beside it.</param>
/// <param name="Computations">How many ended while the load lasted.</param>
internal sealed record QuietRound(LoadResult Idle, LoadResult Busy, int Computations);
