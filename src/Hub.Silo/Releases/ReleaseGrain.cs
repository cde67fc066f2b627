using Hub.Silo.Access;
using Hub.Silo.Disclosures;
using Hub.Silo.Ledger;

namespace Hub.Silo.Releases;

/// <summary>One release: load → decide → append → apply → answer. What it decides on was computed and recorded by Disclosures.</summary>
internal sealed class ReleaseGrain(ILedger ledger, Editions editions, TimeProvider time) : Grain, IReleaseGrain
{
    private StreamFold<ReleaseState>? stream;

    private ReleaseName Name => ReleaseName.OfKey(this.GetPrimaryKeyString());

    public async Task<Decision<ReleaseAnswer>> ViewAsync(ViewCommand command)
    {
        // While there are no figures yet, or none at all, there is nothing to be recorded as shown.
        return await LoadAsync() is { State: { Content: null, Computation: { } computation } state }
            ? ReleaseRules.View(state, command, time.GetUtcNow()) is { IsRefused: true } refused
                ? refused.Refusal!
                : new ReleaseAnswer(Math.Max(computation.Fence, computation.ConcludedAt))
            : await ActAsync(command.Act, state => ReleaseRules.View(state, command, time.GetUtcNow()));
    }

    public async Task<Decision<ReleaseAnswer>> ReviewAsync(ReviewCommand command)
    {
        await editions.CaughtUpAsync();
        return await ActAsync(command.Act, state => ReleaseRules.Review(state, command, IsErasedSince(state), time.GetUtcNow()));
    }

    public async Task<Decision<ReleaseAnswer>> ScheduleAsync(ScheduleCommand command)
    {
        await editions.CaughtUpAsync();
        return await ActAsync(
            command.Act,
            state => ReleaseRules.Schedule(state, command, IsErasedSince(state), time.GetUtcNow()),
            append => append with { CommitBefore = command.PublishTime });
    }

    public Task<Decision<ReleaseAnswer>> WithdrawAsync(WithdrawCommand command) =>
        ActAsync(command.Act, state => ReleaseRules.Withdraw(state, command, time.GetUtcNow()));

    private async Task<Decision<ReleaseAnswer>> ActAsync(
        Act act, Func<ReleaseState, Decision<ReleaseEvent>> decide, Func<Append, Append>? shape = null)
    {
        if (await LoadAsync() is not { } loaded)
        {
            return Refusal.NotFound("such release");
        }

        var acted = await loaded.ActAsync(act.Idempotency, state =>
        {
            var decision = decide(state);
            if (decision.IsRefused)
            {
                return decision.Refusal!;
            }

            var append = new Append([ReleaseEntries.ToEntry(decision.Value)]);
            return shape is null ? append : shape(append);
        });
        return acted.IsRefused ? acted.Refusal! : new ReleaseAnswer(acted.Value.Position);
    }

    private bool IsErasedSince(ReleaseState state) => editions.IsErasedSince(Name.Collection, state.Computation!.Fence);

    // What the disclosures say of a release never changes once it is concluded; until then it is read each time.
    private async Task<StreamFold<ReleaseState>?> LoadAsync()
    {
        if (stream is not null)
        {
            return stream;
        }

        var topic = await ledger.ReadTopicAsync(Name.ToString(), -1, Disclosures.Limits.EntriesPerRead, CancellationToken.None);
        var asked = topic.Where(e => e.Header.Stream == Streams.Disclosures(Name.Instrument)).Aggregate(new ReleaseState(Name), (state, entry) => state.Apply(entry));
        if (asked.Computation is null)
        {
            return null;
        }

        var loaded = new StreamFold<ReleaseState>(ledger, Streams.Release(Name.Key), asked);
        await loaded.ReadOnAsync(CancellationToken.None);
        return asked.Computation.IsConcluded ? stream = loaded : loaded;
    }
}
