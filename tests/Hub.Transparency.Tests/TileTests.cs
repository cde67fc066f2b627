using CsCheck;
using Xunit;

namespace Hub.Transparency.Tests;

/// <summary>Tiles, the right edge and the frontier: whatever the batches, the tree is the same.</summary>
public sealed class TileTests
{
    private static readonly byte[][] Leaves = NaiveTree.Leaves(70_000);

    [Fact]
    public void Frontier_AnySize_HasTheNaiveRootAndSurvivesStorage() =>
        Gen.Int[0, 1100].Sample(size =>
        {
            var frontier = Leaves[..size].Aggregate(Frontier.Empty, (tree, leaf) => tree.Append(leaf));
            Assert.Equal(new NaiveTree(Leaves).Root(size), frontier.Root());
            Assert.Equal(frontier.Root(), Frontier.Parse(size, frontier.ToBytes()).Root());
            Assert.Throws<FormatException>(() => Frontier.Parse(size, [.. frontier.ToBytes(), 0]));
        }, iter: 50);

    [Fact]
    public void Edge_GrownByAnyBatches_GivesTheFrontierAndFillsTheTilesThatTheSizesSay() =>
        Gen.Int[0, 700].Array[0, 6].Sample(batches =>
        {
            var (edge, frontier) = (TileEdge.Empty, Frontier.Empty);
            foreach (var batch in batches)
            {
                var added = Leaves[(int)edge.Size..((int)edge.Size + batch)];
                var growth = edge.Append(added);
                Assert.Equal(TileAddress.FilledBetween(edge.Size, growth.Edge.Size), growth.Filled.Select(f => f.Address));
                (edge, frontier) = (growth.Edge, added.Aggregate(frontier, (tree, leaf) => tree.Append(leaf)));
                Assert.Equal(frontier.ToBytes(), edge.ToFrontier().ToBytes());
            }
        }, iter: 40);

    [Fact]
    public void Edge_LoadedFromStorage_GoesOnAsTheOneThatGrew()
    {
        foreach (var size in new[] { 0, 1, 255, 256, 257, 65_535, 65_536, 65_537, 66_000 })
        {
            var tiles = StoredTiles.Of(Leaves[..size]);
            var last = Leaves[(size - size % 256)..size].SelectMany(leaf => leaf).ToArray();
            var loaded = TileEdge.Load(size, last, address => Tile.Parse(tiles.Full[address]).Root());
            var next = Leaves[size..(size + 600)];
            Assert.Equal(tiles.Edge.ToFrontier().ToBytes(), loaded.ToFrontier().ToBytes());
            Assert.Equal(tiles.Edge.Append(next).Edge.ToFrontier().Root(), loaded.Append(next).Edge.ToFrontier().Root());
        }
    }

    [Fact]
    public void Growth_WithoutStorage_ProvesEveryLeafOfItsBatch()
    {
        foreach (var (before, batch) in new[] { (0, 1), (0, 300), (255, 1), (255, 2), (511, 600), (65_530, 5), (65_530, 6), (65_530, 300) })
        {
            var size = before + batch;
            var growth = StoredTiles.Of(Leaves[..before]).Edge.Append(Leaves[before..size]);
            var builder = new ProofBuilder(growth);
            var root = growth.Edge.ToFrontier().Root();
            for (var index = before; index < size; index++)
                Assert.True(InclusionProof.Verify(index, size, Leaves[index], builder.Inclusion(index, size), root));
        }
    }

    [Fact]
    public void Proofs_AcrossThreeLevelsOfTiles_EqualTheNaiveOnes()
    {
        var tiles = StoredTiles.Of(Leaves);
        var builder = new ProofBuilder(tiles);
        var naive = new NaiveTree(Leaves);
        // As the specification says of a tree of 70,000: 273 full tiles and one of 112 hashes, one full and one of 17, one of 1.
        Assert.Equal([273, 1, 0], Enumerable.Range(0, 3).Select(level => TileAddress.FullCount(level, 70_000)));
        Assert.Equal([112, 17, 1], Enumerable.Range(0, 3).Select(level => TileAddress.EdgeWidth(level, 70_000)));
        Assert.Equal(274, tiles.Full.Count);
        (from size in Gen.Int[2, Leaves.Length] from index in Gen.Int[0, size - 1] select (index, size)).Sample(t =>
        {
            Assert.True(NaiveTree.Same(naive.Inclusion(t.index, t.size), builder.Inclusion(t.index, t.size)));
            Assert.True(NaiveTree.Same(naive.Consistency(t.index, t.size), builder.Consistency(t.index, t.size)));
        }, iter: 200, threads: 1);
    }

    [Fact]
    public void Tile_Stored_IsItsHashesAndNothingElse()
    {
        var tile = Tile.Parse([.. Leaves[..256].SelectMany(leaf => leaf)]);
        Assert.Equal(8192, tile.ToBytes().Length);
        Assert.Equal(new NaiveTree(Leaves).Root(256), tile.Root());
        Assert.Throws<FormatException>(() => Tile.Parse(new byte[31]));
        Assert.Throws<FormatException>(() => Tile.Parse(new byte[257 * 32]));
        Assert.Throws<ArgumentException>(() => tile.Append(new byte[32]));
        Assert.Throws<InvalidOperationException>(() => Tile.Empty.Root());
        Assert.Throws<ArgumentOutOfRangeException>(() => Tile.Parse(new byte[3 * 32]).Node(1, 1).ToArray());
    }

    [Fact]
    public void Edge_AfterADroppedBatch_IsUnchanged()
    {
        var edge = TileEdge.Empty.Append(Leaves[..300]).Edge;
        var before = edge.ToFrontier().ToBytes();
        edge.Append(Leaves[300..900]);
        Assert.Equal(before, edge.ToFrontier().ToBytes());
        Assert.Equal(new NaiveTree(Leaves).Root(301), edge.Append([Leaves[300]]).Edge.ToFrontier().Root());
    }
}
