using CsCheck;

namespace Hub.Privacy.Tests.Audit;

/// <summary>A swap is a witness only if the real publication shows the same bytes in that world too, the ladder's step included.</summary>
public sealed class WitnessReplayTests
{
    private static readonly Partition Regions = Scenario.Groups(22, 16, 11, 6);

    [Fact]
    public void Protect_ValuesExchangedWithinCells_ShowsTheSameBytes() =>
        Gen.Select(Gen.Int[0, 1_000].Array[55], Gen.Int[1, 1_000_000]).Sample(
            (values, seed) =>
            {
                var truth = Scenario.Of([.. values.Select(value => value / 10m)]) with { Partition = Regions };
                var world = truth with { Contributions = Exchange(truth.Contributions, seed) };
                Assert.Equal(truth.Protect().Table!.Write(), world.Protect().Table!.Write());
            },
            iter: 100);

    [Fact]
    public void Protect_CorrectionsExchangedWithTheirOriginals_ShowsTheSameBytes() =>
        Gen.Select(Gen.Int[0, 1_000].Array[55], Gen.Int[0, 1_000].Array[55], Gen.Int[1, 1_000_000]).Sample(
            (first, second, seed) =>
            {
                var truth = Scenario.Of([.. first.Select(value => value / 10m)]) with { Partition = Regions };
                var corrected = Corrected(truth, [.. second.Select(value => value / 10m)]);
                var world = truth with { Contributions = Exchange(truth.Contributions, seed) };
                Assert.Equal(
                    (corrected with { Memory = [truth.Shown()] }).Protect().Table!.Write(),
                    (corrected with { Contributions = Exchange(corrected.Contributions, seed), Memory = [world.Shown()] }).Protect().Table!.Write());
            },
            iter: 50);

    /// <summary>All members of the first region correct.</summary>
    private static Scenario Corrected(Scenario first, decimal[] values) => first with
    {
        Edition = 2,
        Contributions = [.. first.Contributions.Select((contribution, i) =>
            i < 22 ? contribution with { Version = 2, Value = ContributedValue.Level(values[i]) } : contribution)],
    };

    /// <summary>A random permutation of the values within each of the ranges of members that form a cell; by one seed, the same
    /// permutation in every edition.</summary>
    private static Contribution[] Exchange(IReadOnlyList<Contribution> contributions, int seed)
    {
        var random = new Random(seed);
        // The groups of 11 and 6 stand together in `other`.
        int[][] atoms = [[.. Enumerable.Range(0, 22)], [.. Enumerable.Range(22, 16)], [.. Enumerable.Range(38, 17)]];
        var exchanged = contributions.ToArray();
        foreach (var atom in atoms)
        {
            var order = atom.ToArray();
            random.Shuffle(order);
            for (var i = 0; i < atom.Length; i++)
            {
                exchanged[atom[i]] = contributions[atom[i]] with { Value = contributions[order[i]].Value };
            }
        }

        return exchanged;
    }
}
