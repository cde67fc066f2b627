using Hub.Client;
using Hub.Silo.Access;
using Hub.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hub.SystemTests.Authority;

/// <summary>The SDK, the authority and the Hub together, as in an installation: no token that a test has signed.</summary>
public sealed class SdkTests(AuthorityFixture authority) : IClassFixture<AuthorityFixture>
{
    private const string Lpi = "instruments/lpi/periods";
    private const string Indicator = "LP.LPI.CUST.XQ";
    private int tokens;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Client_WithItsKeyAlone_SubmitsAndRenewsItsTokenBeforeAndAfterItsEnd()
    {
        await using var hub = await StartAsync();
        var machine = await authority.RegisterMachineAsync("UA", "hub.submit", "hub.read");
        using var member = Connect(hub, machine);

        var caller = await member.WhoAmIAsync(Cancellation);
        var first = await SubmitAsync(member, "2023");
        Assert.Equal(1, tokens);
        authority.Time.Advance(TimeSpan.FromMinutes(9.5));
        var second = await SubmitAsync(member, "2018");
        Assert.Equal(2, tokens);
        authority.Time.Advance(TimeSpan.FromMinutes(11));
        var third = await SubmitAsync(member, "2016");

        Assert.Equal(3, tokens);
        Assert.Equal((machine.ClientId, "administrations/UA", true), (caller.ClientId, caller.Administration, caller.IsLogKeyPinned));
        Assert.All([first, second, third], recorded => Assert.Equal("submitted", member.Ledger.Verify(recorded.Receipt.ToJson()).Kind));
        Assert.Equal(3, await member.Submissions.ListAsync(cancellationToken: Cancellation).CountAsync(Cancellation));
    }

    [Fact]
    public async Task Client_WithAKeyThatIsNotRegistered_GetsNoTokenAndReachesNothing()
    {
        await using var hub = await StartAsync();
        var machine = await authority.RegisterMachineAsync("UA", "hub.submit", "hub.read");
        using var stranger = Connect(hub, machine.WithNewKey());

        var refused = await Assert.ThrowsAsync<TokenException>(() => SubmitAsync(stranger, "2023"));

        Assert.Equal("invalid_client", refused.Error);
        using var member = Connect(hub, machine);
        Assert.Equal(0, await member.Submissions.ListAsync(cancellationToken: Cancellation).CountAsync(Cancellation));
    }

    private static Task<Recorded> SubmitAsync(HubClient member, string period) =>
        member.Submissions.CreateAsync(new SubmissionDraft($"{Lpi}/{period}", (Indicator, Figure.Decimal("2.4"))), Cancellation);

    /// <summary>A Hub that trusts the authority and goes by its clock, with one administration.</summary>
    private async Task<HubFixture> StartAsync()
    {
        var hub = await HubFixture.StartAsync(options =>
        {
            options.Time = authority.Time;
            options.Settings["Authority:Issuer"] = AuthorityFixture.Issuer;
            options.Services = services => services.AddHttpClient(nameof(IssuerKeys)).ConfigurePrimaryHttpMessageHandler(authority.Handler);
        });
        using var secretariat = Connect(hub, await authority.RegisterMachineAsync(null, "hub.operate", "hub.read"), "hub.operate", "hub.read");
        await secretariat.Registry.ProposeRegistrationAsync(new Administration("administrations/UA", "Ukraine"), "Joins", cancellationToken: Cancellation);
        tokens = 0;
        return hub;
    }

    private HubClient Connect(HubFixture hub, Machine machine, params string[] scopes) => hub.Client(() => "", options =>
    {
        options.TokenSource = null;
        options.Issuer = new Uri(AuthorityFixture.Issuer);
        options.ClientId = machine.ClientId;
        options.ClientKey = machine.PrivateJwk();
        options.TimeProvider = authority.Time;
        options.IssuerHttp = () => new Counted(authority.Handler(), () => tokens++);
        if (scopes.Length > 0) options.Scopes = scopes;
    });

    private sealed class Counted(HttpMessageHandler inner, Action token) : DelegatingHandler(inner)
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (request.RequestUri!.AbsolutePath == "/connect/token") token();
            return base.SendAsync(request, cancellationToken);
        }
    }
}
