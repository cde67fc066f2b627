using Hub.Silo.Access;
using Hub.Silo.Catalogue;
using Hub.Silo.Ledger;
using Hub.V1;
using Xunit;

namespace Hub.Silo.Tests.Catalogue;

/// <summary>The grain by itself on a real ledger: what it appends, once, and what it answers.</summary>
public sealed class CatalogueGrainTests : IAsyncDisposable
{
    private const string Collection = "instruments/synthetic/periods/2025";
    private readonly TemporaryLedger ledger = new();

    public ValueTask DisposeAsync() => ledger.DisposeAsync();

    [Fact]
    public async Task AdoptAsync_SameFilesAgain_AppendsThemOnce()
    {
        var first = await Grain().AdoptAsync(Adopt(SmallCatalogue.Files));
        var second = await Grain().AdoptAsync(Adopt(SmallCatalogue.Files));
        Assert.Equal((3L, 3L), (first.Value, second.Value));
        Assert.Equal(4, (await EntriesAsync()).Count);
    }

    [Fact]
    public async Task AdoptAsync_OneChangedFile_AppendsThatOneWithItsHash()
    {
        await Grain().AdoptAsync(Adopt(SmallCatalogue.Files));
        var changed = SmallCatalogue.With(SmallCatalogue.Regions, "[AA, BB]", "[AA]");
        await Grain().AdoptAsync(Adopt(changed));
        var last = Assert.IsType<FileAdopted>(CatalogueEntries.Read((await EntriesAsync())[^1]));
        var file = changed.Single(f => f.Name == SmallCatalogue.Regions);
        Assert.Equal((file.Name, file.Sha256, file.Text, "the operator"), (last.File, last.Sha256, last.Text, last.Operator));
        Assert.Equal(5, (await EntriesAsync()).Count);
    }

    [Fact]
    public async Task AdoptAsync_FilesWithAMistake_AppendsNothing()
    {
        Assert.True((await Grain().AdoptAsync(Adopt(SmallCatalogue.With(SmallCatalogue.Calendar, "RATE]", "NONE]")))).IsRefused);
        Assert.Empty(await EntriesAsync());
    }

    [Fact]
    public async Task CloseAsync_RepeatedWithItsRequestId_ClosesOnceAndAnswersTheSame()
    {
        await Grain().AdoptAsync(Adopt(SmallCatalogue.Files));
        var grain = Grain();
        var first = await grain.CloseAsync(Close(1, 1));
        ledger.Time.Advance(TimeSpan.FromDays(1));
        Assert.Equal(first.Value, (await grain.CloseAsync(Close(1, 1))).Value);
        Assert.Equal(first.Value, (await Grain().CloseAsync(Close(1, 1))).Value);
        Assert.Equal(ErrorReason.RequestIdReused, (await Grain().CloseAsync(Close(1, 2))).Refusal?.Reason);
        Assert.Equal(ErrorReason.CollectionClosed, (await Grain().CloseAsync(Close(2, 2))).Refusal?.Reason);
        Assert.Equal(5, (await EntriesAsync()).Count);
    }

    [Fact]
    public async Task CloseAsync_BesideAnotherActivation_ReadsOnAndDecidesAgain()
    {
        await Grain().AdoptAsync(Adopt(SmallCatalogue.Files));
        var (one, other) = (Grain(), Grain());
        Assert.Equal(ErrorReason.NotFound, (await one.CloseAsync(Close(1, 1) with { Collection = "instruments/none/periods/1" })).Refusal?.Reason);
        Assert.False((await other.CloseAsync(Close(2, 2))).IsRefused);
        Assert.Equal(ErrorReason.CollectionClosed, (await one.CloseAsync(Close(3, 3))).Refusal?.Reason);
    }

    private CatalogueGrain Grain() => new(ledger.Ledger, ledger.Time);

    private static AdoptCommand Adopt(IReadOnlyList<CatalogueFile> files) => new([.. files], "the operator");

    private static CloseCommand Close(byte key, byte fingerprint) =>
        new(new Act(Guid.NewGuid(), [.. Enumerable.Repeat(key, 32)], [.. Enumerable.Repeat(fingerprint, 32)]), Collection, "Enough.", "abcd");

    private Task<IReadOnlyList<Entry>> EntriesAsync() => ledger.Ledger.ReadStreamAsync(Streams.Catalogue, 0, 100, TestContext.Current.CancellationToken);
}
