using Hub.Silo.Access;
using Hub.Silo.Registry;
using Hub.V1;
using Xunit;

namespace Hub.Silo.Tests.Registry;

public sealed class RegistryRulesTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    private static readonly Attributes Ukraine = new("UA", "Ukraine", "Europe/Kyiv", 1);

    /// <summary>
    /// Policy · who proposes · who confirms, in order → what becomes of the last act. Capitals are persons, small letters machines.
    /// </summary>
    [Theory]
    [InlineData(0, "a", "", "in force")]
    [InlineData(0, "A", "", "in force")]
    [InlineData(0, "A", "B", nameof(ErrorReason.ChangeNotPending))]
    [InlineData(1, "a", "", nameof(ErrorReason.PersonRequired))]
    [InlineData(1, "A", "", "pending")]
    [InlineData(1, "A", "b", nameof(ErrorReason.PersonRequired))]
    [InlineData(1, "A", "A", nameof(ErrorReason.ConfirmationBySamePerson))]
    [InlineData(1, "A", "B", "in force")]
    [InlineData(1, "A", "BC", nameof(ErrorReason.ChangeNotPending))]
    [InlineData(2, "A", "B", "pending")]
    [InlineData(2, "A", "BB", nameof(ErrorReason.ConfirmationBySamePerson))]
    [InlineData(2, "A", "BA", nameof(ErrorReason.ConfirmationBySamePerson))]
    [InlineData(2, "A", "BC", "in force")]
    public void Change_ByThesePersons_IsAsTheTwoPersonRuleSays(int policy, string proposer, string confirmers, string outcome)
    {
        var id = Guid.NewGuid();
        var history = new History();
        var last = history.Act(s => RegistryRules.Propose(s, Propose(id, proposer, policy)));
        foreach (var confirmer in confirmers)
        {
            last = history.Act(s => RegistryRules.Confirm(s, new ConfirmCommand(Act(), By(confirmer.ToString()), id)));
        }

        var isInForce = history.State.Administrations.ContainsKey("UA");
        Assert.Equal(outcome, last.IsRefused ? last.Refusal!.Reason.ToString() : isInForce ? "in force" : "pending");
        Assert.Equal(isInForce, history.State.Changes.TryGetValue(id, out var change) && change.EffectiveAt is not null);
    }

    [Fact]
    public void Propose_WithTheIdOfAnothersChange_IsRefusedAndLeavesThatAsItWas()
    {
        var id = Guid.NewGuid();
        var history = new History();
        history.Act(s => RegistryRules.Propose(s, Propose(id, "A", policy: 2)));
        history.Act(s => RegistryRules.Confirm(s, new ConfirmCommand(Act(), By("B"), id)));
        var before = history.State;
        Assert.Equal(ErrorReason.RequestIdReused, history.Act(s => RegistryRules.Propose(s, Propose(id, "C", policy: 2))).Refusal?.Reason);
        Assert.Same(before, history.State);
    }

    [Fact]
    public void Confirm_TwoProposalsOfOneAdministration_PutsOneInForce()
    {
        var (one, other) = (Guid.NewGuid(), Guid.NewGuid());
        var history = new History();
        history.Act(s => RegistryRules.Propose(s, Propose(one, "A", policy: 1)));
        history.Act(s => RegistryRules.Propose(s, Propose(other, "A", policy: 1)));
        Assert.False(history.Act(s => RegistryRules.Confirm(s, new ConfirmCommand(Act(), By("B"), other))).IsRefused);
        Assert.Equal(ErrorReason.ChangeNotApplicable, history.Act(s => RegistryRules.Confirm(s, new ConfirmCommand(Act(), By("B"), one))).Refusal?.Reason);
    }

    [Theory]
    [InlineData("change", null, "Ukraine", "", 0)]
    [InlineData("change.register.name", "ua", "Ukraine", "", 0)]
    [InlineData("change.register.name", "", "Ukraine", "", 0)]
    [InlineData("change.register.name", "UA/x", "Ukraine", "", 0)]
    [InlineData("change.register.display_name", "UA", " ", "", 0)]
    [InlineData("change.register.time_zone", "UA", "Ukraine", "Europe/Atlantis", 0)]
    [InlineData("change.register.time_zone", "UA", "Ukraine", "FLE Standard Time", 0)]
    [InlineData("change.register.agreement_version", "UA", "Ukraine", "", -1)]
    public void Propose_InvalidField_NamesIt(string field, string? code, string name, string zone, int agreement)
    {
        var change = new RegistryChange { Register = code is null ? null : new Attributes(code, name, zone, agreement) };
        var refusal = RegistryRules.Propose(RegistryState.Empty, new ProposeCommand(Act(), By("a"), change, "Why.", 0)).Refusal;
        Assert.Equal(field, Assert.Single(refusal!.Violations).Field);
    }

    [Fact]
    public void Propose_ManyInvalidFields_NamesAllOfThem()
    {
        var change = new RegistryChange { Replace = new Attributes("?", new string('x', 101), "nowhere", -1) };
        var refusal = RegistryRules.Propose(RegistryState.Empty, new ProposeCommand(Act(), By("a"), change, "", 0)).Refusal;
        string[] fields = ["name", "display_name", "time_zone", "agreement_version"];
        Assert.Equal([.. fields.Select(f => $"change.replace_attributes.{f}"), "change.reason"], refusal!.Violations.Select(v => v.Field));
    }

    [Fact]
    public void Propose_WhatDoesNotFitWhatIsRegistered_IsRefused()
    {
        var history = new History();
        Assert.Equal(ErrorReason.ChangeNotApplicable, history.Change(new RegistryChange { Replace = Ukraine }).Refusal?.Reason);
        Assert.Equal(ErrorReason.ChangeNotApplicable, history.Change(new RegistryChange { Reinstate = "UA" }).Refusal?.Reason);
        Assert.False(history.Change(new RegistryChange { Register = Ukraine }).IsRefused);
        Assert.Equal(ErrorReason.ChangeNotApplicable, history.Change(new RegistryChange { Register = Ukraine }).Refusal?.Reason);
        Assert.Equal(ErrorReason.ChangeNotApplicable, history.Change(new RegistryChange { Reinstate = "UA" }).Refusal?.Reason);
    }

    [Fact]
    public void Suspend_ThenReplaceThenReinstate_StaysSuspendedUntilReinstated()
    {
        var history = new History();
        history.Change(new RegistryChange { Register = Ukraine });
        Assert.False(history.Suspend("UA", "An incident.").IsRefused);
        Assert.Equal(ErrorReason.ChangeNotApplicable, history.Suspend("UA", "Again.").Refusal?.Reason);
        history.Change(new RegistryChange { Replace = Ukraine with { DisplayName = "Україна", AgreementVersion = 2 } });
        var suspended = history.State.Administrations["UA"];
        Assert.Equal((true, "Україна", 2), (suspended.IsSuspended, suspended.Attributes.DisplayName, suspended.Attributes.AgreementVersion));
        history.Change(new RegistryChange { Reinstate = "UA" });
        Assert.False(history.State.Administrations["UA"].IsSuspended);
        Assert.NotEqual(suspended.Version, history.State.Administrations["UA"].Version);
    }

    [Theory]
    [InlineData("PL", "Why.", ErrorReason.NotFound)]
    [InlineData("", "Why.", ErrorReason.NotFound)]
    [InlineData("UA", " ", ErrorReason.FieldInvalid)]
    public void Suspend_UnknownOrWithoutReason_IsRefused(string code, string reason, ErrorReason refused)
    {
        var history = new History();
        history.Change(new RegistryChange { Register = Ukraine });
        Assert.Equal(refused, history.Suspend(code, reason).Refusal?.Reason);
    }

    [Fact]
    public void Confirm_UnknownChange_IsNotFound() => Assert.Equal(
        ErrorReason.NotFound, RegistryRules.Confirm(RegistryState.Empty, new ConfirmCommand(Act(), By("A"), Guid.NewGuid())).Refusal?.Reason);

    [Theory]
    [InlineData("Europe/Kyiv", "Europe/Kyiv")]
    [InlineData("", "UTC")]
    [InlineData("Europe/Unknown-here", "UTC")]
    public void Zone_OfAnAdministration_IsItsOwnOrUtc(string registered, string zone) =>
        Assert.Equal(zone, new AdministrationRecord(Ukraine with { TimeZone = registered }, false, 1).Zone.Id);

    private static ProposeCommand Propose(Guid id, string by, int policy) =>
        new(Act() with { RequestId = id }, By(by), new RegistryChange { Register = Ukraine }, "Signed the agreement.", policy);

    private static Act Act() => new(Guid.NewGuid(), [], []);

    private static Actor By(string name) => new(name, IsPerson: char.IsUpper(name[0]));

    /// <summary>Acts one after the other, each decided on what the ones before left behind.</summary>
    private sealed class History
    {
        private long _version;

        public RegistryState State { get; private set; } = RegistryState.Empty;

        public Decision<RegistryEvent> Act(Func<RegistryState, Decision<RegistryEvent>> decide)
        {
            var decision = decide(State);
            if (!decision.IsRefused)
            {
                _version++;
                State = State.Apply(StoredRegistry.Entry(decision.Value, _version, Now.AddMinutes(_version)));
            }

            return decision;
        }

        public Decision<RegistryEvent> Change(RegistryChange change) =>
            Act(s => RegistryRules.Propose(s, new ProposeCommand(RegistryRulesTests.Act(), By("a"), change, "Why.", 0)));

        public Decision<RegistryEvent> Suspend(string code, string reason) =>
            Act(s => RegistryRules.Suspend(s, new SuspendCommand(RegistryRulesTests.Act(), By("A"), code, reason)));
    }
}
