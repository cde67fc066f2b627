using Hub.Silo.Ledger;
using Hub.Transparency;
using Xunit;

namespace Hub.Silo.Tests.Ledger;

/// <summary>An erasure takes content and key away, and nothing else.</summary>
public abstract partial class LedgerContract
{
    private const string OtherTopic = "instruments/pmm/periods/2025";

    [Fact]
    public async Task Erase_Topic_DeletesItsPayloadsInThatStreamOnly()
    {
        await CommitAsync(Ua, 0, "1", "2");
        await Ledger.AppendAsync(new Append(Ua, 2, [new Event("submitted", 1, OtherTopic, "kept"u8.ToArray())]), Token);
        await CommitAsync(Ca, 0, "kept");

        await EraseAsync(Ua, 3);

        var ua = await Ledger.ReadStreamAsync(Ua, 0, 10, Token);
        Assert.Equal([null, null, "kept", "erased"], ua.Select(entry => entry.Payload is null ? null : Text(entry)));
        Assert.Equal("kept", Text(Assert.Single(await Ledger.ReadStreamAsync(Ca, 0, 10, Token))));
        Assert.Null(await Ledger.ReadReceiptAsync(0, Token));
        Assert.NotNull(await Ledger.ReadReceiptAsync(2, Token));
    }

    [Fact]
    public async Task Erase_Topic_DestroysItsDataKey()
    {
        await CommitAsync(Ua, 0, "1");
        var name = new DataKeyName(Ua, Topic, 0);
        Assert.NotNull(Site.Keys.Find(name));

        await EraseAsync(Ua, 1);

        Assert.Null(Site.Keys.Find(name));
    }

    [Fact]
    public async Task Erase_Topic_LeavesVersionKeyAndProofOfTheErasedEntry()
    {
        var key = NewKey();
        await Ledger.AppendAsync(Submitted(Ua, 0, "1") with { Idempotency = key }, Token);
        var before = await Ledger.ReadHeadAsync(Token);

        var receipt = (await EraseAsync(Ua, 1)).Entries[0].Receipt;

        var erased = (await Ledger.ReadStreamAsync(Ua, 0, 1, Token))[0];
        Assert.Equal(key.Key, erased.Idempotency!.Key);
        Assert.Empty(erased.Idempotency.Fingerprint);
        Assert.IsType<AppendOutcome.Repeated>(await Ledger.AppendAsync(Submitted(Ua, 2, "1") with { Idempotency = key }, Token));
        Assert.True(receipt.Verify(Site.Log).IsVerified);
        var (after, proof) = (await Ledger.ReadHeadAsync(Token), await Ledger.ProveConsistencyAsync(1, 2, Token));
        Assert.True(ConsistencyProof.Verify(before.Size, before.Root, after.Size, after.Root, proof));
    }

    [Fact]
    public async Task Erase_ThenSubmitAndEraseAgain_EachGenerationHasItsOwnKey()
    {
        await CommitAsync(Ua, 0, "1");
        await EraseAsync(Ua, 1);
        await CommitAsync(Ua, 2, "2");
        Assert.Equal([null, "erased", "2"], (await Ledger.ReadStreamAsync(Ua, 0, 10, Token)).Select(entry => entry.Payload is null ? null : Text(entry)));

        await EraseAsync(Ua, 3);

        Assert.Equal([null, null, null, "erased"], (await Ledger.ReadStreamAsync(Ua, 0, 10, Token)).Select(entry => entry.Payload is null ? null : Text(entry)));
        Assert.Null(Site.Keys.Find(new DataKeyName(Ua, Topic, 1)));
        Assert.NotNull(Site.Keys.Find(new DataKeyName(Ua, Topic, 2)));
    }

    [Fact]
    public async Task Erase_WhatAnotherSiloWrote_IsSeenByBoth()
    {
        var other = Site.Open();
        await CommitAsync(Ua, 0, "1");

        await other.AppendAsync(Erased(Ua, 1), Token);
        await CommitAsync(Ua, 2, "2");

        Assert.Equal([null, "erased", "2"], (await other.ReadStreamAsync(Ua, 0, 10, Token)).Select(entry => entry.Payload is null ? null : Text(entry)));
    }

    [Fact]
    public async Task Erase_CrashBeforeTheKeyIsDestroyed_IsFinishedByTheNextStart()
    {
        var name = new DataKeyName(Ua, Topic, 0);
        await CommitAsync(Ua, 0, "1");
        var dying = Site.Open(Throw(LedgerFault.AfterCommitBeforeReply, LedgerFault.OnRead));
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => dying.AppendAsync(Erased(Ua, 1), Token));
        Site.Close(dying);
        Assert.NotNull(Site.Keys.Find(name));

        Site.Open();

        Assert.Null(Site.Keys.Find(name));
        Assert.Null((await Ledger.ReadStreamAsync(Ua, 0, 1, Token))[0].Payload);
    }

    private async Task<AppendOutcome.Committed> EraseAsync(string stream, long expectedVersion) =>
        Assert.IsType<AppendOutcome.Committed>(await Ledger.AppendAsync(Erased(stream, expectedVersion), Token));

    private static Append Erased(string stream, long expectedVersion) =>
        new(stream, expectedVersion, [new Event("erased", 1, Topic, "erased"u8.ToArray())]) { EraseTopic = Topic };
}
