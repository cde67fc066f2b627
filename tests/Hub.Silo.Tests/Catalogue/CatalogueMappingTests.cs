using Hub.Silo.Catalogue;
using Xunit;

namespace Hub.Silo.Tests.Catalogue;

public sealed class CatalogueMappingTests
{
    [Theory]
    [InlineData("groups/region.north", "region.north", null)]
    [InlineData("groups/region.north@12", "region.north", 12)]
    public void ParseGroup_ItsNames_GivesCodeAndVersion(string name, string code, int? version) =>
        Assert.Equal((code, version), CatalogueMapping.ParseGroup(name));

    [Theory]
    [InlineData("groups/")]
    [InlineData("groups/region.north@")]
    [InlineData("groups/region.north@0")]
    [InlineData("groups/region.north@-1")]
    [InlineData("groups/region.north@99999999999")]
    [InlineData("groups/region.north@1\n")]
    [InlineData("region.north")]
    public void ParseGroup_AnythingElse_IsNone(string name) => Assert.Null(CatalogueMapping.ParseGroup(name));

    [Theory]
    [InlineData("instruments/lpi", "lpi")]
    [InlineData("instruments/-", "-")]
    [InlineData("instruments/lpi/periods/2010", null)]
    [InlineData("instruments/", null)]
    [InlineData("", null)]
    public void ParseInstrument_AName_GivesItsCodeOrNone(string name, string? code) => Assert.Equal(code, CatalogueMapping.ParseInstrument(name));

    [Fact]
    public void ToProto_AnIndicator_CarriesEveryField()
    {
        var reading = CatalogueReader.Read(SmallCatalogue.Files);
        var state = CatalogueRules.Adopt(CatalogueState.Empty, reading, "o", new DateTimeOffset(2026, 11, 24, 0, 0, 0, TimeSpan.Zero)).Value
            .Aggregate(CatalogueState.Empty, (known, happened) => known.Apply(happened, default));
        var rate = CatalogueMapping.ToProto(state.FindIndicator("synthetic", "RATE")!);
        Assert.Equal(
            new V1.Indicator
            {
                Name = "instruments/synthetic/indicators/RATE",
                Title = new V1.LocalizedText { Texts = { ["en"] = "Rate" } },
                Definition = new V1.LocalizedText { Texts = { ["en"] = "About the rate." } },
                ComparabilityNote = new V1.LocalizedText { Texts = { ["en"] = "Mind the gap." } },
                Version = 1,
                Unit = "share",
                Lower = new Google.Type.Decimal { Value = "0" },
                Upper = new Google.Type.Decimal { Value = "1" },
                ProtectionWidth = new Google.Type.Decimal { Value = "0.1" },
                ProtectionWidthReason = "A tenth of the range, too.",
                DecimalsMax = 0,
                Polarity = V1.Polarity.Ambiguous,
                Directness = V1.Directness.Direct,
                ArushaFactor = "Morale and Organizational Culture",
                PmmDimension = "Organizational Development",
                PmmExpectedOutcome = "An outcome",
                ValueKind = V1.ValueKind.Rate,
            },
            rate);
        var change = CatalogueMapping.ToProto(state.FindIndicator("synthetic", "CHANGE")!);
        Assert.Equal(("instruments/synthetic/indicators/LEVEL", V1.ValueKind.DerivedVariation), (change.DerivedFrom, change.ValueKind));
    }

    [Theory]
    [InlineData("0", "3", true)]
    [InlineData("3", "3.0", true)]
    [InlineData("3.000000000000000000000000001", "3", false)]
    [InlineData("-0.1", "3", false)]
    public void Allows_ARate_ComparesItsPartsExactly(string numerator, string denominator, bool allowed)
    {
        var rate = CatalogueReader.Read(SmallCatalogue.Files).Files.SelectMany(f => f.Content.Indicators).Single(i => i.Code == "RATE");
        Assert.Equal(allowed, rate.Allows(ExactDecimal.Parse(numerator), ExactDecimal.Parse(denominator)));
    }
}
