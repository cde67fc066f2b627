using Hub.Silo.Ledger;
using Xunit;

namespace Hub.Silo.Tests.Ledger;

/// <summary>Streams, topics and the log in pages.</summary>
public abstract partial class LedgerContract
{
    [Fact]
    public async Task ReadStream_InPages_GivesEachEntryOnceInOrder()
    {
        await CommitAsync(Ua, 0, "1", "2", "3", "4", "5");
        await CommitAsync(Ca, 0, "other");

        var first = await Ledger.ReadStreamAsync(Ua, 0, 2, Token);
        var second = await Ledger.ReadStreamAsync(Ua, first[^1].Header.Version, 2, Token);
        var third = await Ledger.ReadStreamAsync(Ua, second[^1].Header.Version, 2, Token);

        Assert.Equal(["1", "2", "3", "4", "5"], [.. first.Select(Text), .. second.Select(Text), .. third.Select(Text)]);
        Assert.Empty(await Ledger.ReadStreamAsync(Ua, 5, 2, Token));
        Assert.Empty(await Ledger.ReadStreamAsync("administrations/PL", 0, 2, Token));
    }

    [Fact]
    public async Task ReadTopic_OverStreams_GivesLogOrderAndNoOtherTopic()
    {
        await CommitAsync(Ua, 0, "1");
        await CommitAsync(Ca, 0, "2");
        await Ledger.AppendAsync(new Append(Ua, 1, [new Event("submitted", 1, "instruments/pmm/periods/2025", new byte[1])]), Token);
        await Ledger.AppendAsync(new Append("registry", 0, [new Event("registered", 1, "", new byte[1])]), Token);
        await CommitAsync(Ua, 2, "3");

        Assert.Equal(["1", "2", "3"], (await Ledger.ReadTopicAsync(Topic, -1, 10, Token)).Select(Text));
        Assert.Equal(["2"], (await Ledger.ReadTopicAsync(Topic, 0, 1, Token)).Select(Text));
        Assert.Empty(await Ledger.ReadTopicAsync("", -1, 10, Token));
    }

    [Fact]
    public async Task ReadLog_AfterAPosition_GivesWhatFollowsWithPayloadsClosed()
    {
        await CommitAsync(Ua, 0, "1", "2");
        await CommitAsync(Ca, 0, "3");

        var log = await Ledger.ReadLogAsync(0, 10, Token);

        Assert.Equal([(1, Ua, 2), (2, Ca, 1)], log.Select(entry => (entry.Position, entry.Header.Stream, entry.Header.Version)));
        Assert.All(log, entry => Assert.Null(entry.Payload));
    }

    [Fact]
    public async Task Read_EmptyPayload_IsEmptyAndNotErased()
    {
        await Ledger.AppendAsync(new Append("registry", 0, [new Event("registered", 1, "", default)]), Token);

        var entry = Assert.Single(await Ledger.ReadStreamAsync("registry", 0, 10, Token));

        Assert.Equal(0, entry.Payload!.Value.Length);
        Assert.True((await Ledger.ReadReceiptAsync(0, Token))!.Verify(Site.Log).IsVerified);
    }

    [Fact]
    public async Task Read_Cancelled_Stops()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ledger.ReadLogAsync(-1, 10, cancelled.Token));
    }
}
