using Hub.Silo.Catalogue;
using Xunit;

namespace Hub.Silo.Tests.Catalogue;

/// <summary>The catalogue that ships says what the README of the samples says.</summary>
public sealed class SamplesTests
{
    [Fact]
    public async Task Samples_Read_HaveNoMistake()
    {
        var reading = CatalogueReader.Read(await CatalogueFolder.ReadAsync(Samples.Path("catalogue"), TestContext.Current.CancellationToken));
        Assert.Empty(reading.Mistakes);
        Assert.Equal(["doing-business", "enterprise-surveys", "lpi", "wgi"], reading.Files.SelectMany(f => f.Instruments).Select(i => i.Value.Code).Order());
        Assert.Equal(21, reading.Files.Sum(f => f.Collections.Count));
    }

    [Theory]
    [InlineData("LP.LPI.CUST.XQ", "lpi", "1", "5", "0.4", "2010:154 2012:154 2014:159 2016:159 2018:159 2023:137")]
    [InlineData("IC.EXP.TMBC", "doing-business", "0", "1440", "24", "2015:178 2016:179 2017:179 2018:179 2019:179 2020:178")]
    [InlineData("IC.IMP.TMBC", "doing-business", "0", "1440", "24", "2015:178 2016:179 2017:179 2018:179 2019:179 2020:178")]
    [InlineData("CC.EST", "wgi", "-2.5", "2.5", "0.5", "2018:186 2019:186 2020:186 2021:186 2022:186 2023:186")]
    [InlineData("IC.FRM.BRIB.ZS", "enterprise-surveys", "0", "100", "10", "2009:53 2013:49 2019:39")]
    public async Task Figures_OfASeries_FitItsIndicatorAndItsCollections(
        string code, string instrument, string lower, string upper, string width, string counts)
    {
        var files = await CatalogueFolder.ReadAsync(Samples.Path("catalogue"), TestContext.Current.CancellationToken);
        var reading = CatalogueReader.Read(files);
        var indicator = reading.Files.SelectMany(f => f.Indicators).Single(i => i.Value.Code == code).Value;
        Assert.Equal((instrument, lower, upper, width), (indicator.Instrument, indicator.Lower.Text, indicator.Upper.Text, indicator.ProtectionWidth.Text));

        var rows = Samples.Rows($"figures/{code}.csv");
        Assert.Equal(counts, string.Join(' ', rows.GroupBy(r => r[2]).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"{g.Key}:{g.Select(r => r[1]).Distinct().Count()}")));
        Assert.All(rows, row =>
        {
            var value = ExactDecimal.Parse(row[3]);
            Assert.True(value.IsWithin(indicator.Lower, indicator.Upper) && value.Decimals <= indicator.DecimalsMax, string.Join(',', row));
        });
        var periods = reading.Files.SelectMany(f => f.Collections).Where(c => c.Value.Indicators.Contains(code)).Select(c => c.Value.Period);
        Assert.Equal(rows.Select(r => r[2]).Distinct().Order(), periods.Order());
    }

    [Fact]
    public void Revisions_LaterValue_IsTheOneInFigures()
    {
        var figures = new[] { "CC.EST", "IC.FRM.BRIB.ZS" }.SelectMany(code => Samples.Rows($"figures/{code}.csv"))
            .ToDictionary(r => (r[0], r[1], r[2]), r => ExactDecimal.Parse(r[3]));
        var revisions = Samples.Rows("figures/revisions.csv");
        Assert.Equal(234, revisions.Count);
        Assert.All(revisions, r => Assert.Equal(figures[(r[0], r[1], r[2])], ExactDecimal.Parse(r[^3])));
    }

    [Fact]
    public void Administrations_WithATimeZone_NameOneThatExists()
    {
        var zones = Samples.Rows("administrations.csv").Where(r => r[^1].Length > 0).ToDictionary(r => r[0], r => r[^1]);
        Assert.Equal(("Europe/Kyiv", "America/Toronto", "Europe/Warsaw"), (zones["UA"], zones["CA"], zones["PL"]));
        Assert.All(zones.Values, zone => Assert.NotNull(Silo.Hosting.IanaZone.Find(zone)));
    }
}
