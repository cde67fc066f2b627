using CsCheck;

namespace Hub.Privacy.Tests.Audit;

public sealed class LaminarMeansIntervalTests
{
    private static readonly Measure Level = new("x", 0m, 4m, 1m, 0, ValueKind.Level);
    private static readonly Measure Rate = new("x", 0.2m, 0.9m, 0.1m, 0, ValueKind.Rate);

    /// <summary>If all that is known of a set is its exact total, the width is the attacker's, exactly.</summary>
    [Fact]
    public void Widths_EveryWorldWithTheSameTotal_AreTheAttackersTrueWidths() =>
        Gen.Select(Gen.Int[0, 4].Array[1, 5], Gen.Int[1, 3]).Sample(
            (values, coalition) =>
            {
                var grids = values.Select(_ => Enumerable.Range(0, 5).ToArray()).ToArray();
                AssertExact(values, [.. values.Select(_ => 1)], grids, Level, coalition);
            },
            iter: 150);

    /// <summary>The same for rates with denominators that everybody knows: a_j between ⌈0.2·b_j⌉ and ⌊0.9·b_j⌋, whole numbers.</summary>
    [Fact]
    public void Widths_EveryWorldOfNumerators_AreTheAttackersTrueWidths() =>
        Gen.Select(Gen.Int[2, 9], Gen.Int[0, 99]).Select((b, a) => (b, a)).Array[1, 4].Select(Gen.Int[1, 2]).Sample(
            (units, coalition) =>
            {
                var denominators = units.Select(unit => unit.b).ToArray();
                var grids = denominators.Select(Numerators).ToArray();
                if (grids.Any(grid => grid.Length == 0))
                {
                    return;
                }

                int[] values = [.. units.Zip(grids, (unit, grid) => grid[unit.a % grid.Length])];
                AssertExact(values, denominators, grids, Rate, coalition);
            },
            iter: 150);

    [Fact]
    public void Widths_MeanAtTheLimit_AreZero() =>
        Assert.All(
            LaminarMeansInterval.Widths([.. Enumerable.Range(0, 30).Select(i => Entry(i, 0, 1))], Level, 3),
            width => Assert.Equal(0, width.Sign));

    private static int[] Numerators(int b) =>
        [.. Enumerable.Range(0, b + 1).Where(a => 10 * a >= 2 * b && 10 * a <= 9 * b)];

    private static void AssertExact(int[] values, int[] denominators, int[][] grids, Measure measure, int coalition)
    {
        var owners = Enumerable.Range(0, values.Length).ToArray();
        var consistent = Worlds.All(grids).Where(world => world.Sum() == values.Sum()).ToArray();
        var widths = LaminarMeansInterval.Widths([.. owners.Select(i => Entry(i, values[i], denominators[i]))], measure, coalition);
        for (var v = 0; v < values.Length; v++)
        {
            var truth = Rational.Of(Worlds.Width(consistent, values, owners, v, coalition)) / Rational.Of(denominators[v]);
            Assert.Equal(0, widths[v].CompareTo(truth));
        }
    }

    private static Entry Entry(int member, int numerator, int denominator) =>
        new(Scenario.Member(member), 1, false, Rational.Of(numerator), Rational.Of(denominator));
}
