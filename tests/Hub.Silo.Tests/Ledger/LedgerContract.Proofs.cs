using System.Text;
using Hub.Silo.Ledger;
using Hub.Transparency;
using Xunit;

namespace Hub.Silo.Tests.Ledger;

/// <summary>Receipts, checkpoints and proofs verify with Hub.Transparency and the log's public key alone.</summary>
public abstract partial class LedgerContract
{
    [Fact]
    public async Task Receipt_AtOnce_VerifiesAndHoldsTheVeryBytes()
    {
        var receipt = (await CommitAsync(Ua, 0, "value")).Entries[0].Receipt;

        var verdict = receipt.Verify(Site.Log);

        Assert.True(verdict.IsVerified, verdict.ToString());
        Assert.Equal("value", Encoding.UTF8.GetString(receipt.Payload));
        Assert.Equal((Ua, 1), (verdict.Header.Stream, verdict.Header.Version));
        Assert.Equal(receipt, await Ledger.ReadReceiptAsync(0, Token));
    }

    [Fact]
    public async Task Receipt_OfNoEntry_IsNull() => Assert.Null(await Ledger.ReadReceiptAsync(0, Token));

    [Theory]
    [InlineData(255)]
    [InlineData(256)]
    [InlineData(257)]
    [InlineData(2 * 256 - 1)]
    [InlineData(2 * 256)]
    [InlineData(2 * 256 + 1)]
    public async Task Receipts_AroundAFullTile_AllVerifyAtOnceAndLater(int size)
    {
        var receipts = await FillAsync(size);

        Assert.All(receipts, receipt => Assert.True(receipt.Verify(Site.Log).IsVerified));
        foreach (var position in (int[])[0, 1, 127, 253, size / 2, size - 2, size - 1])
        {
            var later = (await Ledger.ReadReceiptAsync(position, Token))!;
            Assert.Equal(size, later.Verify(Site.Log).Checkpoint!.Size);
            Assert.Equal(receipts[position].Header, later.Header);
        }
    }

    [Fact]
    public async Task Proofs_BetweenAnyTwoSizes_Verify()
    {
        await FillAsync(2 * 256 + 3);
        var leaves = (await ReadWholeLogAsync()).Select(entry => entry.LeafHash).ToList();
        int[] sizes = [0, 1, 2, 3, 255, 256, 257, 300, 511, 512, 513, 515];
        var roots = sizes.ToDictionary(size => size, size => Root(leaves.Take(size)));

        foreach (var first in sizes)
            foreach (var second in sizes.Where(second => second >= first))
            {
                var proof = await Ledger.ProveConsistencyAsync(first, second, Token);
                Assert.True(ConsistencyProof.Verify(first, roots[first], second, roots[second], proof), $"{first} → {second}");
                if (first == second || first == 0) continue;
                var inclusion = await Ledger.ProveInclusionAsync(first, second, Token);
                Assert.True(InclusionProof.Verify(first, second, leaves[first], inclusion, roots[second]), $"{first} in {second}");
            }
    }

    /// <summary>The first tile of the second level is full at 65,536 leaves.</summary>
    [Fact]
    public async Task Proofs_BeyondAFullTileOfTheSecondLevel_Verify()
    {
        const int Size = 256 * 256 + 1;
        await Task.WhenAll(Enumerable.Range(0, 1024).Select(i => Ledger.AppendAsync(new Append($"administrations/X{i}", 0, Many(64)), Token)));
        var receipt = (await CommitAsync(Ua, 0, "last")).Entries[0].Receipt;
        Site.Close(Ledger);
        Ledger = Site.Open();

        Assert.Equal(Size, receipt.Verify(Site.Log).Checkpoint!.Size);
        foreach (var position in (long[])[0, 255, 256, 40_000, 65_535, 65_536])
            Assert.True((await Ledger.ReadReceiptAsync(position, Token))!.Verify(Site.Log).IsVerified, $"{position}");
        Assert.Equal(17, (await Ledger.ProveInclusionAsync(0, Size, Token)).Count);
    }

    [Fact]
    public async Task Proofs_BeyondTheHead_AreRefused()
    {
        await CommitAsync(Ua, 0, "value");

        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Ledger.ProveInclusionAsync(0, 2, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Ledger.ProveInclusionAsync(1, 1, Token));
        await Assert.ThrowsAsync<ArgumentOutOfRangeException>(() => Ledger.ProveConsistencyAsync(0, 2, Token));
    }

    [Fact]
    public async Task Checkpoint_OfTheEmptyLog_IsSigned()
    {
        Assert.True(SignedNote.TryOpen(await Ledger.ReadCheckpointAsync(Token), Site.Log, out var text));
        Assert.Equal(new Checkpoint(Site.Log.Name, 0, Merkle.EmptyRoot), Checkpoint.Parse(text));
    }

    [Fact]
    public async Task Checkpoint_AfterACommit_IsThatOfTheHeadAndOfTheReceipt()
    {
        await FillAsync(5);
        var receipt = (await CommitAsync(Ca, 0, "value")).Entries[0].Receipt;
        var head = await Ledger.ReadHeadAsync(Token);

        var note = await Ledger.ReadCheckpointAsync(Token);

        Assert.Equal(receipt.Checkpoint, note);
        Assert.True(SignedNote.TryOpen(note, Site.Log, out var text));
        Assert.Equal(new Checkpoint(Site.Log.Name, head.Size, head.Root), Checkpoint.Parse(text));
    }

    private async Task<List<Receipt>> FillAsync(int size)
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, size).Select(i => Ledger.AppendAsync(Submitted($"administrations/X{i}", 0, $"{i}"), Token)));
        return [.. outcomes.Cast<AppendOutcome.Committed>().Select(committed => committed.Entries[0].Receipt).OrderBy(receipt => receipt.Position)];
    }

    private static Event[] Many(int count) => [.. Enumerable.Range(0, count).Select(i => new Event("submitted", 1, Topic, new byte[] { (byte)i }))];

    private static byte[] Root(IEnumerable<byte[]> leaves) =>
        leaves.Aggregate(Frontier.Empty, (frontier, leaf) => frontier.Append(leaf)).Root();
}
