using System.Diagnostics;
using System.Text.Json;
using Hub.Privacy;

namespace Hub.Performance;

/// <summary>Plan check, statistics and audit of a release beside a twin that only computes the statistics, for several numbers of indicators.</summary>
internal static class ProtectMeasurement
{
    private const int Members = 190;
    private const int Seed = 190;
    private const int WarmUps = 20;
    private static readonly int[] IndicatorCounts = [15, 30, 60, 120];
    private static readonly string[] Regions = ["A", "B", "C", "D", "E"];

    public static void Run(RunSettings settings)
    {
        _ = Measure(IndicatorCounts[^1], WarmUps);

        var load = Machine.ReadLoad();
        var rows = IndicatorCounts.Select(count => Measure(count, settings.Rounds)).ToList();
        Report(settings, rows, Machine.Since(load));
    }

    private static ProtectRow Measure(int indicators, int rounds)
    {
        var request = Request(indicators);
        var (whole, twin) = (new List<double>(), new List<double>());
        for (var i = 0; i < rounds; i++)
        {
            twin.Add(Seconds(() => StatisticsTwin.Compute(request)));
            whole.Add(Seconds(() => Protect(request)));
        }

        return new ProtectRow(
            indicators, Spread.Of(whole), Spread.Of(twin), Spread.Of(whole.Zip(twin, (w, t) => w / t)));
    }

    // A request that is refused, or whose indicators all stop at the last step of the ladder, would measure less than the whole way.
    private static void Protect(PublicationRequest request)
    {
        var result = Publication.Protect(request);
        if (!result.IsProtected || result.Table!.Indicators.All(i => i.Cells.All(c => c.Figures.Count == 0)))
        {
            throw new InvalidOperationException("The synthetic release was not published.");
        }
    }

    private static double Seconds(Action act)
    {
        var clock = Stopwatch.StartNew();
        act();
        return clock.Elapsed.TotalSeconds;
    }

    private static PublicationRequest Request(int indicators)
    {
        var random = new Random(Seed);
        var members = Enumerable.Range(0, Members).Select(i => $"S{i:D3}").ToList();
        var codes = Enumerable.Range(0, indicators).Select(i => $"SYNTHETIC.{i:D3}").ToList();
        return new PublicationRequest
        {
            Instrument = "synthetic",
            Period = "synthetic",
            Edition = 1,
            Plan = new PublicationPlan("synthetic", 1, [.. codes.Select(code => new PlannedIndicator(code, ["region"], PublicationPlan.DefaultStatistics))]),
            Policy = PrivacyPolicy.Standard,
            Indicators = [.. codes.Select(code => new IndicatorFacts(code, 0m, 1000m, 100m, 2, Privacy.ValueKind.Score))],
            Partitions = [new Partition("region", [.. Regions.Select((r, i) => new Privacy.Group($"region.{r}", [.. members.Where((_, at) => at % Regions.Length == i)]))])],
            Contributions = codes.ToDictionary(code => code, IReadOnlyList<Contribution> (_) =>
                [.. members.Select(m => new Contribution(m, 1, ContributedValue.Level(random.Next(0, 100_000) / 100m), false))]),
            Memory = [],
        };
    }

    private static void Report(RunSettings settings, List<ProtectRow> rows, Machine machine)
    {
        Console.WriteLine($"{machine}; {Members} synthetic administrations, {settings.Rounds} rounds, median (least–most)");
        foreach (var row in rows)
        {
            Console.WriteLine(
                $"{row.Indicators,4} indicators: {row.Seconds} s, {row.Seconds.Median / row.Indicators * 1000:0.##} ms each; statistics alone {row.TwinSeconds} s, ratio {row.Ratio}");
        }

        Console.WriteLine("aim: under 1 s for 60 indicators, linear in their number");
        if (settings.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { measurement = "protect", machine, administrations = Members, rows }));
        }
    }
}

/// <param name="TwinSeconds">Statistics alone.</param>
internal sealed record ProtectRow(int Indicators, Spread Seconds, Spread TwinSeconds, Spread Ratio);

/// <summary>Mean, median and quartiles of each indicator and group: nothing is checked, rounded, or kept from anybody.</summary>
internal static class StatisticsTwin
{
    public static decimal Compute(PublicationRequest request)
    {
        var sum = 0m;
        foreach (var contributions in request.Contributions.Values)
        {
            var values = contributions.ToDictionary(c => c.Member, c => c.Value!.Value.Numerator);
            sum += Of(values.Values);
            foreach (var group in request.Partitions.SelectMany(p => p.Groups))
            {
                sum += Of(group.Members.Where(values.ContainsKey).Select(m => values[m]));
            }
        }

        return sum;
    }

    private static decimal Of(IEnumerable<decimal> values)
    {
        var sorted = values.Order().ToArray();
        return (sorted.Sum() / sorted.Length) + sorted[sorted.Length / 4] + sorted[sorted.Length / 2] + sorted[sorted.Length * 3 / 4];
    }
}
