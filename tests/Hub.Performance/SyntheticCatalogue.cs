using System.Text;

namespace Hub.Performance;

/// <summary>A catalogue made for the run: one instrument of 33 indicators, and as many open periods as a run can fill.</summary>
internal static class SyntheticCatalogue
{
    public const int IndicatorCount = 33;
    private const string Instrument = "synthetic-load";
    private const int PeriodsPerRow = 100;

    private const string Policies = """
        policies:
          - code: synthetic
            coalition: 3
            contributors_min: 10
            joined_contributors_min: 20
            difference_min: 5
            edition_difference_min: 10
            quantiles: {window: 5, median: 10, tertiles: 15, quartiles: 20, outer_deciles: 50}
            reviews_required: 1
            publish_lead_seconds: 1
        """;

    public static string Collection(int period) => $"instruments/{Instrument}/periods/synthetic-{period}";

    public static string Indicator(int index) => $"instruments/{Instrument}/indicators/{Code(index)}";

    private static readonly string[] Regions = ["A", "B", "C", "D", "E"];

    public static string Benchmark(int period) => $"{Collection(period)}/releases/1/indicators/{Code(0)}/groups/all";

    public static void Write(string folder, int periods, DateTimeOffset now)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(Path.Combine(folder, "synthetic-all.yaml"), Group("all", [("all", LoadPlan.Codes)]));
        File.WriteAllText(Path.Combine(folder, "synthetic-region.yaml"), Group("region", Regions.Select((r, i) => ($"region.{r}", LoadPlan.Codes.Where((_, at) => at % Regions.Length == i)))));
        File.WriteAllText(Path.Combine(folder, "synthetic-policies.yaml"), Policies);
        File.WriteAllText(Path.Combine(folder, "synthetic-plans.yaml"), Plans());
        File.WriteAllText(Path.Combine(folder, "synthetic-load.yaml"), Describe());
        File.WriteAllText(Path.Combine(folder, "synthetic-calendar.yaml"), Calendar(periods, now.AddDays(365)));
    }

    private static string Code(int index) => $"SYNTHETIC.{index:D2}";

    private static string Describe()
    {
        var text = new StringBuilder($$"""
            instrument:
              code: {{Instrument}}
              title: {en: "Synthetic load"}
              publisher: "synthetic, made for a measurement"
              licence: CC0
            indicators:

            """);
        for (var i = 0; i < IndicatorCount; i++)
        {
            text.Append($$"""
                  - code: {{Code(i)}}
                    title: {en: "Synthetic indicator {{i}}"}
                    definition: {en: "A synthetic figure, made for a measurement."}
                    unit: synthetic units
                    lower: 0
                    upper: 1000
                    decimals_max: 2
                    protection_width: 100
                    protection_width_reason: "A tenth of the legal range, the default."
                    polarity: ambiguous
                    value_kind: score

                """);
        }

        return text.ToString();
    }

    private static string Group(string partition, IEnumerable<(string Code, IEnumerable<string> Members)> groups) =>
        $"partition: {partition}\ngroups:\n" + string.Concat(groups.Select(group =>
            $"  - {{code: {group.Code}, title: {{en: \"Synthetic {group.Code}\"}}, members: [{string.Join(", ", group.Members)}]}}\n"));

    private static string Plans() =>
        $"plans:\n  - instrument: {Instrument}\n    policy: synthetic\n    indicators:\n"
        + string.Concat(Enumerable.Range(0, IndicatorCount).Select(i => $"      - {{code: {Code(i)}, partitions: [region]}}\n"));

    private static string Calendar(int periods, DateTimeOffset closes)
    {
        var text = new StringBuilder("calendar:\n");
        var indicators = string.Join(", ", Enumerable.Range(0, IndicatorCount).Select(Code));
        foreach (var row in Enumerable.Range(0, periods).Chunk(PeriodsPerRow))
        {
            text.Append($$"""
                  - instrument: {{Instrument}}
                    periods: [{{string.Join(", ", row.Select(p => $"synthetic-{p}"))}}]
                    indicators: [{{indicators}}]
                    window: {opens: first-start, closes: {{closes:yyyy-MM-dd}}T12:00, zone: Etc/UTC}

                """);
        }

        return text.ToString();
    }
}
