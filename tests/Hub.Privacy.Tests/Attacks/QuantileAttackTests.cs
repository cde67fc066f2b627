namespace Hub.Privacy.Tests.Attacks;

/// <summary>
/// Attack 9: is a released quantile somebody's value? Values lie on the grid of the rounding, so that a quantile that is one
/// is shown verbatim. By chance a smoothed one falls on a value about as often as values fill the grid.
/// </summary>
public sealed class QuantileAttackTests
{
    private const int Seeds = 100;

    [Theory]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(21)]
    [InlineData(101)]
    public void Quantile_Smoothed_IsSeldomSomebodysValue(int n) => Assert.InRange(Verbatim(n, window: 5), 0, Seeds / 4);

    /// <summary>Mutant: window 1. Every odd-n median is a value.</summary>
    [Theory]
    [InlineData(11)]
    [InlineData(13)]
    [InlineData(21)]
    [InlineData(101)]
    public void Quantile_WindowOfOne_IsAlwaysSomebodysValue(int n) => Assert.Equal(Seeds, Verbatim(n, window: 1));

    private static int Verbatim(int n, int window) => Enumerable.Range(1, Seeds).Count(seed =>
    {
        var unit = n < 50 ? 0.1m : 0.05m;
        var random = new Random(seed);
        var values = Enumerable.Range(0, n).Select(_ => unit * random.Next(0, (int)(100m / unit) + 1)).ToArray();
        var scenario = Scenario.Of(values) with
        {
            Facts = new(Scenario.Code, 0m, 100m, 1m, 2, ValueKind.Score),
            Policy = PrivacyPolicy.Standard with { Quantiles = PrivacyPolicy.Standard.Quantiles! with { Window = window } },
        };
        return values.Contains(scenario.Published(new(PolicyChecked: false)).Cells[0].Find(Statistic.Median)!.Value);
    });
}
