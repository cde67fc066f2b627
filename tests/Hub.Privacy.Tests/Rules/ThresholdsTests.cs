namespace Hub.Privacy.Tests.Rules;

public sealed class ThresholdsTests
{
    [Theory]
    [InlineData(9, new StatisticFamily[0])]
    [InlineData(10, new[] { StatisticFamily.Mean, StatisticFamily.Median })]
    [InlineData(14, new[] { StatisticFamily.Mean, StatisticFamily.Median })]
    [InlineData(15, new[] { StatisticFamily.Mean, StatisticFamily.Tertiles })]
    [InlineData(19, new[] { StatisticFamily.Mean, StatisticFamily.Tertiles })]
    [InlineData(20, new[] { StatisticFamily.Mean, StatisticFamily.Median, StatisticFamily.Quartiles })]
    [InlineData(49, new[] { StatisticFamily.Mean, StatisticFamily.Median, StatisticFamily.Quartiles })]
    [InlineData(50, new[] { StatisticFamily.Mean, StatisticFamily.Median, StatisticFamily.Quartiles, StatisticFamily.OuterDeciles })]
    public void Families_Standard_AreThoseOfTheSize(int n, StatisticFamily[] families) =>
        Assert.Equal(families, Thresholds.Families(PrivacyPolicy.Standard, n));

    [Theory]
    [InlineData(4, new StatisticFamily[0])]
    [InlineData(5, new[] { StatisticFamily.Mean })]
    [InlineData(190, new[] { StatisticFamily.Mean })]
    public void Families_SmallProgramme_AreMeansOnly(int n, StatisticFamily[] families) =>
        Assert.Equal(families, Thresholds.Families(PrivacyPolicy.SmallProgramme, n));

    [Theory]
    [InlineData(1, "1-4")]
    [InlineData(5, "5-9")]
    [InlineData(10, "10-14")]
    [InlineData(19, "15-19")]
    [InlineData(29, "20-29")]
    [InlineData(30, "30-49")]
    [InlineData(99, "50-99")]
    [InlineData(100, "100+")]
    [InlineData(2000, "100+")]
    public void ContributorBand_Number_IsItsBand(int contributors, string band) =>
        Assert.Equal(band, ContributorBand.Of(contributors).ToString());
}
