using Xunit;
using static Hub.Transparency.Tests.Vectors;

namespace Hub.Transparency.Tests;

/// <summary>Roots and proofs against the published vectors and against the RFC's own definitions.</summary>
public sealed class TreeTests
{
    private static readonly byte[][] Published = [.. Entries.Select(NaiveTree.LeafHash)];

    /// <summary>0, 1 and 2^k ± 1 leaves up to k = 10.</summary>
    public static TheoryData<int> Sizes =>
        [.. Enumerable.Range(1, 10).SelectMany(k => new[] { (1 << k) - 1, 1 << k, (1 << k) + 1 }).Append(0).Distinct().Order()];

    [Fact]
    public void EmptyRoot_Always_IsTheHashOfNothing() =>
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Hex(Merkle.EmptyRoot));

    [Fact]
    public void NodeHash_PublishedChildren_GiveThePublishedParent() =>
        Assert.Equal(
            "1a378704c17da31e2d05b6d121c2bb2c7d76f6ee6fa8f983e596c2d034963c57",
            Hex(Merkle.NodeHash(
                Hex("000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f"),
                Hex("202122232425262728292a2b2c2d2e2f303132333435363738393a3b3c3d3e3f"))));

    [Fact]
    public void Frontier_PublishedEntries_HasThePublishedRoots()
    {
        var frontier = Frontier.Empty;
        for (var i = 0; i < Published.Length; i++)
        {
            frontier = frontier.Append(Published[i]);
            Assert.Equal(Roots[i], Hex(frontier.Root()));
        }
    }

    [Fact]
    public void Inclusion_PublishedProofs_AreMadeAndVerified()
    {
        foreach (var (index, size, proof) in Inclusion)
        {
            var made = new ProofBuilder(StoredTiles.Of(Published[..size])).Inclusion(index, size);
            Assert.Equal(proof, made.Select(Hex));
            Assert.True(InclusionProof.Verify(index, size, Published[index], made, Hex(Roots[size - 1])));
        }
    }

    [Fact]
    public void Consistency_PublishedProofs_AreMadeAndVerified()
    {
        foreach (var (first, second, proof) in Consistency)
        {
            var made = new ProofBuilder(StoredTiles.Of(Published[..second])).Consistency(first, second);
            Assert.Equal(proof, made.Select(Hex));
            Assert.True(ConsistencyProof.Verify(first, Hex(Roots[first - 1]), second, Hex(Roots[second - 1]), made));
        }
    }

    [Theory, MemberData(nameof(Sizes))]
    public void Inclusion_EveryLeaf_EqualsTheDefinitionAndVerifies(int size)
    {
        var leaves = NaiveTree.Leaves(size);
        var root = NaiveTree.Root(leaves);
        var tiles = StoredTiles.Of(leaves);
        var builder = new ProofBuilder(tiles);
        Assert.Equal(root, tiles.Edge.ToFrontier().Root());
        for (var index = 0; index < size; index++)
        {
            var proof = builder.Inclusion(index, size);
            Assert.Equal(NaiveTree.Path(index, leaves), proof);
            Assert.True(InclusionProof.Verify(index, size, leaves[index], proof, root));
            Assert.False(InclusionProof.Verify(index ^ 1, size, leaves[index], proof, root));
        }
    }

    [Fact]
    public void Consistency_AllPairsOfSmallSizes_EqualTheDefinitionAndVerify()
    {
        var leaves = NaiveTree.Leaves(70);
        var builder = new ProofBuilder(StoredTiles.Of(leaves));
        for (var second = 0; second <= leaves.Length; second++)
        {
            for (var first = 0; first <= second; first++)
            {
                var proof = builder.Consistency(first, second);
                Assert.Equal(NaiveTree.Consistency(first, leaves.AsSpan(0, second)), proof);
                Assert.True(ConsistencyProof.Verify(
                    first, NaiveTree.Root(leaves.AsSpan(0, first)), second, NaiveTree.Root(leaves.AsSpan(0, second)), proof));
            }
        }
    }
}
