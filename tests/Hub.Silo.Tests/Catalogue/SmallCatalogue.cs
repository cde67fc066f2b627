using Hub.Silo.Catalogue;

namespace Hub.Silo.Tests.Catalogue;

/// <summary>A catalogue with one of everything, without a mistake; tests change one text of it. Not real: its instrument is called synthetic.</summary>
internal static class SmallCatalogue
{
    public const string Instrument = "instrument.yaml";
    public const string Everybody = "all.yaml";
    public const string Regions = "regions.yaml";
    public const string Calendar = "calendar.yaml";

    public static readonly IReadOnlyList<CatalogueFile> Files =
    [
        new(Instrument, """
            instrument:
              code: synthetic
              title: {en: Synthetic, fr: Synthétique}
              publisher: Nobody
              licence: none
            indicators:
              - code: LEVEL
                title: {en: Level}
                definition: {en: About the level.}
                unit: hours
                lower: 0
                upper: 100
                decimals_max: 2
                protection_width: 10
                protection_width_reason: A tenth of the range.
                polarity: better-low
                value_kind: level
              - code: RATE
                title: {en: Rate}
                definition: {en: About the rate.}
                comparability_note: {en: Mind the gap.}
                unit: share
                decimals_max: 0
                protection_width: 0.1
                protection_width_reason: A tenth of the range, too.
                polarity: ambiguous
                value_kind: rate
                directness: direct
                arusha_factor: Morale and Organizational Culture
                pmm_dimension: Organizational Development
                pmm_expected_outcome: An outcome
              - code: CHANGE
                title: {en: Change}
                definition: {en: About the change.}
                unit: hours a year
                lower: -100
                upper: 100.5
                decimals_max: 2
                protection_width: 20
                protection_width_reason: A tenth of its range.
                polarity: better-high
                value_kind: derived-variation
                derived_from: LEVEL
            """),
        new(Everybody, """
            partition: all
            groups:
              - code: all
                title: {en: Everybody}
                members: [AA, BB, CC, DD]
            """),
        new(Regions, """
            partition: region
            groups:
              - code: region.north
                title: {en: North}
                members: [AA, BB]
              - code: region.south
                title: {en: South}
                members: [
                  CC,
                  DD]
            """),
        new(Calendar, """
            calendar:
              - instrument: synthetic
                periods: [2025, 2026]
                indicators: [LEVEL, RATE]
                window: {opens: first-start, closes: 2027-03-31T23:59, zone: Europe/Brussels}
              - instrument: synthetic
                periods: [2027]
                indicators: [LEVEL]
                window:
                  opens: 2028-01-10T09:00
                  closes: 2028-03-31T23:59:59
                  zone: America/Toronto
            """),
    ];

    /// <summary>The files, with one text of one of them replaced wherever it stands.</summary>
    public static IReadOnlyList<CatalogueFile> With(string file, string text, string replacement)
    {
        var changed = Files.Single(f => f.Name == file);
        if (!changed.Text.Contains(text, StringComparison.Ordinal))
        {
            throw new ArgumentException($"{file} does not contain: {text}", nameof(text));
        }

        return [.. Files.Select(f => f == changed ? f with { Text = f.Text.Replace(text, replacement, StringComparison.Ordinal) } : f)];
    }

    public static IReadOnlyList<CatalogueFile> Without(string file) => [.. Files.Where(f => f.Name != file)];
}
