using Hub.Client;
using Hub.Testing;
using Xunit;

namespace Hub.SystemTests.Journeys;

/// <summary>Who may take part: changed by two persons, suspended by one at once, through the SDK.</summary>
public sealed class RegistryJourneyTests
{
    private static readonly Administration Ukraine = new("administrations/UA", "Ukraine") { TimeZone = "Europe/Kyiv", AgreementVersion = 1 };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Registration_UnderTheRuleOfTwo_NeedsAnotherPerson()
    {
        await using var hub = await HubFixture.StartAsync(options => options.ConfirmationsRequired = 1);
        using var anna = hub.Person("anna", "hub.operate", "hub.read");
        using var boris = hub.Person("boris", "hub.operate", "hub.read");
        using var machine = hub.Operator();
        using var member = hub.Member("UA");

        Assert.Equal(ErrorReason.PersonRequired, await ReasonAsync(() => machine.Registry.ProposeRegistrationAsync(Ukraine, "Signed.", cancellationToken: Cancellation)));
        var id = Guid.NewGuid();
        var proposed = await anna.Registry.ProposeRegistrationAsync(Ukraine, "Signed.", id, Cancellation);
        Assert.Equal(($"changes/{id}", ChangeState.Pending, 1), (proposed.Name, proposed.State, proposed.ConfirmationsRequired));
        Assert.Equal(proposed.ProposeTime, (await anna.Registry.ProposeRegistrationAsync(Ukraine, "Signed.", id, Cancellation)).ProposeTime);
        Assert.Equal(ErrorReason.NotFound, await ReasonAsync(() => anna.Registry.GetAdministrationAsync("administrations/UA", Cancellation)));
        Assert.Equal(ErrorReason.NotPermitted, await ReasonAsync(() => member.Submissions.GetAsync($"administrations/UA/submissions/{id}", Cancellation)));

        Assert.Equal(ErrorReason.ConfirmationBySamePerson, await ReasonAsync(() => anna.Registry.ConfirmChangeAsync(proposed.Name, cancellationToken: Cancellation)));
        Assert.Equal(ErrorReason.PersonRequired, await ReasonAsync(() => machine.Registry.ConfirmChangeAsync(proposed.Name, cancellationToken: Cancellation)));
        var confirmed = await boris.Registry.ConfirmChangeAsync(proposed.Name, cancellationToken: Cancellation);
        Assert.Equal((ChangeState.Effective, 1), (confirmed.State, confirmed.Confirmers.Count));
        Assert.NotEqual(confirmed.Proposer, confirmed.Confirmers[0]);
        Assert.DoesNotContain("anna", confirmed.Proposer, StringComparison.Ordinal);

        var registered = await member.Registry.GetAdministrationAsync("administrations/self", Cancellation);
        Assert.Equal(("administrations/UA", "Ukraine", "Europe/Kyiv", AdministrationState.Active), (registered.Name, registered.DisplayName, registered.TimeZone, registered.State));
        Assert.Equal(ErrorReason.ChangeNotPending, await ReasonAsync(() => boris.Registry.ConfirmChangeAsync(proposed.Name, cancellationToken: Cancellation)));
        Assert.Equal([proposed.Name], await anna.Registry.ListChangesAsync(Cancellation).Select(c => c.Name).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Suspension_ByOneOperator_HoldsFromTheNextCallUntilItIsEnded()
    {
        await using var hub = await HubFixture.StartAsync();
        await hub.RegisterAsync("UA", "PL");
        using var secretariat = hub.Operator();
        using var ukraine = hub.Member("UA");
        using var poland = hub.Member("PL");
        await ukraine.Catalogue.GetCollectionAsync("instruments/lpi/periods/2023", Cancellation);

        var suspended = await secretariat.Registry.SuspendAsync("administrations/UA", "An incident.", cancellationToken: Cancellation);
        Assert.Equal(AdministrationState.Suspended, suspended.State);
        Assert.Equal(ErrorReason.AdministrationSuspended, await ReasonAsync(() => ukraine.Catalogue.GetCollectionAsync("instruments/lpi/periods/2023", Cancellation)));
        await poland.Catalogue.GetCollectionAsync("instruments/lpi/periods/2023", Cancellation);
        await hub.RestartAsync();
        using var later = hub.Member("UA");
        Assert.Equal(ErrorReason.AdministrationSuspended, await ReasonAsync(() => later.Catalogue.GetCollectionAsync("instruments/lpi/periods/2023", Cancellation)));

        using var again = hub.Operator();
        await again.Registry.ProposeReinstatementAsync("administrations/UA", "It is over.", cancellationToken: Cancellation);
        await later.Catalogue.GetCollectionAsync("instruments/lpi/periods/2023", Cancellation);
        Assert.Equal(
            [("administrations/PL", AdministrationState.Active), ("administrations/UA", AdministrationState.Active)],
            await again.Registry.ListAdministrationsAsync(Cancellation).Select(a => (a.Name, a.State)).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Proposal_WithInvalidFields_NamesThemWithPathRuleAndRemedy()
    {
        await using var hub = await HubFixture.StartAsync();
        using var secretariat = hub.Operator();
        var refused = await Assert.ThrowsAsync<HubException>(() => secretariat.Registry.ProposeRegistrationAsync(
            Ukraine with { Name = "administrations/ukraine", TimeZone = "Kyiv" }, "", cancellationToken: Cancellation));
        Assert.Equal(["change.register.name", "change.register.time_zone", "change.reason"], refused.Violations.Select(v => v.Field));
        Assert.Empty(await secretariat.Registry.ListChangesAsync(Cancellation).ToListAsync(Cancellation));
    }

    private static async Task<ErrorReason> ReasonAsync(Func<Task> call) => (await Assert.ThrowsAnyAsync<HubException>(call)).Reason;
}
