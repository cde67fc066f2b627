using Hub.Silo.Access;
using Hub.Silo.Ledger;
using Hub.Silo.Registry;
using Hub.V1;
using Xunit;

namespace Hub.Silo.Tests.Registry;

/// <summary>The grain by itself on a real ledger: a repetition changes nothing, and an activation that lags behind decides again.</summary>
public sealed class RegistryGrainTests : IAsyncDisposable
{
    private readonly TemporaryLedger ledger = new();

    public ValueTask DisposeAsync() => ledger.DisposeAsync();

    [Fact]
    public async Task ProposeAndConfirm_Repeated_AreRecordedOnce()
    {
        var propose = Propose(1, "A");
        var confirm = new ConfirmCommand(Act(2), new Actor("B", true), propose.Act.RequestId);
        var grain = new RegistryGrain(ledger.Ledger);
        var first = (await grain.ProposeAsync(propose)).Value;
        Assert.Equal(first, (await grain.ProposeAsync(propose)).Value);
        var second = (await grain.ConfirmAsync(confirm)).Value;
        Assert.Equal(second, (await grain.ConfirmAsync(confirm)).Value);
        Assert.Equal(second, (await new RegistryGrain(ledger.Ledger).ConfirmAsync(confirm)).Value);
        var entries = await ledger.Ledger.ReadStreamAsync(Streams.Registry, 0, 100, TestContext.Current.CancellationToken);
        Assert.Equal([("change-proposed", ""), ("change-confirmed", "")], entries.Select(e => (e.Header.Kind, e.Topic)));
    }

    [Fact]
    public async Task Propose_SameRequestIdForAnotherRequest_IsRefused()
    {
        var grain = new RegistryGrain(ledger.Ledger);
        await grain.ProposeAsync(Propose(1, "A"));
        var other = Propose(1, "A") with { Act = new Act(Guid.NewGuid(), Bytes(1), Bytes(9)) };
        Assert.Equal(ErrorReason.RequestIdReused, (await grain.ProposeAsync(other)).Refusal?.Reason);
    }

    [Fact]
    public async Task Confirm_OnAnActivationThatLagsBehind_ReadsOnFirst()
    {
        var (one, lagging) = (new RegistryGrain(ledger.Ledger), new RegistryGrain(ledger.Ledger));
        var propose = Propose(1, "A");
        await one.ProposeAsync(propose);
        Assert.False((await lagging.ConfirmAsync(new ConfirmCommand(Act(2), new Actor("B", true), propose.Act.RequestId))).IsRefused);
        Assert.Equal(
            ErrorReason.ChangeNotPending,
            (await one.ConfirmAsync(new ConfirmCommand(Act(3), new Actor("C", true), propose.Act.RequestId))).Refusal?.Reason);
    }

    private static ProposeCommand Propose(byte key, string person) => new(
        Act(key), new Actor(person, true), new RegistryChange { Register = new Attributes("UA", "Ukraine", "Europe/Kyiv", 1) }, "Signed.", 1);

    private static Act Act(byte key) => new(Guid.NewGuid(), Bytes(key), Bytes(key));

    private static byte[] Bytes(byte value) => [.. Enumerable.Repeat(value, 32)];
}
