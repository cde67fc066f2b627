using CsCheck;
using Hub.Silo.Access;
using Hub.Silo.Registry;
using Xunit;

namespace Hub.Silo.Tests.Registry;

public sealed class RegistryStateTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    private static readonly string[] Codes = ["CA", "PL", "UA"];

    private static readonly Gen<Try> Tries = Gen.Select(
        Gen.Int[0, 4], Gen.Int[0, 2], Gen.Int[0, 3], Gen.Int[0, 9], Gen.Int[0, 2],
        (kind, code, person, target, policy) => new Try(kind, Codes[code], "ABCD"[person].ToString(), target, policy));

    [Fact]
    public void Apply_AnyHistory_FoldsToWhatAModelOfDictionariesSays() => Tries.List[0, 60].Sample(tries =>
    {
        var (state, model, version) = (RegistryState.Empty, new Model(), 0L);
        var proposed = new List<Guid>();
        foreach (var one in tries)
        {
            var decision = Decide(state, one, proposed);
            if (decision.IsRefused)
            {
                continue;
            }

            version++;
            state = state.Apply(StoredRegistry.Entry(decision.Value, version, Start.AddMinutes(version)));
            model.Apply(decision.Value, Start.AddMinutes(version));
            if (decision.Value is ChangeProposed happened)
            {
                proposed.Add(happened.Id);
            }
        }

        Assert.Equal(version, state.Version);
        model.AssertEqual(state);
    }, iter: 500);

    [Fact]
    public void Entries_AChange_ComesBackAsItWas()
    {
        var change = new RegistryChange { Replace = new Attributes("UA", "Україна", "Europe/Kyiv", 3) };
        var happened = new ChangeProposed(Guid.NewGuid(), change, "Why?", "abcd", 1);
        var entry = StoredRegistry.Entry(happened, 1, Start);
        Assert.Equal(happened, RegistryEntries.Read(entry.Header.Kind, entry.Payload!.Value));
    }

    private static Decision<RegistryEvent> Decide(RegistryState state, Try one, List<Guid> proposed)
    {
        var (act, by) = (new Act(Guid.NewGuid(), [], []), new Actor(one.Person, IsPerson: true));
        var attributes = new Attributes(one.Code, $"Name {one.Target}", "", one.Policy);
        return one.Kind switch
        {
            0 => RegistryRules.Propose(state, new ProposeCommand(act, by, new RegistryChange { Register = attributes }, "r", one.Policy)),
            1 => RegistryRules.Propose(state, new ProposeCommand(act, by, new RegistryChange { Replace = attributes }, "r", one.Policy)),
            2 => RegistryRules.Propose(state, new ProposeCommand(act, by, new RegistryChange { Reinstate = one.Code }, "r", one.Policy)),
            3 => RegistryRules.Suspend(state, new SuspendCommand(act, by, one.Code, "r")),
            _ => RegistryRules.Confirm(state, new ConfirmCommand(act, by, proposed.Count == 0 ? Guid.NewGuid() : proposed[one.Target % proposed.Count])),
        };
    }

    /// <summary>What an operator may try; many a try is refused, and then nothing happens.</summary>
    private sealed record Try(int Kind, string Code, string Person, int Target, int Policy);

    private sealed class Model
    {
        private readonly Dictionary<string, (Attributes Attributes, bool IsSuspended)> administrations = [];
        private readonly Dictionary<Guid, (ChangeProposed Proposal, HashSet<string> Confirmers, DateTimeOffset? EffectiveAt)> changes = [];

        public void Apply(RegistryEvent happened, DateTimeOffset at)
        {
            switch (happened)
            {
                case ChangeProposed e:
                    changes[e.Id] = (e, [], null);
                    Confirm(e.Id, at);
                    break;
                case ChangeConfirmed e:
                    Assert.NotEqual(changes[e.Id].Proposal.Proposer, e.Confirmer);
                    Assert.True(changes[e.Id].Confirmers.Add(e.Confirmer));
                    Confirm(e.Id, at);
                    break;
                case Suspended e:
                    administrations[e.Administration] = (administrations[e.Administration].Attributes, true);
                    break;
            }
        }

        public void AssertEqual(RegistryState state)
        {
            Assert.Equal(
                administrations.OrderBy(a => a.Key, StringComparer.Ordinal).Select(a => (a.Key, a.Value.Attributes, a.Value.IsSuspended)),
                state.Administrations.Select(a => (a.Key, a.Value.Attributes, a.Value.IsSuspended)));
            Assert.Equal(
                changes.OrderBy(c => c.Key).Select(c => (c.Key, string.Join(' ', c.Value.Confirmers.Order()), c.Value.EffectiveAt)),
                state.Changes.OrderBy(c => c.Key).Select(c => (c.Key, string.Join(' ', c.Value.Confirmers.Order()), c.Value.EffectiveAt)));
        }

        private void Confirm(Guid id, DateTimeOffset at)
        {
            var (proposal, confirmers, effectiveAt) = changes[id];
            if (effectiveAt is not null || confirmers.Count < proposal.ConfirmationsRequired)
            {
                return;
            }

            changes[id] = (proposal, confirmers, at);
            var change = proposal.Change;
            var code = (change.Register ?? change.Replace)?.Code ?? change.Reinstate!;
            var known = administrations.GetValueOrDefault(code);
            administrations[code] = change.Reinstate is not null ? (known.Attributes, false) : ((change.Register ?? change.Replace)!, known.IsSuspended);
        }
    }
}
