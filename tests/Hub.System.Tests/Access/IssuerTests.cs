using System.Text.Json.Nodes;
using Hub.Testing;
using Hub.V1;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Hub.SystemTests.Access;

/// <summary>An issuer that rotates its keys, is down, is Duende IdentityServer, or is attacked through the Hub.</summary>
public sealed class IssuerTests
{
    private const string WhoAmI = "RegistryService/WhoAmI";

    [Fact]
    public async Task UnknownKid_ByTheHundred_CausesOneFetchPerInterval()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var hub = await HubFixture.StartAsync(options => options.Time = time);
        using var raw = new RawHub(hub);
        await AcceptedAsync(raw, hub.MachineToken("a", null, "hub.read"));
        Assert.Equal(1, hub.Issuer.KeyFetches);

        time.Advance(TimeSpan.FromSeconds(31));
        await FloodAsync(hub, raw, 200);
        Assert.Equal(2, hub.Issuer.KeyFetches);

        // Within the interval nothing more, after it one more.
        time.Advance(TimeSpan.FromSeconds(29));
        await FloodAsync(hub, raw, 20);
        Assert.Equal(2, hub.Issuer.KeyFetches);
        time.Advance(TimeSpan.FromSeconds(2));
        await FloodAsync(hub, raw, 20);
        Assert.Equal(3, hub.Issuer.KeyFetches);
        await AcceptedAsync(raw, hub.MachineToken("a", null, "hub.read"));
    }

    [Fact]
    public async Task Issuer_Down_LeavesTheLastGoodKeysInUse()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var hub = await HubFixture.StartAsync(options => options.Time = time);
        using var raw = new RawHub(hub);
        await AcceptedAsync(raw, hub.MachineToken("a", null, "hub.read"));

        hub.Issuer.IsDown = true;
        time.Advance(TimeSpan.FromHours(2));
        await FloodAsync(hub, raw, 1);
        await AcceptedAsync(raw, hub.MachineToken("b", null, "hub.read"));

        hub.Issuer.IsDown = false;
        hub.Issuer.AddKey("test-2");
        time.Advance(TimeSpan.FromMinutes(1));
        await AcceptedAsync(raw, hub.Issuer.Sign(hub.Issuer.Machine(time.GetUtcNow(), "c", null, "hub.read"), "test-2"));
    }

    [Fact]
    public async Task Issuer_DownFromTheStart_RefusesAndRecovers()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var hub = await HubFixture.StartAsync(options => options.Time = time);
        using var raw = new RawHub(hub);
        hub.Issuer.IsDown = true;

        Assert.Equal("TOKEN_INVALID", (await raw.CallAsync(WhoAmI, "{}", hub.MachineToken("a", null, "hub.read"))).Reason);
        hub.Issuer.IsDown = false;
        time.Advance(TimeSpan.FromSeconds(31));

        await AcceptedAsync(raw, hub.MachineToken("a", null, "hub.read"));
    }

    // OpenIddict sends no nbf, Duende does.
    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Key_PublishedBeforeItSigns_IsFetchedOnItsFirstUse(bool withNotBefore)
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var hub = await HubFixture.StartAsync(options => options.Time = time);
        using var raw = new RawHub(hub);
        await AcceptedAsync(raw, hub.MachineToken("a", null, "hub.read"));
        hub.Issuer.AddKey("test-2");
        time.Advance(TimeSpan.FromSeconds(31));

        var claims = hub.Issuer.Machine(time.GetUtcNow(), "a", null, "hub.read");
        if (!withNotBefore) claims.Remove("nbf");
        await AcceptedAsync(raw, hub.Issuer.Sign(claims, "test-2"));
        // The old one stays good for as long as it is published.
        await AcceptedAsync(raw, hub.Issuer.Sign(hub.Issuer.Machine(time.GetUtcNow(), "b", null, "hub.read"), "test-1"));
    }

    [Fact]
    public async Task Key_NoLongerPublished_IsForgottenWithTheNextFetch()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var hub = await HubFixture.StartAsync(options => options.Time = time);
        using var raw = new RawHub(hub);
        var remembered = hub.MachineToken("a", null, "hub.read");
        await AcceptedAsync(raw, remembered);
        hub.Issuer.AddKey("test-2");
        hub.Issuer.Unpublished.Add("test-1");
        time.Advance(TimeSpan.FromSeconds(31));
        await AcceptedAsync(raw, hub.Issuer.Sign(hub.Issuer.Machine(time.GetUtcNow(), "a", null, "hub.read"), "test-2"));

        // Also a token that was verified before: a withdrawn key takes its tokens with it.
        Assert.Equal("TOKEN_INVALID", (await raw.CallAsync(WhoAmI, "{}", remembered)).Reason);
        Assert.Equal("TOKEN_INVALID", (await raw.CallAsync(WhoAmI, "{}", hub.MachineToken("z", null, "hub.read"))).Reason);
    }

    [Fact]
    public async Task Issuer_ThatPublishesNoKey_LeavesTheLastGoodKeysInUse()
    {
        var time = new FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var hub = await HubFixture.StartAsync(options => options.Time = time);
        hub.ExpectedErrors = record => record.Message.Contains("publishes no key", StringComparison.Ordinal);
        using var raw = new RawHub(hub);
        await AcceptedAsync(raw, hub.MachineToken("a", null, "hub.read"));

        hub.Issuer.PublishesNoKey = true;
        time.Advance(TimeSpan.FromMinutes(1));
        await FloodAsync(hub, raw, 1);

        await AcceptedAsync(raw, hub.MachineToken("b", null, "hub.read"));
    }

    [Fact]
    public async Task Issuer_ThatStatesAnotherName_IsNotTrusted()
    {
        // Duende follows the Host header: only the configured name counts.
        await using var hub = await HubFixture.StartAsync();
        hub.ExpectedErrors = record => record.Message.Contains("states the issuer", StringComparison.Ordinal);
        using var raw = new RawHub(hub);
        hub.Issuer.StatedIssuer = "https://elsewhere.test";

        Assert.Equal("TOKEN_INVALID", (await raw.CallAsync(WhoAmI, "{}", hub.MachineToken("a", null, "hub.read"))).Reason);
    }

    [Fact]
    public async Task Duende_MachineToken_IsReadByConfigurationAlone()
    {
        await using var hub = await DuendeAsync();
        await hub.RegisterAsync("UA");
        using var raw = new RawHub(hub);
        foreach (var claims in DuendeMachines(hub))
        {
            var caller = await AcceptedAsync(raw, hub.Issuer.SignRsa(claims));

            Assert.Equal(("adm-ukr", "", CallerKind.Machine), (caller.ClientId, caller.Subject, caller.Kind));
            Assert.Equal(("administrations/UA", AdministrationState.Active), (caller.Administration, caller.AdministrationState));
            Assert.Equal(["hub.read", "hub.submit"], caller.Scopes);
            var own = await raw.CallAsync("SubmissionService/ListSubmissions", """{"parent": "administrations/UA"}""", hub.Issuer.SignRsa(claims));
            Assert.Equal(Grpc.Core.StatusCode.OK, own.Code);
        }
    }

    [Theory]
    [InlineData("""["UA", "PL"]""")]
    [InlineData("804")]
    [InlineData("true")]
    [InlineData("""{"code": "UA"}""")]
    public async Task Duende_AdministrationOfAnotherShape_IsRefused(string shape)
    {
        await using var hub = await DuendeAsync();
        using var raw = new RawHub(hub);
        var claims = DuendeMachines(hub)[0];
        claims["client_administration"] = JsonNode.Parse(shape);

        Assert.Equal("TOKEN_INVALID", (await raw.CallAsync(WhoAmI, "{}", hub.Issuer.SignRsa(claims))).Reason);
    }

    [Fact]
    public async Task Duende_HourLongToken_IsRefusedUnlessTheSettingIsRaised()
    {
        await using var strict = await DuendeAsync();
        await using var raised = await DuendeAsync(TimeSpan.FromHours(1));
        foreach (var (hub, reason) in new[] { (strict, "TOKEN_INVALID"), (raised, "") })
        {
            using var raw = new RawHub(hub);
            var claims = DuendeMachines(hub)[0];
            claims["exp"] = (long)claims["iat"]! + 3600;

            Assert.Equal(reason, (await raw.CallAsync(WhoAmI, "{}", hub.Issuer.SignRsa(claims))).Reason);
        }
    }

    [Fact]
    public async Task Duende_PersonToken_IsAPersonWithTheUserClaim()
    {
        await using var hub = await DuendeAsync();
        await hub.RegisterAsync("UA");
        using var raw = new RawHub(hub);
        var claims = DuendeMachines(hub)[0];
        claims.Remove("client_administration");
        claims["client_id"] = "hub-console";
        claims["sub"] = "88421113";
        claims["auth_time"] = claims["iat"]!.DeepClone();
        claims["idp"] = "local";
        claims["amr"] = new JsonArray("pwd", "otp");
        claims["sid"] = "0A1B";
        claims["administration"] = "UA";
        claims["role"] = new JsonArray("reviewer", "member");
        claims["scope"] = new JsonArray("openid", "profile", "hub.read", "offline_access");

        var caller = await AcceptedAsync(raw, hub.Issuer.SignRsa(claims));

        Assert.Equal(("hub-console", "88421113", CallerKind.Person, "administrations/UA"), (caller.ClientId, caller.Subject, caller.Kind, caller.Administration));
    }

    private static Task<HubFixture> DuendeAsync(TimeSpan? lifetimeMax = null) => HubFixture.StartAsync(options =>
    {
        options.Settings["Authority:AdministrationClaim"] = "client_administration";
        if (lifetimeMax is { } max) options.Settings["Authority:TokenLifetimeMax"] = max.ToString();
    });

    // As a running Duende IdentityServer 7.4.8 sent them: RS256, no sub, scope an array, aud one or several, any order.
    private static JsonObject[] DuendeMachines(HubFixture hub)
    {
        var now = hub.Time.GetUtcNow().ToUnixTimeSeconds();
        JsonObject Token(JsonNode audience, JsonNode scope) => new()
        {
            ["iss"] = hub.Issuer.Address,
            ["nbf"] = now,
            ["iat"] = now,
            ["exp"] = now + 600,
            ["aud"] = audience,
            ["scope"] = scope,
            ["client_id"] = "adm-ukr",
            ["client_administration"] = "UA",
            ["jti"] = Guid.NewGuid().ToString("N").ToUpperInvariant(),
        };

        JsonObject[] tokens =
        [
            Token("hub", new JsonArray("hub.read", "hub.submit")),
            Token("hub", "hub.read hub.submit"),
            Token(new JsonArray("hub", $"{hub.Issuer.Address}/resources"), new JsonArray("hub.submit", "hub.read")),
            Token(new JsonArray($"{hub.Issuer.Address}/resources", "hub"), new JsonArray("hub.submit", "hub.read")),
        ];
        return [.. tokens, .. tokens.Select(t => new JsonObject(t.Reverse().Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone()))))];
    }

    private static Task FloodAsync(HubFixture hub, RawHub raw, int count) => Task.WhenAll(Enumerable.Range(0, count).Select(async _ =>
    {
        var kid = Guid.NewGuid().ToString("N");
        var header = new JsonObject { ["alg"] = "ES256", ["kid"] = kid, ["typ"] = "at+jwt" };
        var claims = hub.Issuer.Machine(hub.Time.GetUtcNow(), "attacker", null, "hub.read");
        var answer = await raw.CallAsync(WhoAmI, "{}", TestIssuer.Encode(header, claims, input => hub.Issuer.SignRaw(input)));
        Assert.Equal("TOKEN_INVALID", answer.Reason);
    }));

    private static async Task<WhoAmIResponse> AcceptedAsync(RawHub raw, string token)
    {
        var answer = await raw.CallAsync(WhoAmI, "{}", token);
        Assert.True(answer.Code == Grpc.Core.StatusCode.OK, answer.Text);
        return WhoAmIResponse.Parser.ParseFrom(answer.Bytes);
    }
}
