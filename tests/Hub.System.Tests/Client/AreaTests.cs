using Hub.Client;
using Xunit;

namespace Hub.SystemTests.Client;

public sealed class AreaTests : IAsyncLifetime
{
    private FakeHub hub = null!;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => hub = await FakeHub.StartAsync();

    public ValueTask DisposeAsync() => hub.DisposeAsync();

    [Fact]
    public async Task Validation_OfADraft_SaysWhatIsWrong()
    {
        using var client = hub.Client();

        var violations = await client.Submissions.ValidateAsync(Drafts.One(), Cancellation);

        Assert.Equal([new FieldViolation("submission.values[0].decimal", "It is too great. Send less.")], violations);
        Assert.Equal(0, hub.Log.Size);
    }

    [Fact]
    public async Task Indicator_OfTheCatalogue_IsReadAsItStandsThere()
    {
        using var client = hub.Client();

        var indicator = await client.Catalogue.GetIndicatorAsync("instruments/lpi/indicators/customs", Cancellation);

        Assert.Equal(("customs", "1", "5.0"), (indicator.Code, indicator.Lower, indicator.Upper));
        Assert.Equal((Polarity.BetterHigh, ValueKind.Score), (indicator.Polarity, indicator.ValueKind));
        Assert.Equal(("Note douanière", "Customs score"), (indicator.Title.In("fr-CA"), indicator.Title.In("pl")));
    }

    [Fact]
    public async Task Collection_OfTheCatalogue_HasTheCallersOwnStatus()
    {
        using var client = hub.Client();

        var collection = await client.Catalogue.GetCollectionAsync(Drafts.Collection, Cancellation);

        Assert.Equal((CollectionState.Open, OwnStatus.NotSubmitted, null), (collection.State, collection.OwnStatus, collection.OpenTime));
    }

    [Fact]
    public async Task Registration_Proposed_IsPendingUnderItsRequestId()
    {
        using var client = hub.Client();
        var id = Guid.NewGuid();

        var change = await client.Registry.ProposeRegistrationAsync(new Administration("administrations/XK", "Kosovo"), "Joins", id, Cancellation);

        Assert.Equal(($"changes/{id}", RegistryChangeKind.Register, ChangeState.Pending), (change.Name, change.Kind, change.State));
        Assert.Equal(("administrations/XK", "Kosovo", 1), (change.AdministrationName, change.Administration!.DisplayName, change.ConfirmationsRequired));
    }

    [Fact]
    public async Task Reinstatement_Proposed_NamesTheAdministration()
    {
        using var client = hub.Client();

        var change = await client.Registry.ProposeReinstatementAsync("administrations/XK", "Paid", cancellationToken: Cancellation);

        Assert.Equal((RegistryChangeKind.Reinstate, "administrations/XK", null), (change.Kind, change.AdministrationName, change.Administration));
    }
}
