using Hub.Silo.Catalogue;
using Xunit;

namespace Hub.Silo.Tests.Catalogue;

public sealed class CatalogueReaderTests
{
    [Fact]
    public void Read_WithoutMistake_SaysWhatTheFilesSay()
    {
        var reading = CatalogueReader.Read(SmallCatalogue.Files);
        Assert.Empty(reading.Mistakes);
        var indicators = reading.Files.SelectMany(f => f.Content.Indicators).ToDictionary(i => i.Code);
        Assert.Equal(("0", "1", ValueKind.Rate), (indicators["RATE"].Lower.Text, indicators["RATE"].Upper.Text, indicators["RATE"].ValueKind));
        Assert.Equal((Directness.Direct, "Morale and Organizational Culture"), (indicators["RATE"].Directness, indicators["RATE"].ArushaFactor));
        Assert.Equal(("LEVEL", "100.5"), (indicators["CHANGE"].DerivedFrom, indicators["CHANGE"].Upper.Text));
        Assert.Equal("Synthétique", reading.Files.SelectMany(f => f.Content.Instruments).Single().Title.Texts["fr"]);

        var collections = reading.Files.SelectMany(f => f.Content.Collections).ToDictionary(c => c.Period);
        Assert.Null(collections["2025"].Opens);
        Assert.Equal(new DateTimeOffset(2027, 3, 31, 21, 59, 0, TimeSpan.Zero), collections["2026"].Closes);
        Assert.Equal(new DateTimeOffset(2028, 1, 10, 14, 0, 0, TimeSpan.Zero), collections["2027"].Opens);
    }

    public static TheoryData<string, string, string, string> Mistakes => new()
    {
        // fields of an instrument and an indicator
        { SmallCatalogue.Instrument, "code: synthetic", "code: Not A Code", "instrument.yaml(2): instrument.code: A code of an instrument has" },
        { SmallCatalogue.Instrument, "  publisher: Nobody\n", "", "instrument.yaml(2): instrument.publisher: The field is missing." },
        { SmallCatalogue.Instrument, "licence: none", "licence: ''", "instrument.yaml(5): instrument.licence: Here belongs a text of 1 to" },
        { SmallCatalogue.Instrument, "licence: none", "license: none", "instrument.yaml(2): instrument.licence: The field is missing.\ninstrument.yaml(5): instrument.license: There is no such field here. Known are: code, licence, publisher, title." },
        { SmallCatalogue.Instrument, "{en: Synthetic, fr: Synthétique}", "{fr: Synthétique}", "instrument.yaml(3): instrument.title.en: The field is missing." },
        { SmallCatalogue.Instrument, "{en: Synthetic, fr: Synthétique}", "Synthetic", "instrument.yaml(3): instrument.title: Here belong fields, each as `name: value`." },
        { SmallCatalogue.Instrument, "fr: Synth", "FRENCH: Synth", "instrument.yaml(3): instrument.title.FRENCH: There is no such field here." },
        { SmallCatalogue.Instrument, "code: RATE", "code: LEVEL", "calendar.yaml(4): indicators[1]: The instrument synthetic has no indicator RATE.\ninstrument.yaml(18): indicators[1].code: The indicator LEVEL stands already on line 7." },
        { SmallCatalogue.Instrument, "code: RATE", "code: RA/TE", "instrument.yaml(18): indicators[1].code: A code of an indicator has" },
        { SmallCatalogue.Instrument, "lower: 0", "lower: .nan", "instrument.yaml(11): indicators[0].lower: A decimal is an optional sign" },
        { SmallCatalogue.Instrument, "upper: 100\n", "upper: .inf\n", "instrument.yaml(12): indicators[0].upper: A decimal is an optional sign" },
        { SmallCatalogue.Instrument, "upper: 100\n", "upper: 1e2\n", "instrument.yaml(12): indicators[0].upper: A decimal is an optional sign" },
        { SmallCatalogue.Instrument, "    upper: 100\n", "", "instrument.yaml(7): indicators[0].upper: The field is missing." },
        { SmallCatalogue.Instrument, "upper: 100\n", "upper: -1\n", "instrument.yaml(12): indicators[0].upper: The legal range is inverted or empty" },
        { SmallCatalogue.Instrument, "upper: 100\n", "upper: 0.00\n", "instrument.yaml(12): indicators[0].upper: The legal range is inverted or empty" },
        { SmallCatalogue.Instrument, "protection_width: 10\n", "protection_width: 0\n", "instrument.yaml(14): indicators[0].protection_width: A protection width is greater than zero." },
        { SmallCatalogue.Instrument, "protection_width: 10\n", "protection_width: -0.5\n", "instrument.yaml(14): indicators[0].protection_width: A protection width is greater than zero." },
        { SmallCatalogue.Instrument, "protection_width: 10\n", "protection_width: 100.0000000000001\n", "instrument.yaml(14): indicators[0].protection_width: A protection width is not greater than the legal range" },
        { SmallCatalogue.Instrument, "protection_width: 0.1\n", "protection_width: 1.01\n", "instrument.yaml(24): indicators[1].protection_width: A protection width is not greater than the legal range" },
        { SmallCatalogue.Instrument, "    protection_width_reason: A tenth of the range.\n", "", "instrument.yaml(7): indicators[0].protection_width_reason: The field is missing." },
        { SmallCatalogue.Instrument, "decimals_max: 0", "decimals_max: 19", "instrument.yaml(23): indicators[1].decimals_max: Here belongs a whole number from 0 to 18." },
        { SmallCatalogue.Instrument, "decimals_max: 0", "decimals_max: -1", "instrument.yaml(23): indicators[1].decimals_max: Here belongs a whole number from 0 to 18." },
        { SmallCatalogue.Instrument, "decimals_max: 0", "decimals_max: two", "instrument.yaml(23): indicators[1].decimals_max: Here belongs a whole number from 0 to 18." },
        { SmallCatalogue.Instrument, "polarity: better-low", "polarity: higher", "instrument.yaml(16): indicators[0].polarity: \"higher\" is none of: ambiguous, better-high, better-low." },
        { SmallCatalogue.Instrument, "value_kind: level", "value_kind: count", "instrument.yaml(17): indicators[0].value_kind: \"count\" is none of: derived-variation, level, rate, score." },
        { SmallCatalogue.Instrument, "directness: direct", "directness: straight", "instrument.yaml(28): indicators[1].directness: \"straight\" is none of: direct, indirect." },
        { SmallCatalogue.Instrument, "arusha_factor: Morale and Organizational Culture", "arusha_factor: Morale and Organisational Culture", "instrument.yaml(29): indicators[1].arusha_factor: \"Morale and Organisational Culture\" is none of: Leadership and Commitment;" },
        { SmallCatalogue.Instrument, "pmm_dimension: Organizational Development", "pmm_dimension: Integrity", "instrument.yaml(30): indicators[1].pmm_dimension: \"Integrity\" is none of: Trade Facilitation" },
        { SmallCatalogue.Instrument, "    pmm_dimension: Organizational Development\n", "", "instrument.yaml(30): indicators[1].pmm_expected_outcome: An expected outcome belongs to a dimension" },
        { SmallCatalogue.Instrument, "    derived_from: LEVEL", "", "instrument.yaml(32): indicators[2].derived_from: A derived variation names the level" },
        { SmallCatalogue.Instrument, "derived_from: LEVEL", "derived_from: RATE", "instrument.yaml(32): derived_from: RATE is no level of this instrument." },
        { SmallCatalogue.Instrument, "value_kind: level", "value_kind: level\n    derived_from: RATE", "instrument.yaml(18): indicators[0].derived_from: Only a derived variation is derived" },
        { SmallCatalogue.Instrument, "value_kind: rate", "value_kind: rate\n    lower: 0", "instrument.yaml(28): indicators[1].lower: A rate lies between 0 and 1 by its kind." },

        // the file as a whole
        { SmallCatalogue.Instrument, "unit: share", "unit: [share", "instrument.yaml(2" },
        { SmallCatalogue.Instrument, "  licence: none", "  licence: none\n  licence: twice", "instrument.yaml(6): This is not YAML:" },
        { SmallCatalogue.Instrument, "value_kind: level", "value_kind: level\n---\nmore: here", "instrument.yaml(20): This is not YAML" },
        { SmallCatalogue.Calendar, "calendar:", "---\ncalendar:", "" },
        { SmallCatalogue.Calendar, "calendar:", "first: document\n---\ncalendar:", "calendar.yaml(1): A file has exactly one YAML document." },
        { SmallCatalogue.Instrument, "indicators:", "indicator:", "instrument.yaml(1): indicators: The field is missing.\ninstrument.yaml(6): indicator: There is no such field here." },
        { SmallCatalogue.Everybody, "groups:", "group:", "all.yaml(1): A file of the catalogue has one of: instrument, groups, calendar, policies, plans." },
        { SmallCatalogue.Everybody, "groups:", "calendar: []\ngroups:", "all.yaml(2): calendar: There is no such field here." },

        // groups
        { SmallCatalogue.Regions, "partition: region", "partition: Region", "regions.yaml(1): partition: A partition has lower-case letters" },
        { SmallCatalogue.Regions, "code: region.south", "code: south", "regions.yaml(6): groups[1].code: A group of this partition has a code like region.name" },
        { SmallCatalogue.Regions, "code: region.south", "code: region.north", "regions.yaml(6): The group region.north stands already in regions.yaml on line 3." },
        { SmallCatalogue.Regions, "      DD]", "      XX]", "regions.yaml(10): members: XX is not in the group `all`." },
        { SmallCatalogue.Regions, "      DD]", "      BB]", "regions.yaml(10): members: BB is in region.north already; groups of one partition do not overlap." },
        { SmallCatalogue.Regions, "      DD]", "      CC]", "regions.yaml(10): groups[1].members[1]: CC stands here twice." },
        { SmallCatalogue.Regions, "      DD]", "      dd]", "regions.yaml(10): groups[1].members[1]: A member is an ISO 3166" },
        { SmallCatalogue.Regions, "members: [AA, BB]", "members: []", "regions.yaml(5): groups[0].members: Here belongs a list of 1 to 1000 items." },
        { SmallCatalogue.Everybody, "code: all", "code: everybody", "all.yaml(3): groups[0].code: The partition `all` has one group, with the code `all`." },

        // the calendar
        { SmallCatalogue.Calendar, "instrument: synthetic\n    periods: [2027]", "instrument: other\n    periods: [2027]", "calendar.yaml(7): instrument: No file describes the instrument other." },
        { SmallCatalogue.Calendar, "indicators: [LEVEL]", "indicators: [LEVEL, NONE]", "calendar.yaml(8): indicators[1]: The instrument synthetic has no indicator NONE." },
        { SmallCatalogue.Calendar, "indicators: [LEVEL]", "indicators: [CHANGE]", "calendar.yaml(8): indicators[0]: CHANGE is derived from LEVEL and never collected." },
        { SmallCatalogue.Calendar, "periods: [2027]", "periods: [2026]", "calendar.yaml(7): The collection synthetic 2026 stands already in calendar.yaml on line 3." },
        { SmallCatalogue.Calendar, "periods: [2027]", "periods: [20/27]", "calendar.yaml(7): calendar[1].periods[0]: A period has letters, digits and hyphens" },
        { SmallCatalogue.Calendar, "opens: 2028-01-10T09:00", "opens: 2028-04-01T00:00", "calendar.yaml(11): calendar[1].window.closes: The window is inverted or empty" },
        { SmallCatalogue.Calendar, "closes: 2028-03-31T23:59:59", "closes: 2028-03-32T23:59", "calendar.yaml(11): calendar[1].window.closes: Here belongs a local time like" },
        { SmallCatalogue.Calendar, "closes: 2028-03-31T23:59:59", "closes: 2028-03-12T02:30", "calendar.yaml(11): calendar[1].window.closes: The clocks of this zone are set forward or back" },
        { SmallCatalogue.Calendar, "closes: 2028-03-31T23:59:59", "closes: first-start", "calendar.yaml(11): calendar[1].window.closes: Here belongs a local time like" },
        { SmallCatalogue.Calendar, "zone: America/Toronto", "zone: Eastern Standard Time", "calendar.yaml(12): calendar[1].window.zone: \"Eastern Standard Time\" is no zone of the IANA" },
        { SmallCatalogue.Calendar, "zone: America/Toronto", "zone: Europe/Atlantis", "calendar.yaml(12): calendar[1].window.zone: \"Europe/Atlantis\" is no zone of the IANA" },
        { SmallCatalogue.Calendar, "      zone: America/Toronto", "", "calendar.yaml(10): calendar[1].window.zone: The field is missing." },
    };

    [Theory]
    [MemberData(nameof(Mistakes))]
    public void Read_AMistake_IsNamedWithFileAndLineAndNothingElseIs(string file, string text, string replacement, string expected)
    {
        var mistakes = CatalogueReader.Read(SmallCatalogue.With(file, text, replacement)).Mistakes.Select(m => m.ToString()).ToList();
        var starts = expected.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.True(
            mistakes.Count == starts.Length && mistakes.Zip(starts).All(pair => pair.First.StartsWith(pair.Second, StringComparison.Ordinal)),
            string.Join('\n', mistakes));
    }

    [Fact]
    public void Read_ManyMistakes_AreNamedAtOnceInOrder()
    {
        var files = SmallCatalogue.Files.Select(f => f with
        {
            Text = f.Text.Replace("licence: none", "", StringComparison.Ordinal).Replace("polarity: better-low", "polarity: up", StringComparison.Ordinal)
                .Replace("  DD]", "  XX]", StringComparison.Ordinal).Replace("periods: [2027]", "periods: [2026]", StringComparison.Ordinal),
        });
        Assert.Equal(
            ["calendar.yaml(7)", "instrument.yaml(2)", "instrument.yaml(16)", "regions.yaml(10)"],
            CatalogueReader.Read([.. files.Reverse()]).Mistakes.Select(m => $"{m.File}({m.Line})"));
    }

    [Fact]
    public void Read_WithoutTheGroupOfAll_IsAMistake() =>
        Assert.Equal(
            "regions.yaml(3): No file describes the group `all`, which names everybody.",
            Assert.Single(CatalogueReader.Read(SmallCatalogue.Without(SmallCatalogue.Everybody)).Mistakes).ToString());

    [Fact]
    public void Read_SameInstrumentInTwoFiles_NamesBothPlaces()
    {
        var copy = SmallCatalogue.Files.Single(f => f.Name == SmallCatalogue.Instrument) with { Name = "z.yaml" };
        var mistakes = CatalogueReader.Read([.. SmallCatalogue.Files, copy]).Mistakes.Select(m => m.ToString());
        Assert.Contains("z.yaml(2): The instrument synthetic stands already in instrument.yaml on line 2.", mistakes);
    }
}
