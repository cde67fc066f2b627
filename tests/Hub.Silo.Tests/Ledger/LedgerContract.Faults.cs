using Hub.Silo.Ledger;
using Hub.Transparency;
using Xunit;

namespace Hub.Silo.Tests.Ledger;

/// <summary>Each fault point, restarts, cancellation, and a full queue.</summary>
public abstract partial class LedgerContract
{
    [Fact]
    public async Task Append_FaultBeforeCommit_HasNotHappenedAndMayBeRepeated()
    {
        var key = NewKey();
        var faulty = Site.Open(Throw(LedgerFault.BeforeCommit));

        await Assert.ThrowsAsync<LedgerUnavailableException>(() => faulty.AppendAsync(Submitted(Ua, 0, "1") with { Idempotency = key }, Token));

        Assert.Equal(0, (await Ledger.ReadHeadAsync(Token)).Size);
        Assert.IsType<AppendOutcome.Committed>(await Ledger.AppendAsync(Submitted(Ua, 0, "1") with { Idempotency = key }, Token));
    }

    [Fact]
    public async Task Append_FaultBeforeCommit_WriterGoesOn()
    {
        var armed = true;
        var faulty = Site.Open(point =>
        {
            if (point == LedgerFault.BeforeCommit && Interlocked.Exchange(ref armed, false)) throw new IOException("disk");
        });

        await Assert.ThrowsAsync<LedgerUnavailableException>(() => faulty.AppendAsync(Submitted(Ua, 0, "1"), Token));

        Assert.IsType<AppendOutcome.Committed>(await faulty.AppendAsync(Submitted(Ua, 0, "1"), Token));
        Assert.Equal("1", Text(Assert.Single(await Ledger.ReadStreamAsync(Ua, 0, 10, Token))));
    }

    [Fact]
    public async Task Append_AnswerOfTheCommitLost_IsFoundByItsBatchAndAnswered()
    {
        var faulty = Site.Open(Throw(LedgerFault.AfterCommitBeforeReply));

        var outcome = Assert.IsType<AppendOutcome.Committed>(await faulty.AppendAsync(Submitted(Ua, 0, "1"), Token));

        Assert.True(outcome.Entries[0].Receipt.Verify(Site.Log).IsVerified);
        Assert.Equal(1, (await Ledger.ReadHeadAsync(Token)).Size);
        Assert.IsType<AppendOutcome.Committed>(await faulty.AppendAsync(Submitted(Ua, 1, "2"), Token));
    }

    [Fact]
    public async Task Append_OutcomeCannotBeLearnt_IsUnavailableAndTheRepeatFindsIt()
    {
        var key = NewKey();
        var faulty = Site.Open(Throw(LedgerFault.AfterCommitBeforeReply, LedgerFault.OnRead));

        await Assert.ThrowsAsync<LedgerUnavailableException>(() => faulty.AppendAsync(Submitted(Ua, 0, "1") with { Idempotency = key }, Token));

        var repeat = Assert.IsType<AppendOutcome.Repeated>(await Ledger.AppendAsync(Submitted(Ua, 0, "1") with { Idempotency = key }, Token));
        Assert.Equal(0, repeat.Position);
        Assert.True((await Ledger.ReadReceiptAsync(0, Token))!.Verify(Site.Log).IsVerified);
    }

    [Fact]
    public async Task Append_OutcomeCannotBeLearntAndItDidNotHappen_IsUnavailableAndTheRepeatDoesIt()
    {
        var key = NewKey();
        var faulty = Site.Open(Throw(LedgerFault.BeforeCommit, LedgerFault.OnRead));

        await Assert.ThrowsAsync<LedgerUnavailableException>(() => faulty.AppendAsync(Submitted(Ua, 0, "1") with { Idempotency = key }, Token));

        Assert.IsType<AppendOutcome.Committed>(await Ledger.AppendAsync(Submitted(Ua, 0, "1") with { Idempotency = key }, Token));
    }

    [Fact]
    public async Task Append_ItsPlaceTakenByAnotherSiloMeanwhile_IsNotTakenForItsOwnCommit()
    {
        var other = Ledger;
        using var taken = new ManualResetEventSlim();
        var faulty = Site.Open(point =>
        {
            if (point == LedgerFault.BeforeCommit) throw new IOException("disk");
            if (point != LedgerFault.OnRead || taken.IsSet) return;
            // The writer is about to look for its batch: at its first position lies one by now.
            other.AppendAsync(Submitted(Ca, 0, "theirs"), Token).ContinueWith(_ => taken.Set(), TaskScheduler.Default);
            taken.Wait();
        });

        await Assert.ThrowsAsync<LedgerUnavailableException>(() => faulty.AppendAsync(Submitted(Ua, 0, "ours"), Token));

        Assert.Equal("theirs", Text(Assert.Single(await Ledger.ReadStreamAsync(Ca, 0, 10, Token))));
        Assert.Empty(await Ledger.ReadStreamAsync(Ua, 0, 10, Token));
    }

    [Fact]
    public async Task Append_SignerFails_IsUnavailableAndItsReceiptIsReadLater()
    {
        var key = NewKey();
        var unsigned = Site.Open(signer: new FailingSigner(Site.Signer, failFrom: 1));

        await Assert.ThrowsAsync<LedgerUnavailableException>(() => unsigned.AppendAsync(Submitted(Ua, 0, "1") with { Idempotency = key }, Token));

        Assert.IsType<AppendOutcome.Repeated>(await Ledger.AppendAsync(Submitted(Ua, 0, "1") with { Idempotency = key }, Token));
        Assert.True((await Ledger.ReadReceiptAsync(0, Token))!.Verify(Site.Log).IsVerified);
    }

    [Fact]
    public async Task Append_BatchFails_ItsLosersAreToldThatTheyLost()
    {
        await CommitAsync(Ca, 0, "1");
        using var gate = new WriterGate();
        var faulty = Site.Open(point =>
        {
            gate.Pass(point);
            Throw(LedgerFault.AfterCommitBeforeReply, LedgerFault.OnRead)(point);
        });
        var first = faulty.AppendAsync(Submitted(Ua, 0, "1"), Token);
        await gate.Reached;
        var winner = faulty.AppendAsync(Submitted("administrations/PL", 0, "1"), Token);
        var loser = faulty.AppendAsync(Submitted(Ca, 0, "2"), Token);
        gate.Open();

        await Assert.ThrowsAsync<LedgerUnavailableException>(() => first);
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => winner);
        Assert.IsType<AppendOutcome.LostRace>(await loser);
    }

    [Fact]
    public async Task Append_CancelledWhileItWaits_IsNotWritten()
    {
        using var cancelling = new CancellationTokenSource();
        using var gate = new WriterGate();
        var slow = Site.Open(gate.Pass);
        var taken = slow.AppendAsync(Submitted(Ua, 0, "1"), cancelling.Token);
        await gate.Reached;
        var waiting = slow.AppendAsync(Submitted(Ca, 0, "2"), cancelling.Token);

        await cancelling.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
        gate.Open();

        Assert.IsType<AppendOutcome.Committed>(await taken);
        await slow.AppendAsync(Submitted("administrations/PL", 0, "3"), Token);
        Assert.Empty(await Ledger.ReadStreamAsync(Ca, 0, 10, Token));
    }

    [Fact]
    public async Task Append_QueueFull_IsTurnedAwayAtOnceAndTheOthersAreServed()
    {
        using var gate = new WriterGate();
        var slow = Site.Open(gate.Pass);
        var taken = slow.AppendAsync(Submitted(Ua, 0, "1"), Token);
        await gate.Reached;
        var waiting = Enumerable.Range(0, Limits.QueueLength).Select(_ => slow.AppendAsync(Submitted(Ua, 0, "2"), Token)).ToList();

        await Assert.ThrowsAsync<LedgerUnavailableException>(() => slow.AppendAsync(Submitted(Ca, 0, "1"), Token));
        gate.Open();

        Assert.IsType<AppendOutcome.Committed>(await taken);
        Assert.All(await Task.WhenAll(waiting), outcome => Assert.IsType<AppendOutcome.LostRace>(outcome));
    }

    [Fact]
    public async Task Append_AfterTheLedgerIsClosed_IsUnavailable()
    {
        Site.Close(Ledger);

        await Assert.ThrowsAsync<LedgerUnavailableException>(() => Ledger.AppendAsync(Submitted(Ua, 0, "1"), Token));
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => Ledger.ReadHeadAsync(Token));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(256)]
    [InlineData(300)]
    public async Task Restart_GoesOnWhereItEnded(int size)
    {
        await FillAsync(size);
        var before = await Ledger.ReadHeadAsync(Token);
        Site.Close(Ledger);

        Ledger = Site.Open();
        var receipt = (await CommitAsync(Ua, 0, "after")).Entries[0].Receipt;

        Assert.Equal(size, receipt.Position);
        var checkpoint = receipt.Verify(Site.Log).Checkpoint!;
        var proof = await Ledger.ProveConsistencyAsync(before.Size, checkpoint.Size, Token);
        Assert.True(ConsistencyProof.Verify(before.Size, before.Root, checkpoint.Size, checkpoint.Root, proof));
    }

    [Fact]
    public async Task Restart_CrashBetweenKeysAndEntries_UsesTheKeysThatAreThere()
    {
        var dying = Site.Open(Throw(LedgerFault.BeforeCommit));
        await Assert.ThrowsAsync<LedgerUnavailableException>(() => dying.AppendAsync(Submitted(Ua, 0, "1"), Token));
        var orphan = Site.Keys.Find(new DataKeyName(Ua, Topic, 0));

        await CommitAsync(Ua, 0, "1");

        Assert.NotNull(orphan);
        Assert.Equal(orphan, Site.Keys.Find(new DataKeyName(Ua, Topic, 0)));
        Assert.Equal("1", Text(Assert.Single(await Ledger.ReadStreamAsync(Ua, 0, 10, Token))));
    }

    [Fact]
    public async Task Silos_TwoOnOneLedger_WriteOneLog()
    {
        ILedger[] silos = [Ledger, Site.Open()];
        var outcomes = new List<AppendOutcome>();

        // In rounds, so that neither can write all of its own in one batch.
        foreach (var round in Enumerable.Range(0, 400).Chunk(20))
            outcomes.AddRange(await Task.WhenAll(round.Select(i => silos[i % 2].AppendAsync(Submitted($"administrations/{i}", 0, $"{i}"), Token))));

        Assert.Equal(Enumerable.Range(0, 400).Select(i => (long)i), outcomes.Cast<AppendOutcome.Committed>().Select(o => o.Entries[0].Position).Order());
        Assert.All(outcomes.Cast<AppendOutcome.Committed>(), outcome => Assert.True(outcome.Entries[0].Receipt.Verify(Site.Log).IsVerified));
    }

    [Fact]
    public async Task Silos_TwoForOneStreamAndKey_ExactlyOneActHappens()
    {
        ILedger[] silos = [Ledger, Site.Open()];
        for (var version = 0; version < 20; version++)
        {
            var key = NewKey();
            var append = Submitted(Ua, version, "1") with { Idempotency = key };

            var outcomes = await Task.WhenAll(silos.Select(silo => silo.AppendAsync(append, Token)));

            Assert.Single(outcomes.OfType<AppendOutcome.Committed>());
            Assert.Equal(version, Assert.Single(outcomes.OfType<AppendOutcome.Repeated>()).Position);
        }
    }

    [Fact]
    public async Task Silos_SeveralStartedAtOnceOnNothing_AllStart()
    {
        using var site = NewSite();

        var silos = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => site.Open(), Token)));

        Assert.All(silos, silo => Assert.NotNull(silo));
        Assert.Equal(0, (await silos[0].ReadHeadAsync(Token)).Size);
    }

    /// <summary>Signs a number of times and then no more, as a module that was unplugged.</summary>
    private sealed class FailingSigner(ISigner signer, int failFrom) : ISigner
    {
        private int _signed;

        public string Name => signer.Name;

        public byte[] PublicKey => signer.PublicKey;

        public byte[] Sign(ReadOnlySpan<byte> message) =>
            Interlocked.Increment(ref _signed) > failFrom ? throw new IOException("unplugged") : signer.Sign(message);
    }

    private static Action<LedgerFault> Throw(params LedgerFault[] at) => point =>
    {
        if (at.Contains(point)) throw new IOException($"fault {point}");
    };
}
