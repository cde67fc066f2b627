using CsCheck;

namespace Hub.Privacy.Tests.Rules;

public sealed class CellRulesTests
{
    private static Entry[] Entries(int count) =>
        [.. Enumerable.Range(0, count).Select(i => new Entry(Scenario.Member(i), 1, false, Rational.Of(i), Rational.Of(1)))];

    private static string Form(int contributors, params int[] sizes) => string.Join(' ', CellRules.Form(Entries(contributors), Scenario.Groups(sizes), 10)
        .Select(cell => $"{cell.Group}:{cell.Entries.Count}{(cell.Joined.Count > 0 ? $"({string.Join('+', cell.Joined)})" : "")}"));

    [Fact]
    public void Form_AllCellsLarge_HasNoOther() => Assert.Equal("all:32 g0:20 g1:12", Form(32, 20, 12));

    [Fact]
    public void Form_TwoSmallCells_AreJoined() => Assert.Equal("all:35 g0:20 other:15(g1+g2)", Form(35, 20, 8, 7));

    [Fact]
    public void Form_OneSmallCell_TakesTheSmallestOther() => Assert.Equal("all:40 g0:20 other:20(g1+g2)", Form(40, 20, 15, 5));

    [Fact]
    public void Form_OneWithoutGroup_TakesTheSmallestOfEqualCellsByCode() =>
        Assert.Equal("all:33 g1:16 other:17(g0)", Form(33, 16, 16));

    [Fact]
    public void Form_EmptyGroup_IsNeitherACellNorJoined() => Assert.Equal("all:25 g0:12 g1:13", Form(25, 12, 13, 40));

    [Fact]
    public void Form_FewerThanTheMinimum_IsAllAlone() => Assert.Equal("all:9", Form(9, 5, 4));

    [Fact]
    public void Form_AllSmall_IsOneOther() => Assert.Equal("all:12 other:12(g0+g1)", Form(12, 6, 6));

    [Fact]
    public void Form_AnySizes_CoversAllWithoutRemainderAndUnderNoMinimum() =>
        Gen.Select(Gen.Int[0, 30].Array[1, 8], Gen.Int[0, 12]).Sample((sizes, ungrouped) =>
        {
            var entries = Entries(sizes.Sum() + ungrouped);
            var cells = CellRules.Form(entries, Scenario.Groups(sizes), 10);
            if (cells.Count > 1)
            {
                Assert.Equal(
                    entries.Select(entry => entry.Member),
                    cells.Skip(1).SelectMany(cell => cell.Entries).Select(entry => entry.Member).Order(StringComparer.Ordinal));
                Assert.All(cells, cell => Assert.True(cell.Entries.Count >= 10));
            }
        });
}
