namespace Hub.Privacy.Tests.Attacks;

/// <summary>Known answers of the ESSnet Handbook on Statistical Disclosure Control, reproduced by our attackers.</summary>
public sealed class HandbookAttackTests
{
    /// <summary>Chapter 4.2, example 3: rows 7 and 3, columns 6 and 4, nothing negative: X11 lies in [3, 6].</summary>
    [Fact]
    public void Worlds_SuppressedTwoByTwo_BoundTheFirstCellByThreeAndSix()
    {
        int[][] grids = [.. Enumerable.Repeat(Enumerable.Range(0, 8).ToArray(), 4)];
        var possible = Audit.Worlds.All(grids)
            .Where(x => x[0] + x[1] == 7 && x[2] + x[3] == 3 && x[0] + x[2] == 6 && x[1] + x[3] == 4)
            .Select(x => x[0]).ToArray();

        Assert.Equal((3, 6), (possible.Min(), possible.Max()));
    }

    /// <summary>Chapter 5.7: counts perturbed by at most 2 beside exact means give the counts 8, 12 and 20 away.</summary>
    [Fact]
    public void Counts_ExactMeansBesidePerturbedCounts_AreRecovered() => Assert.Equal(
        [(8, 12)],
        CountsFromMeans(Exactly(11.25m), new(95m / 12m - 1e-9m, 95m / 12m + 1e-9m), Exactly(9.25m), (7, 11), (12, 16), (17, 21)));

    /// <summary>The Hub shows bands and rounded means; the same attack on a table of 12 and 20 contributors is left with dozens of pairs.</summary>
    [Fact]
    public void Counts_RoundedMeansBesideBands_AreNotRecovered()
    {
        var published = (Scenario.Of([.. Attacker.Draw(3, 32)]) with { Partition = Scenario.Groups(12, 20) }).Published();
        var pairs = CountsFromMeans(Mean(published, "g0"), Mean(published, "g1"), Mean(published, Group.All), (10, 14), (20, 29), (30, 49));

        Assert.Contains((12, 20), pairs);
        Assert.True(pairs.Count > 20, $"{pairs.Count}");
    }

    private static List<(int, int)> CountsFromMeans(
        Interval first, Interval second, Interval both, (int From, int To) a, (int From, int To) b, (int From, int To) all) =>
        [.. from n in Enumerable.Range(a.From, a.To - a.From + 1)
            from m in Enumerable.Range(b.From, b.To - b.From + 1)
            where n + m >= all.From && n + m <= all.To
            where n * first.Low + m * second.Low <= (n + m) * both.High && n * first.High + m * second.High >= (n + m) * both.Low
            select (n, m)];

    private static Interval Exactly(decimal mean) => new(mean, mean);

    private static Interval Mean(ProtectedIndicator indicator, string group) => Attacker.Total(indicator, group, 1)!.Value;
}
