using System.Globalization;
using Hub.Silo.Catalogue;

namespace Hub.Silo.Tests.Disclosures;

/// <summary>A small catalogue for releases: one instrument, two regions of equal size, a policy with a lead of one second. Synthetic.</summary>
internal static class TestCatalogue
{
    public const string Instrument = "test";
    public const string Collection = "instruments/test/periods/2024";
    public const string Indicator = "T.SCORE";

    /// <summary>The second file's indicators are collected, and only the first is planned.</summary>
    public static IReadOnlyList<CatalogueFile> Files(int members, int reviewsRequired = 1) =>
    [
        new("instrument.yaml", """
            instrument:
              code: test
              title: {en: "A test"}
              publisher: "The tests (synthetic)"
              licence: CC0
            indicators:
              - code: T.SCORE
                title: {en: "A synthetic score"}
                definition: {en: "Made up."}
                comparability_note: {en: "Synthetic."}
                unit: points
                lower: 0
                upper: 100
                decimals_max: 2
                protection_width: 10
                protection_width_reason: "A tenth of the range."
                polarity: better-high
                value_kind: score
            """),
        new("all.yaml", $$"""
            partition: all
            groups:
              - {code: all, title: {en: "All"}, members: [{{Members(0, members)}}]}
            """),
        new("region.yaml", $$"""
            partition: region
            groups:
              - {code: region.A, title: {en: "A"}, members: [{{Members(0, members / 2)}}]}
              - {code: region.B, title: {en: "B"}, members: [{{Members(members / 2, members)}}]}
            """),
        new("size.yaml", $$"""
            partition: size
            groups:
              - {code: size.small, title: {en: "Small"}, members: [{{Members(0, members / 2)}}]}
              - {code: size.large, title: {en: "Large"}, members: [{{Members(members / 2, members)}}]}
            """),
        new("calendar.yaml", """
            calendar:
              - instrument: test
                periods: [2024]
                indicators: [T.SCORE]
                window: {opens: first-start, closes: 2026-06-30T00:00, zone: Europe/Brussels}
            """),
        new("policies.yaml", $$"""
            policies:
              - code: quick
                coalition: 3
                contributors_min: 10
                joined_contributors_min: 20
                difference_min: 5
                edition_difference_min: 10
                quantiles: {window: 5, median: 10, tertiles: 15, quartiles: 20, outer_deciles: 50}
                reviews_required: {{reviewsRequired}}
                publish_lead_seconds: 1
              - code: means
                coalition: 2
                contributors_min: 5
                joined_contributors_min: 10
                difference_min: 5
                edition_difference_min: 10
                coarse_means:
                  - {contributors_max: 9, fraction_of_range: 0.02}
                  - {contributors_max: 19, fraction_of_range: 0.01}
                reviews_required: 2
                publish_lead_seconds: 86400
            """),
        new("plans.yaml", """
            plans:
              - instrument: test
                policy: quick
                indicators:
                  - {code: T.SCORE, partitions: [region]}
            """),
    ];

    /// <summary>The files with one text of one of them replaced.</summary>
    public static IReadOnlyList<CatalogueFile> With(int members, string file, string text, string replacement)
    {
        var files = Files(members);
        return files.Any(f => f.Name == file && f.Text.Contains(text, StringComparison.Ordinal))
            ? [.. files.Select(f => f.Name == file ? f with { Text = f.Text.Replace(text, replacement, StringComparison.Ordinal) } : f)]
            : throw new ArgumentException($"{file} does not contain: {text}", nameof(text));
    }

    /// <summary>What is in force with these files, adopted at one time.</summary>
    public static CatalogueState State(IReadOnlyList<CatalogueFile> files, DateTimeOffset at) =>
        files.Select(file => new FileAdopted(file.Name, file.Sha256, "operator", file.Text, CatalogueReader.Read([file]).Files[0].Content))
            .Aggregate(CatalogueState.Empty, (state, adopted) => state.Apply(adopted, at));

    public static string Member(int index) => string.Create(CultureInfo.InvariantCulture, $"M{index:D2}");

    private static string Members(int from, int to) => string.Join(", ", Enumerable.Range(from, to - from).Select(Member));
}
