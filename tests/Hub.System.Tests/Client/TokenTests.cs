using System.Collections.Concurrent;
using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Web;
using Hub.Client;
using Microsoft.Extensions.Configuration;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Hub.SystemTests.Client;

public sealed class TokenTests : IAsyncLifetime
{
    private const string Issuer = "https://issuer.test";
    private readonly WaitlessTime time = new();
    private readonly ConcurrentQueue<Dictionary<string, string>> asked = new();
    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private FakeHub hub = null!;
    private string namedIssuer = Issuer;
    private Func<int, HttpResponseMessage> answer = number =>
        Json(HttpStatusCode.OK, new { access_token = $"issued-{number}", token_type = "Bearer", expires_in = 600 });

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => hub = await FakeHub.StartAsync();

    public async ValueTask DisposeAsync()
    {
        key.Dispose();
        await hub.DisposeAsync();
    }

    [Fact]
    public async Task Assertion_OfAnEcKey_IsWhatIssuersTake()
    {
        using var client = Client();

        await client.WhoAmIAsync(Cancellation);

        var form = Assert.Single(asked);
        Assert.Equal("client_credentials", form["grant_type"]);
        Assert.Equal("hub.submit hub.read", form["scope"]);
        Assert.Equal("urn:ietf:params:oauth:client-assertion-type:jwt-bearer", form["client_assertion_type"]);
        var assertion = new JsonWebToken(form["client_assertion"]);
        Assert.Equal(("client-authentication+jwt", "ES256"), (assertion.Typ, assertion.Alg));
        using var payload = JsonDocument.Parse(Base64UrlEncoder.Decode(assertion.EncodedPayload));
        Assert.Equal(JsonValueKind.String, payload.RootElement.GetProperty("aud").ValueKind);
        Assert.Equal(Issuer, payload.RootElement.GetProperty("aud").GetString());
        Assert.Equal(("adm-ua", "adm-ua"), (assertion.Issuer, assertion.Subject));
        Assert.Equal((time.GetUtcNow().UtcDateTime, time.GetUtcNow().UtcDateTime.AddMinutes(1)), (assertion.IssuedAt, assertion.ValidTo));
        Assert.False(payload.RootElement.TryGetProperty("nbf", out _));
        Assert.True((await Verify(form["client_assertion"], new ECDsaSecurityKey(key))).IsValid);
    }

    [Fact]
    public async Task Scopes_OfAConfiguration_ReplaceTheDefaults()
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection([new("Scopes:0", "hub.read")]).Build();
        using var client = Client(configuration.Bind);

        await client.WhoAmIAsync(Cancellation);

        Assert.Equal("hub.read", Assert.Single(asked)["scope"]);
    }

    [Fact]
    public async Task Assertions_OfSeveralRequests_HaveIdsOfTheirOwn()
    {
        answer = number => Json(HttpStatusCode.OK, new { access_token = $"issued-{number}", token_type = "Bearer", expires_in = 30 });
        using var client = Client();

        for (var i = 0; i < 5; i++)
        {
            await client.WhoAmIAsync(Cancellation);
            time.Advance(TimeSpan.FromSeconds(30));
        }

        Assert.Equal(5, asked.Select(form => new JsonWebToken(form["client_assertion"]).Id).Distinct().Count());
    }

    [Theory]
    [InlineData(null, "PS256")]
    [InlineData("RS256", "RS256")]
    [InlineData("PS384", "PS384")]
    public async Task Assertion_OfAnRsaKey_IsSignedAsTheKeySays(string? alg, string expected)
    {
        using var rsa = RSA.Create(2048);
        var jwk = JsonWebKeyConverter.ConvertFromRSASecurityKey(new RsaSecurityKey(rsa.ExportParameters(true)));
        var json = JsonSerializer.Serialize(new Dictionary<string, string?>
        {
            ["kty"] = jwk.Kty,
            ["n"] = jwk.N,
            ["e"] = jwk.E,
            ["d"] = jwk.D,
            ["p"] = jwk.P,
            ["q"] = jwk.Q,
            ["dp"] = jwk.DP,
            ["dq"] = jwk.DQ,
            ["qi"] = jwk.QI,
            ["alg"] = alg,
            ["kid"] = "key-7",
        });
        using var client = Client(o => o.ClientKey = json);

        await client.WhoAmIAsync(Cancellation);

        var assertion = new JsonWebToken(Assert.Single(asked)["client_assertion"]);
        Assert.Equal((expected, "key-7"), (assertion.Alg, assertion.Kid));
        Assert.True((await Verify(Assert.Single(asked)["client_assertion"], new RsaSecurityKey(rsa))).IsValid);
    }

    [Fact]
    public async Task Calls_AtTheSameTime_AskTheIssuerOnce()
    {
        using var client = Client();

        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => client.WhoAmIAsync(Cancellation)));

        Assert.Single(asked);
        Assert.Equal(["Bearer issued-1"], hub.Calls.Select(call => call.Authorization).Distinct());
    }

    [Fact]
    public async Task Calls_WithATokenRefusedAtTheSameTime_RenewItOnce()
    {
        hub.Before = (call, _) => call.Authorization == "Bearer issued-1"
            ? throw Refusals.Of(Grpc.Core.StatusCode.Unauthenticated, "TOKEN_INVALID") : Task.CompletedTask;
        using var client = Client();

        await Task.WhenAll(Enumerable.Range(0, 30).Select(_ => client.WhoAmIAsync(Cancellation)));

        Assert.Equal(2, asked.Count);
    }

    [Fact]
    public async Task Token_InItsLastTenth_IsRenewedBeforeItExpires()
    {
        using var client = Client();

        await client.WhoAmIAsync(Cancellation);
        time.Advance(TimeSpan.FromSeconds(539));
        await client.WhoAmIAsync(Cancellation);
        Assert.Single(asked);
        time.Advance(TimeSpan.FromSeconds(2));
        await client.WhoAmIAsync(Cancellation);

        Assert.Equal(["Bearer issued-1", "Bearer issued-1", "Bearer issued-2"], hub.Calls.Select(call => call.Authorization));
    }

    [Theory]
    [InlineData("invalid_client", "ClientKey")]
    [InlineData("invalid_scope", "Scopes")]
    [InlineData("unauthorized_client", "client credentials")]
    public async Task Issuer_Refusing_IsQuotedWithARemedy(string error, string remedy)
    {
        answer = _ => Json(HttpStatusCode.BadRequest, new { error, error_description = "It says why." });
        using var client = Client();

        var e = await Assert.ThrowsAsync<TokenException>(() => client.WhoAmIAsync(Cancellation));

        Assert.Equal(error, e.Error);
        Assert.Contains("It says why.", e.Message, StringComparison.Ordinal);
        Assert.Contains(remedy, e.Message, StringComparison.Ordinal);
        Assert.Single(asked);
        Assert.Empty(hub.Calls);
    }

    [Fact]
    public async Task Issuer_OutForAMoment_IsAskedAgain()
    {
        answer = number => number < 3 ? Json(HttpStatusCode.ServiceUnavailable, new { })
            : Json(HttpStatusCode.OK, new { access_token = "late", token_type = "bearer", expires_in = "600" });
        using var client = Client();

        await client.WhoAmIAsync(Cancellation);

        Assert.Equal("Bearer late", Assert.Single(hub.Calls).Authorization);
        Assert.Equal(3, asked.Select(form => new JsonWebToken(form["client_assertion"]).Id).Distinct().Count());
    }

    [Fact]
    public async Task Issuer_Out_FailsTheCallAndIsAskedAgainByTheNext()
    {
        answer = number => number <= 4 ? Json(HttpStatusCode.ServiceUnavailable, new { })
            : Json(HttpStatusCode.OK, new { access_token = "late", token_type = "Bearer", expires_in = 600 });
        using var client = Client();

        var e = await Assert.ThrowsAsync<TokenException>(() => client.WhoAmIAsync(Cancellation));
        Assert.True(e.IsTransient);
        await client.WhoAmIAsync(Cancellation);

        Assert.Equal(5, asked.Count);
    }

    [Theory]
    [InlineData("https://somebody-else.test")]
    [InlineData("https://issuer.test/tenant")]
    public async Task Issuer_OfAnotherName_GetsNoAssertion(string name)
    {
        namedIssuer = name;
        using var client = Client();

        var e = await Assert.ThrowsAsync<TokenException>(() => client.WhoAmIAsync(Cancellation));

        Assert.Contains(name, e.Message, StringComparison.Ordinal);
        Assert.Empty(asked);
    }

    [Fact]
    public async Task Issuer_WithASlashAtTheEndOfItsName_IsTheAudienceAsItNamesItself()
    {
        namedIssuer = Issuer + "/";
        using var client = Client();

        await client.WhoAmIAsync(Cancellation);

        Assert.Equal([Issuer + "/"], new JsonWebToken(Assert.Single(asked)["client_assertion"]).Audiences);
    }

    [Fact]
    public async Task Token_OfAnotherTypeThanBearer_IsNotUsed()
    {
        answer = _ => Json(HttpStatusCode.OK, new { access_token = "bound", token_type = "DPoP", expires_in = 600 });
        using var client = Client();

        var e = await Assert.ThrowsAsync<TokenException>(() => client.WhoAmIAsync(Cancellation));

        Assert.Contains("Bearer", e.Message, StringComparison.Ordinal);
        Assert.Empty(hub.Calls);
    }

    private HubClient Client(Action<HubClientOptions>? configure = null) => hub.Client(o =>
    {
        o.TokenSource = null;
        o.Issuer = new Uri(Issuer);
        o.ClientId = "adm-ua";
        o.ClientKey = key.ExportPkcs8PrivateKeyPem();
        o.TimeProvider = time;
        o.IssuerHttp = () => new StubHttp(Serve);
        configure?.Invoke(o);
    });

    private HttpResponseMessage Serve(HttpRequestMessage request)
    {
        if (request.RequestUri!.AbsolutePath == "/.well-known/openid-configuration")
            return Json(HttpStatusCode.OK, new { issuer = namedIssuer, token_endpoint = $"{Issuer}/connect/token" });
        Assert.Equal("/connect/token", request.RequestUri.AbsolutePath);
        using var reader = new StreamReader(request.Content!.ReadAsStream());
        var form = HttpUtility.ParseQueryString(reader.ReadToEnd());
        asked.Enqueue(form.AllKeys.ToDictionary(name => name!, name => form[name]!));
        return answer(asked.Count);
    }

    private static HttpResponseMessage Json(HttpStatusCode status, object body) =>
        new(status) { Content = new StringContent(JsonSerializer.Serialize(body), Encoding.UTF8, "application/json") };

    private static Task<TokenValidationResult> Verify(string assertion, SecurityKey key) =>
        new JsonWebTokenHandler().ValidateTokenAsync(assertion, new TokenValidationParameters
        {
            ValidIssuer = "adm-ua",
            ValidAudience = Issuer,
            ValidTypes = ["client-authentication+jwt"],
            IssuerSigningKey = key,
            ValidateLifetime = false,
        });
}
