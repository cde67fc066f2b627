namespace Hub.Privacy.Tests.Rules;

public sealed class SmoothedQuantileTests
{
    private const int M = 5;

    [Theory]
    [InlineData(Statistic.Median, 20, 8, 13)]
    [InlineData(Statistic.Median, 21, 9, 13)]
    [InlineData(Statistic.Median, 10, 3, 8)]
    [InlineData(Statistic.LowerQuartile, 20, 3, 8)]
    [InlineData(Statistic.UpperQuartile, 20, 13, 18)]
    [InlineData(Statistic.LowerTertile, 16, 4, 8)]
    [InlineData(Statistic.UpperTertile, 16, 9, 13)]
    [InlineData(Statistic.P10, 50, 3, 8)]
    [InlineData(Statistic.P90, 50, 43, 48)]
    public void Window_KnownSizes_HasTheseRanks(Statistic statistic, int n, int first, int last) =>
        Assert.Equal(new RankWindow(first, last), SmoothedQuantile.Of(statistic).Window(n, M));

    /// <summary>The definition, written once more with exact fractions: t = p·n + ½.</summary>
    [Fact]
    public void Window_EverySizeAndOrder_IsTheDefinition()
    {
        foreach (var quantile in Enum.GetValues<Statistic>().Where(statistic => statistic != Statistic.Mean).Select(SmoothedQuantile.Of))
        {
            for (var n = 10; n <= 400; n++)
            {
                var half = Rational.Of(1) / Rational.Of(2);
                var t = Rational.Of(quantile.Numerator) * Rational.Of(n) / Rational.Of(quantile.Denominator) + half;
                var isHalf = (t - half).Floor() == (t - half).Ceiling();
                var first = isHalf ? (t - Rational.Of(M) * half).Floor() : (t - Rational.Of(M - 1) * half + half).Floor();
                Assert.Equal(new RankWindow((int)first, (int)first + (isHalf ? M : M - 1)), quantile.Window(n, M));
            }
        }
    }

    [Fact]
    public void Window_EveryPublishedSize_LiesInsideAndSharesAtMostTwoRanks()
    {
        for (var n = 10; n <= 400; n++)
        {
            var windows = Thresholds.Families(PrivacyPolicy.Standard, n).SelectMany(SmoothedQuantile.Of)
                .Select(quantile => (quantile, window: quantile.Window(n, M))).ToArray();
            Assert.All(windows, w => Assert.True(SmoothedQuantile.IsPublishable(w.quantile, w.window, n)));
            Assert.All(windows, a => Assert.All(windows.Where(b => b != a), b => Assert.InRange(a.window.Shares(b.window), 0, 2)));
        }
    }

    [Fact]
    public void Compute_Values_IsTheMeanOfTheWindow()
    {
        Rational[] sorted = [.. Enumerable.Range(1, 20).Select(rank => Rational.Of(rank * rank))];

        // (64 + 81 + 100 + 121 + 144 + 169) / 6
        Assert.Equal("679/6", SmoothedQuantile.Of(Statistic.Median).Compute(sorted, M).ToString());
    }
}
