using Hub.Silo.Access;
using Hub.Silo.Ledger;

namespace Hub.Silo.Registry;

/// <summary>The registry: load → decide → append → apply → answer.</summary>
internal sealed class RegistryGrain(ILedger ledger) : Grain, IRegistryGrain
{
    private readonly StreamFold<RegistryState> stream = new(ledger, Streams.Registry, RegistryState.Empty);

    public override Task OnActivateAsync(CancellationToken cancellationToken) => stream.ReadOnAsync(cancellationToken);

    public Task<Decision<RegistryAnswer>> ProposeAsync(ProposeCommand command) =>
        ActAsync(command.Act, state => RegistryRules.Propose(state, command));

    public Task<Decision<RegistryAnswer>> ConfirmAsync(ConfirmCommand command) =>
        ActAsync(command.Act, state => RegistryRules.Confirm(state, command));

    public Task<Decision<RegistryAnswer>> SuspendAsync(SuspendCommand command) =>
        ActAsync(command.Act, state => RegistryRules.Suspend(state, command));

    private async Task<Decision<RegistryAnswer>> ActAsync(Act act, Func<RegistryState, Decision<RegistryEvent>> decide)
    {
        var acted = await stream.ActAsync(act.Idempotency, state =>
        {
            var decision = decide(state);
            return decision.IsRefused ? decision.Refusal! : new Append([RegistryEntries.ToEntry(decision.Value)]);
        });
        return acted.IsRefused ? acted.Refusal! : new RegistryAnswer(acted.Value.Position);
    }
}
