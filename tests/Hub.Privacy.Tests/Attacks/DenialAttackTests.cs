using CsCheck;

namespace Hub.Privacy.Tests.Attacks;

/// <summary>
/// Attack 11: learning from denials. With one structure and any values, what is published and what is withheld, cell by cell and
/// with its reason, depends on the announced step alone.
/// </summary>
public sealed class DenialAttackTests
{
    private static readonly Gen<int[]> Values = Gen.Frequency(
        (3, Gen.Int[0, 100].Array[60]),
        (1, Gen.Int[0, 12].Array[60]),
        (1, Gen.Int[0, 1].Array[60]),
        (1, Gen.Int[45, 55].Array[60]),
        (1, Gen.Select(Gen.Int[0, 100].Array[48], Gen.Int[0, 2].Array[12], (most, few) => (int[])[.. most, .. few])));

    private static readonly int[] Sizes = [21, 15, 7, 4, 12];

    [Fact]
    public void Pattern_OneStructureAnyValues_IsOneForEachStep()
    {
        var patterns = new Dictionary<LadderStep, string>();
        Values.Sample(
            values =>
            {
                var published = (Scenario.Of([.. values.Select(value => (decimal)value)]) with { Partition = Scenario.Groups(Sizes) }).Published();
                lock (patterns)
                {
                    Assert.Equal(patterns.GetValueOrDefault(published.Step, Pattern(published)), Pattern(published));
                    patterns[published.Step] = Pattern(published);
                }
            },
            iter: 300);
        Assert.Equal(4, patterns.Count);
    }

    /// <summary>Mutant: each group goes down a ladder of its own. What is missing then tells which groups' values lie close together.</summary>
    [Fact]
    public void Pattern_EachGroupByItself_TellsOfItsValues()
    {
        var patterns = new HashSet<string>();
        Values.Sample(
            values =>
            {
                var next = 0;
                var steps = Sizes.Select(size => Scenario.Of([.. values.Skip((next += size) - size).Take(size).Select(value => (decimal)value)]).Published().Step).ToList();
                lock (patterns) patterns.Add(string.Join(' ', steps));
            },
            iter: 100);
        Assert.True(patterns.Count > Enum.GetValues<LadderStep>().Length, $"{patterns.Count} patterns.");
    }

    private static string Pattern(ProtectedIndicator indicator) => string.Join(';', indicator.Cells.Select(cell =>
        $"{cell.Group} {cell.Band} {string.Join('+', cell.Joined)} {string.Join(',', cell.Figures.Select(figure => (figure.Statistic, figure.RoundedTo)))} "
        + string.Join(',', cell.Withheld.Select(withheld => (withheld.Statistic, withheld.Rule)))));
}
