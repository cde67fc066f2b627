using System.Globalization;

namespace Hub.SystemTests;

/// <summary>A catalogue in a folder of its own, made up for one test and labelled so: its instrument is called synthetic.</summary>
internal sealed class SyntheticCatalogue : IDisposable
{
    public const string Indicator = "S.LEVEL";

    // As many as one row of a calendar may list.
    private const int PeriodsOfARow = 200;
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hub-synthetic-");

    public SyntheticCatalogue(
        int periods = 1, int indicators = 1, string window = "{opens: first-start, closes: 2099-12-31T23:59, zone: Europe/Kyiv}", bool hasPlan = true)
    {
        Write("instrument.yaml", Instrument(indicators));
        Write("all.yaml", Groups("all", ("all", 0, 24)));
        Write("regions.yaml", Groups("region", ("region.A", 0, 12), ("region.B", 12, 24)));
        Write("calendar.yaml", "calendar:\n" + string.Concat(Enumerable.Range(1, periods).Chunk(PeriodsOfARow).Select(row => Row(row, indicators, window))));
        Write("policies.yaml", """
            policies:
              - code: quick
                coalition: 3
                contributors_min: 10
                joined_contributors_min: 20
                difference_min: 5
                edition_difference_min: 10
                quantiles: {window: 5, median: 10, tertiles: 15, quartiles: 20, outer_deciles: 50}
                reviews_required: 2
                publish_lead_seconds: 60
            """);
        if (hasPlan)
        {
            Write("plans.yaml", "plans:\n  - instrument: synthetic\n    policy: quick\n    indicators:\n      - {code: S.LEVEL, partitions: [region]}\n");
        }
    }

    public string Folder => folder.FullName;

    public static string Collection(int period = 1) => string.Create(CultureInfo.InvariantCulture, $"instruments/synthetic/periods/{period}");

    /// <summary>Codes of its members.</summary>
    public static string Member(int index) => string.Create(CultureInfo.InvariantCulture, $"M{index:D2}");

    /// <summary>Codes of its indicators: the first is <see cref="Indicator"/>.</summary>
    public static string IndicatorAt(int index) => index == 0 ? Indicator : string.Create(CultureInfo.InvariantCulture, $"S.LEVEL.{index}");

    public void Dispose() => folder.Delete(recursive: true);

    private void Write(string name, string text) => File.WriteAllText(Path.Combine(Folder, name), text);

    private static string Instrument(int indicators) => """
        instrument:
          code: synthetic
          title: {en: "Synthetic"}
          publisher: "The tests (synthetic)"
          licence: CC0
        indicators:

        """ + string.Concat(Enumerable.Range(0, indicators).Select(i => $$"""
          - code: {{IndicatorAt(i)}}
            title: {en: "A synthetic level"}
            definition: {en: "Made up."}
            unit: points
            lower: 0
            upper: 100000
            decimals_max: 4
            protection_width: 10000
            protection_width_reason: "A tenth of the range."
            polarity: better-high
            value_kind: level

        """));

    private static string Groups(string partition, params (string Code, int From, int To)[] groups) =>
        $"partition: {partition}\ngroups:\n" + string.Concat(groups.Select(group =>
            $"  - {{code: {group.Code}, title: {{en: \"{group.Code}\"}}, members: [{string.Join(", ", Enumerable.Range(group.From, group.To - group.From).Select(Member))}]}}\n"));

    private static string Row(int[] periods, int indicators, string window) =>
        $"  - instrument: synthetic\n    periods: [{string.Join(", ", periods)}]\n    indicators: [{string.Join(", ", Enumerable.Range(0, indicators).Select(IndicatorAt))}]\n    window: {window}\n";
}
