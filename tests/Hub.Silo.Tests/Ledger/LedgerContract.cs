using System.Security.Cryptography;
using System.Text;
using Hub.Silo.Ledger;
using Hub.Transparency;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Hub.Silo.Tests.Ledger;

/// <summary>What every ledger keeps, whatever database it lies on. A subclass gives the site; this file: order, versions, races, time.</summary>
public abstract partial class LedgerContract : IAsyncLifetime
{
    private const string Ua = "administrations/UA";
    private const string Ca = "administrations/CA";
    private const string Topic = "instruments/pmm/periods/2024";

    private ILedgerSite Site { get; set; } = null!;

    private ILedger Ledger { get; set; } = null!;

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public ValueTask InitializeAsync()
    {
        Site = NewSite();
        Ledger = Site.Open();
        return ValueTask.CompletedTask;
    }

    /// <summary>Whatever a test did, the ledger is sound afterwards.</summary>
    public ValueTask DisposeAsync()
    {
        using (Site) Assert.Empty(Site.Verify().Flaws);
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    private protected abstract ILedgerSite NewSite();

    [Fact]
    public async Task Append_FirstEvent_TakesPositionZeroAndVersionOne()
    {
        var entry = Assert.Single((await CommitAsync(Ua, 0, "first")).Entries);

        Assert.Equal((0, 1), (entry.Position, entry.Version));
        var read = Assert.Single(await Ledger.ReadStreamAsync(Ua, 0, 10, Token));
        Assert.Equal("first", Text(read));
        Assert.Equal((Ua, 1, "submitted", 1), (read.Header.Stream, read.Header.Version, read.Header.Kind, read.Header.Schema));
        Assert.Equal((Topic, Site.Clock.GetUtcNow()), (read.Topic, read.Header.Time));
    }

    [Fact]
    public async Task Append_SeveralEvents_AreOneAfterTheOtherInOneAct()
    {
        var entries = (await CommitAsync(Ua, 0, "a", "b", "c")).Entries;

        Assert.Equal([(0, 1), (1, 2), (2, 3)], entries.Select(entry => (entry.Position, entry.Version)));
        Assert.Equal(["a", "b", "c"], (await Ledger.ReadStreamAsync(Ua, 0, 10, Token)).Select(Text));
    }

    [Fact]
    public async Task Append_StreamMovedOn_LosesTheRaceAndWritesNothing()
    {
        await CommitAsync(Ua, 0, "first");

        Assert.IsType<AppendOutcome.LostRace>(await Ledger.AppendAsync(Submitted(Ua, 0, "second"), Token));
        Assert.IsType<AppendOutcome.LostRace>(await Ledger.AppendAsync(Submitted(Ua, 5, "second"), Token));
        Assert.Equal(1, (await Ledger.ReadHeadAsync(Token)).Size);
    }

    [Fact]
    public async Task Append_OtherStreamThatWasDecidedOnMovedOn_LosesTheRace()
    {
        await Ledger.AppendAsync(Submitted(Ca, 0, "decided on"), Token);
        var stale = Submitted(Ua, 0, "decided before") with { DecidedOn = new StreamVersion(Ca, 0) };

        Assert.IsType<AppendOutcome.LostRace>(await Ledger.AppendAsync(stale, Token));
        Assert.IsType<AppendOutcome.Committed>(await Ledger.AppendAsync(stale with { DecidedOn = new StreamVersion(Ca, 1) }, Token));
    }

    [Fact]
    public async Task Append_ManyAtOnceForOneVersion_ExactlyOneWins()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50).Select(i => Ledger.AppendAsync(Submitted(Ua, 0, $"{i}"), Token)));

        Assert.Single(outcomes.OfType<AppendOutcome.Committed>());
        Assert.Equal(49, outcomes.OfType<AppendOutcome.LostRace>().Count());
    }

    [Fact]
    public async Task Append_LosersAmongWinners_AreAnsweredApart()
    {
        await CommitAsync(Ua, 0, "first");
        var appends = Enumerable.Range(0, 40).Select(i => i % 2 == 0 ? Submitted($"administrations/{i}", 0, "wins") : Submitted(Ua, 0, "loses"));

        var outcomes = await Task.WhenAll(appends.Select(append => Ledger.AppendAsync(append, Token)));

        Assert.All(outcomes.Where((_, i) => i % 2 == 0), outcome => Assert.IsType<AppendOutcome.Committed>(outcome));
        Assert.All(outcomes.Where((_, i) => i % 2 == 1), outcome => Assert.IsType<AppendOutcome.LostRace>(outcome));
    }

    [Fact]
    public async Task Append_ManyStreamsAtOnce_PositionsHaveNoGapAndTimeNeverRunsBack()
    {
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 300).Select(i => Ledger.AppendAsync(Submitted($"administrations/{i}", 0, $"{i}"), Token)));

        var positions = outcomes.Cast<AppendOutcome.Committed>().Select(committed => committed.Entries[0].Position).Order();
        Assert.Equal(Enumerable.Range(0, 300).Select(i => (long)i), positions);
        var log = await ReadWholeLogAsync();
        Assert.Equal(Enumerable.Range(0, 300).Select(i => (long)i), log.Select(entry => entry.Position));
        Assert.All(log.Zip(log.Skip(1)), pair => Assert.True(pair.First.Header.Time <= pair.Second.Header.Time));
    }

    [Fact]
    public async Task Append_ClockSetBack_KeepsTheTimeOfTheEntryBefore()
    {
        var before = (await CommitAsync(Ua, 0, "first")).Entries[0].Time;
        var behind = Site.Open(clock: new FakeTimeProvider(before.AddHours(-1)));

        var entry = ((AppendOutcome.Committed)await behind.AppendAsync(Submitted(Ua, 1, "second"), Token)).Entries[0];

        Assert.Equal(before, entry.Time);
    }

    [Fact]
    public async Task Append_AtTheTimeItMustComeBefore_IsTooLate()
    {
        var closing = Site.Clock.GetUtcNow().AddMinutes(1);
        var append = Submitted(Ua, 0, "value") with { CommitBefore = closing };

        Site.Clock.Advance(TimeSpan.FromMinutes(1));
        var late = Assert.IsType<AppendOutcome.TooLate>(await Ledger.AppendAsync(append, Token));

        Assert.Equal(closing, late.Time);
        Assert.Equal(0, (await Ledger.ReadHeadAsync(Token)).Size);
        Assert.IsType<AppendOutcome.Committed>(await Ledger.AppendAsync(append with { CommitBefore = closing.AddTicks(1) }, Token));
    }

    [Fact]
    public async Task Append_SameKeyAgain_IsRepeatedAndPointsToTheFirstEntry()
    {
        var key = NewKey();
        await CommitAsync(Ca, 0, "before");
        await Ledger.AppendAsync(Submitted(Ua, 0, "a", "b") with { Idempotency = key }, Token);

        var again = await Ledger.AppendAsync(Submitted(Ua, 0, "a", "b") with { Idempotency = key }, Token);
        var elsewhere = await Ledger.AppendAsync(Submitted(Ca, 7, "c") with { Idempotency = key, CommitBefore = DateTimeOffset.UnixEpoch }, Token);

        Assert.Equal(1, Assert.IsType<AppendOutcome.Repeated>(again).Position);
        Assert.Equal(1, Assert.IsType<AppendOutcome.Repeated>(elsewhere).Position);
        var kept = (await Ledger.ReadStreamAsync(Ua, 0, 10, Token)).Select(entry => entry.Idempotency).ToList();
        Assert.Equal(key.Key, kept[0]!.Key);
        Assert.Equal(key.Fingerprint, kept[0]!.Fingerprint);
        Assert.Null(kept[1]);
    }

    [Fact]
    public async Task Append_SameKeyManyTimesAtOnce_HappensOnce()
    {
        var key = NewKey();

        var outcomes = await Task.WhenAll(Enumerable.Range(0, 50)
            .Select(_ => Ledger.AppendAsync(Submitted(Ua, 0, "value") with { Idempotency = key }, Token)));

        Assert.Single(outcomes.OfType<AppendOutcome.Committed>());
        Assert.All(outcomes.OfType<AppendOutcome.Repeated>(), repeated => Assert.Equal(0, repeated.Position));
        Assert.Equal(49, outcomes.OfType<AppendOutcome.Repeated>().Count());
    }

    [Fact]
    public async Task Append_WhatCanNeverBeWritten_FailsItsOwnCallerOnly()
    {
        var sound = Ledger.AppendAsync(Submitted(Ua, 0, "value"), Token);

        await Assert.ThrowsAnyAsync<ArgumentException>(() => Ledger.AppendAsync(new Append(Ua, 0, []), Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Ledger.AppendAsync(Submitted("", 0, "value"), Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Ledger.AppendAsync(Submitted("administrations/\ud800", 0, "value"), Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Ledger.AppendAsync(Submitted(Ua, 0, "value") with { EraseTopic = "" }, Token));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Ledger.AppendAsync(
            new Append(Ua, 0, [new Event("submitted", 1, Topic, new byte[8 * 1024 * 1024 + 1])]), Token));

        Assert.IsType<AppendOutcome.Committed>(await sound);
    }

    [Fact]
    public async Task Append_CancelledBeforehand_WritesNothing()
    {
        using var cancelled = new CancellationTokenSource();
        await cancelled.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Ledger.AppendAsync(Submitted(Ua, 0, "value"), cancelled.Token));

        Assert.Equal(0, (await Ledger.ReadHeadAsync(Token)).Size);
    }

    private async Task<AppendOutcome.Committed> CommitAsync(string stream, long expectedVersion, params string[] payloads) =>
        Assert.IsType<AppendOutcome.Committed>(await Ledger.AppendAsync(Submitted(stream, expectedVersion, payloads), Token));

    private async Task<IReadOnlyList<Entry>> ReadWholeLogAsync()
    {
        var all = new List<Entry>();
        while (await Ledger.ReadLogAsync(all.Count - 1, 100, Token) is { Count: > 0 } page) all.AddRange(page);
        return all;
    }

    private static Append Submitted(string stream, long expectedVersion, params string[] payloads) =>
        new(stream, expectedVersion, [.. payloads.Select(payload => new Event("submitted", 1, Topic, Encoding.UTF8.GetBytes(payload)))]);

    private static Idempotency NewKey() => new(RandomNumberGenerator.GetBytes(32), RandomNumberGenerator.GetBytes(32));

    private static string Text(Entry entry) => Encoding.UTF8.GetString(entry.Payload!.Value.Span);
}
