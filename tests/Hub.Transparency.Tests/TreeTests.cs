using CsCheck;
using Xunit;
using static Hub.Transparency.Tests.Vectors;

namespace Hub.Transparency.Tests;

/// <summary>Roots and proofs against the published vectors and against the RFC's own definitions.</summary>
public sealed class TreeTests
{
    private static readonly byte[][] Published = [.. Entries.Select(NaiveTree.LeafHash)];

    /// <summary>0, 1 and 2^k ± 1 leaves up to k = 10, and 2^k itself.</summary>
    internal static IEnumerable<int> EdgeSizes =>
        Enumerable.Range(1, 10).SelectMany(k => new[] { (1 << k) - 1, 1 << k, (1 << k) + 1 }).Append(0).Distinct().Order();

    public static TheoryData<int> Sizes => [.. EdgeSizes];

    [Fact]
    public void EmptyRoot_Always_IsTheHashOfNothing()
    {
        Assert.Equal("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", Hex(Merkle.EmptyRoot));
        Assert.Equal(Merkle.EmptyRoot, Frontier.Empty.Root());
    }

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
    public void Inclusion_PublishedProofOfARealLog_IsVerified()
    {
        var (index, size, leaf, proof, root) = RealLog;
        var hashes = proof.Select(Hex).ToArray();
        Assert.True(InclusionProof.Verify(index, size, Hex(leaf), hashes, Hex(root)));
        Assert.False(InclusionProof.Verify(index + 1, size, Hex(leaf), hashes, Hex(root)));
        // Only 22 of its rows have a sibling: a tree that would need another number of hashes is refused.
        Assert.False(InclusionProof.Verify(index, size * 2, Hex(leaf), hashes, Hex(root)));
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
    public void Inclusion_EveryLeaf_EqualsTheDefinitionAndVerifiesOnlyInItsPlace(int size)
    {
        var leaves = NaiveTree.Leaves(size);
        var naive = new NaiveTree(leaves);
        var root = naive.Root(size);
        var builder = new ProofBuilder(StoredTiles.Of(leaves));
        for (var index = 0; index < size; index++)
        {
            var proof = builder.Inclusion(index, size);
            Assert.True(NaiveTree.Same(naive.Inclusion(index, size), proof));
            Assert.True(InclusionProof.Verify(index, size, leaves[index], proof, root));
            Assert.False(InclusionProof.Verify(index ^ 1, size, leaves[index], proof, root));
        }
    }

    [Fact]
    public void Inclusion_OfALeafOutside_IsRefused()
    {
        var builder = new ProofBuilder(StoredTiles.Of(NaiveTree.Leaves(3)));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Inclusion(3, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Inclusion(-1, 3));
        Assert.Throws<ArgumentOutOfRangeException>(() => builder.Inclusion(0, 0));
        Assert.False(InclusionProof.Verify(0, 0, new byte[32], [], Merkle.EmptyRoot));
        Assert.False(InclusionProof.Verify(-1, 1, new byte[32], [], new byte[32]));
        Assert.False(InclusionProof.Verify(1, 1, new byte[32], [], new byte[32]));
        Assert.False(InclusionProof.Verify(0, 2, new byte[32], [null!], new byte[32]));
    }

    [Fact]
    public void Consistency_AllPairsOfSmallSizes_EqualTheDefinitionAndVerify()
    {
        var leaves = NaiveTree.Leaves(130);
        var naive = new NaiveTree(leaves);
        var builder = new ProofBuilder(StoredTiles.Of(leaves));
        for (var second = 0; second <= leaves.Length; second++)
        {
            for (var first = 0; first <= second; first++)
            {
                var proof = builder.Consistency(first, second);
                Assert.True(NaiveTree.Same(naive.Consistency(first, second), proof));
                Assert.True(ConsistencyProof.Verify(first, naive.Root(first), second, naive.Root(second), proof));
                if (first == second) continue;
                Assert.False(ConsistencyProof.Verify(first, naive.Root(first + 1), second, naive.Root(second), proof));
                // The empty tree is the beginning of every tree, so from 0 the newer root is not bound.
                Assert.Equal(first == 0, ConsistencyProof.Verify(first, naive.Root(first), second, naive.Root(second - 1), proof));
            }
        }
    }

    [Fact]
    public void Consistency_OfARewrittenHistory_IsNeverVerified() =>
        (from size in Gen.Int[2, 300]
         from first in Gen.Int[1, size - 1]
         from changed in Gen.Int[0, first - 1]
         select (size, first, changed)).Sample(t =>
        {
            var leaves = NaiveTree.Leaves(t.size);
            var honest = new NaiveTree(leaves).Root(t.first);
            leaves[t.changed] = new byte[32];
            var rewritten = new NaiveTree(leaves);
            Assert.False(ConsistencyProof.Verify(
                t.first, honest, t.size, rewritten.Root(t.size), rewritten.Consistency(t.first, t.size)));
        }, iter: 200);

    [Fact]
    public void Proofs_WithAnyBitFlippedOrHashAddedOrDropped_AreRefused() =>
        (from size in Gen.Int[2, 600]
         from index in Gen.Int[0, size - 1]
         from first in Gen.Int[1, size - 1]
         from bit in Gen.Int[0, 255]
         select (size, index, first, bit)).Sample(t =>
        {
            var leaves = NaiveTree.Leaves(t.size);
            var naive = new NaiveTree(leaves);
            var root = naive.Root(t.size);
            foreach (var wrong in Damaged(naive.Inclusion(t.index, t.size), t.bit))
                Assert.False(InclusionProof.Verify(t.index, t.size, leaves[t.index], wrong, root));
            foreach (var wrong in Damaged(naive.Consistency(t.first, t.size), t.bit))
                Assert.False(ConsistencyProof.Verify(t.first, naive.Root(t.first), t.size, root, wrong));
        }, iter: 100);

    private static IEnumerable<byte[][]> Damaged(byte[][] proof, int bit)
    {
        for (var i = 0; i < proof.Length; i++)
        {
            var flipped = (byte[])proof[i].Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return [.. proof[..i], flipped, .. proof[(i + 1)..]];
            yield return [.. proof[..i], .. proof[(i + 1)..]];
            yield return [.. proof[..i], proof[i], .. proof[i..]];
            yield return [.. proof[..i], proof[i][..31], .. proof[(i + 1)..]];
        }

        yield return [.. proof, new byte[32]];
    }
}
