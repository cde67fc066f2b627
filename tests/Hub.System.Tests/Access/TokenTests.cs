using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Hub.Testing;
using Hub.V1;
using Xunit;

namespace Hub.SystemTests.Access;

/// <summary>Tokens as issuers send them, and as attackers do. WhoAmI tells how the Hub read them.</summary>
public sealed class TokenTests(SharedHub shared) : IClassFixture<SharedHub>, IDisposable
{
    private const string WhoAmI = "RegistryService/WhoAmI";
    private readonly HubFixture hub = shared.Hub;
    private readonly RawHub raw = new(shared.Hub);

    private TestIssuer Issuer => hub.Issuer;

    private DateTimeOffset Now => hub.Time.GetUtcNow();

    public static TheoryData<string> Broken => [.. Breaks.Keys];

    private static Dictionary<string, Action<JsonObject, DateTimeOffset>> Breaks { get; } = new()
    {
        ["expired"] = (c, now) => Times(c, now.AddMinutes(-12), now.AddMinutes(-2)),
        ["not valid yet"] = (c, now) => Times(c, now.AddMinutes(2), now.AddMinutes(9)),
        ["lives longer than ten minutes"] = (c, now) => Times(c, now, now.AddSeconds(601)),
        ["an hour, as Duende sends by default"] = (c, now) => Times(c, now, now.AddHours(1)),
        ["lives shortly, from next year on"] = (c, now) => (c["iat"], c["exp"]) = (now.AddDays(365).ToUnixTimeSeconds(), now.AddDays(365).AddMinutes(5).ToUnixTimeSeconds()),
        ["without exp"] = (c, _) => c.Remove("exp"),
        ["without iat"] = (c, _) => c.Remove("iat"),
        ["exp as text"] = (c, now) => c["exp"] = now.AddMinutes(5).ToUnixTimeSeconds().ToString(),
        ["another audience"] = (c, _) => c["aud"] = "another",
        ["no audience"] = (c, _) => c.Remove("aud"),
        ["audiences without the Hub's"] = (c, _) => c["aud"] = new JsonArray("a", "b"),
        ["another issuer"] = (c, _) => c["iss"] = "https://elsewhere.test",
        ["the issuer with a slash"] = (c, _) => c["iss"] = "https://issuer.test/",
        ["no issuer"] = (c, _) => c.Remove("iss"),
        ["bound to a DPoP key"] = (c, _) => c["cnf"] = new JsonObject { ["jkt"] = "0ZcOCORZNYy-DWpqq30jZyJGHTN0d2HglBV3uiguA4I" },
        ["bound to a certificate"] = (c, _) => c["cnf"] = new JsonObject { ["x5t#S256"] = "bwcK0esc3ACC3DB2Y5_lESsXE8o9ltc05O89jdN-dg2" },
        ["bound to nothing known"] = (c, _) => c["cnf"] = new JsonObject(),
        ["cnf null"] = (c, _) => c["cnf"] = null,
        ["without client_id"] = (c, _) => c.Remove("client_id"),
        ["client_id empty"] = (c, _) => c["client_id"] = "",
        ["two administrations"] = (c, _) => c["administration"] = new JsonArray("UA", "PL"),
        ["one administration as array"] = (c, _) => c["administration"] = new JsonArray("UA"),
        ["administration as integer"] = (c, _) => c["administration"] = 804,
        ["administration as object"] = (c, _) => c["administration"] = new JsonObject { ["code"] = "UA" },
        ["administration as boolean"] = (c, _) => c["administration"] = true,
    };

    public void Dispose() => raw.Dispose();

    [Theory]
    [MemberData(nameof(Broken))]
    public async Task Token_WithABrokenClaim_IsRefused(string broken)
    {
        var claims = Issuer.Machine(Now, "adm-UA", "UA", "hub.submit");
        Breaks[broken](claims, Now);

        await RefusedAsync(Issuer.Sign(claims));
    }

    [Fact]
    public async Task Token_ThatIsWhole_IsAccepted()
    {
        // The twin of all refusals: the same claims unbroken.
        var caller = await AcceptedAsync(Issuer.Sign(Issuer.Machine(Now, "adm-UA", "UA", "hub.submit")));

        Assert.Equal(("adm-UA", "administrations/UA", CallerKind.Machine), (caller.ClientId, caller.Administration, caller.Kind));
    }

    [Fact]
    public async Task Token_WithAnotherTyp_IsRefused()
    {
        var claims = Issuer.Machine(Now, "adm-UA", "UA", "hub.submit");

        await RefusedAsync(Issuer.Sign(claims, typ: "JWT"));
        await RefusedAsync(Issuer.Sign(claims, typ: "client-authentication+jwt"));
    }

    [Fact]
    public async Task Token_OfAlgNone_IsRefused()
    {
        var claims = Issuer.Machine(Now, "adm-UA", "UA", "hub.submit");
        foreach (var alg in (string[])["none", "None", "NONE", ""])
        {
            await RefusedAsync(TestIssuer.Encode(new JsonObject { ["alg"] = alg, ["typ"] = "at+jwt" }, claims, _ => []));
            await RefusedAsync(TestIssuer.Encode(new JsonObject { ["alg"] = alg, ["kid"] = "test-1", ["typ"] = "at+jwt" }, claims, _ => []));
        }
    }

    [Fact]
    public async Task Token_SignedWithThePublicKeyAsSecret_IsRefused()
    {
        var published = await PublishedKeyAsync();
        var claims = Issuer.Machine(Now, "adm-UA", "UA", "hub.submit");
        foreach (var secret in (byte[][])[published.ExportSubjectPublicKeyInfo(), Encoding.ASCII.GetBytes(published.ExportSubjectPublicKeyInfoPem()), published.ExportParameters(false).Q.X!])
        {
            var header = new JsonObject { ["alg"] = "HS256", ["kid"] = "test-1", ["typ"] = "at+jwt" };
            await RefusedAsync(TestIssuer.Encode(header, claims, input => HMACSHA256.HashData(secret, input)));
        }
    }

    [Fact]
    public async Task Token_WronglySigned_IsRefused()
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var claims = Issuer.Machine(Now, "adm-UA", "UA", "hub.submit");
        var header = new JsonObject { ["alg"] = "ES256", ["kid"] = "test-1", ["typ"] = "at+jwt" };
        var good = Issuer.Sign(claims).Split('.');
        claims["administration"] = "PL";
        var other = Issuer.Sign(claims).Split('.');

        await RefusedAsync(TestIssuer.Encode(header, claims, input => stranger.SignData(input, HashAlgorithmName.SHA256)));
        await RefusedAsync($"{good[0]}.{other[1]}.{good[2]}");
        await RefusedAsync($"{good[0]}.{good[1]}.");
        await RefusedAsync($"{good[0]}.{good[1]}");
        await RefusedAsync("nonsense");
        await RefusedAsync(new string('a', 20_000));
    }

    [Fact]
    public async Task Token_ThatBringsItsOwnKey_IsRefused()
    {
        using var stranger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var point = stranger.ExportParameters(false).Q;
        var header = new JsonObject
        {
            ["alg"] = "ES256",
            ["typ"] = "at+jwt",
            ["jwk"] = new JsonObject { ["kty"] = "EC", ["crv"] = "P-256", ["x"] = Url(point.X!), ["y"] = Url(point.Y!) },
        };

        await RefusedAsync(TestIssuer.Encode(header, Issuer.Machine(Now, "adm-UA", "UA", "hub.submit"), input => stranger.SignData(input, HashAlgorithmName.SHA256)));
    }

    [Fact]
    public async Task Token_WithAnExtensionThatMustBeUnderstood_IsRefused()
    {
        var header = new JsonObject { ["alg"] = "ES256", ["kid"] = "test-1", ["typ"] = "at+jwt", ["crit"] = new JsonArray("exp"), ["exp"] = 1 };

        await RefusedAsync(TestIssuer.Encode(header, Issuer.Machine(Now, "adm-UA", "UA", "hub.submit"), input => Issuer.SignRaw(input)));
    }

    [Theory]
    [InlineData("\"administration\":\"UA\"", "\"administration\":\"UA\",\"administration\":\"PL\"")]
    [InlineData("\"aud\":\"hub\"", "\"aud\":\"another\",\"aud\":\"hub\"")]
    [InlineData("\"client_id\":\"adm-UA\"", "\"client_id\":\"adm-UA\",\"client_id\":\"operator\"")]
    public async Task Token_WithAClaimTwice_IsRefused(string once, string twice)
    {
        var json = Issuer.Machine(Now, "adm-UA", "UA", "hub.submit").ToJsonString();
        Assert.Contains(once, json, StringComparison.Ordinal);

        await RefusedAsync(SignText(json.Replace(once, twice, StringComparison.Ordinal)));
        await AcceptedAsync(SignText(json));
    }

    [Fact]
    public async Task Scope_AsArrayAsOneTextAndAsOneElement_IsReadAlike()
    {
        foreach (JsonNode scope in (JsonNode[])["hub.read hub.submit", new JsonArray("hub.read", "hub.submit"), new JsonArray("hub.submit hub.read"), "openid hub.submit  hub.read profile"])
        {
            var claims = Issuer.Machine(Now, "adm-UA", "UA");
            claims["scope"] = scope;

            var caller = await AcceptedAsync(Issuer.Sign(claims));

            Assert.Equal(["hub.read", "hub.submit"], caller.Scopes.Where(s => s.StartsWith("hub.", StringComparison.Ordinal)));
        }
    }

    [Fact]
    public async Task Audience_InAnArrayWithOthers_IsFound()
    {
        var claims = Issuer.Machine(Now, "adm-UA", "UA", "hub.submit");
        claims["aud"] = new JsonArray("https://issuer.test/resources", "hub", "other");

        await AcceptedAsync(Issuer.Sign(claims));
    }

    [Theory]
    [InlineData("olena", true, CallerKind.Person)]
    [InlineData("olena", false, CallerKind.Machine)]
    [InlineData("adm-UA", true, CallerKind.Machine)]
    [InlineData(null, true, CallerKind.Machine)]
    public async Task Person_IsWhoSignedInAndIsNotTheClient(string? subject, bool signedIn, CallerKind kind)
    {
        var claims = Issuer.Machine(Now, "adm-UA", "UA", "hub.submit");
        claims.Remove("sub");
        if (subject is not null) claims["sub"] = subject;
        if (signedIn) claims["auth_time"] = Now.ToUnixTimeSeconds();

        var caller = await AcceptedAsync(Issuer.Sign(claims));

        Assert.Equal((kind, kind == CallerKind.Person ? subject : ""), (caller.Kind, caller.Subject));
    }

    [Fact]
    public async Task Person_WhoseSignInHasNoTime_IsAMachine()
    {
        var claims = Issuer.Machine(Now, "adm-UA", "UA", "hub.submit");
        (claims["sub"], claims["auth_time"]) = ("olena", null);

        Assert.Equal(CallerKind.Machine, (await AcceptedAsync(Issuer.Sign(claims))).Kind);
    }

    private static void Times(JsonObject claims, DateTimeOffset from, DateTimeOffset to)
    {
        claims["iat"] = from.ToUnixTimeSeconds();
        claims["nbf"] = from.ToUnixTimeSeconds();
        claims["exp"] = to.ToUnixTimeSeconds();
    }

    private static string Url(byte[] bytes) => System.Buffers.Text.Base64Url.EncodeToString(bytes);

    private async Task<WhoAmIResponse> AcceptedAsync(string token)
    {
        var answer = await raw.CallAsync(WhoAmI, "{}", token);
        Assert.True(answer.Code == Grpc.Core.StatusCode.OK, answer.Text);
        return WhoAmIResponse.Parser.ParseFrom(answer.Bytes);
    }

    private async Task RefusedAsync(string token)
    {
        var answer = await raw.CallAsync(WhoAmI, "{}", token);

        Assert.Equal((Grpc.Core.StatusCode.Unauthenticated, "TOKEN_INVALID", "hub.v1"), (answer.Code, answer.Reason, answer.Domain));
        Assert.DoesNotContain("UA", answer.Text, StringComparison.Ordinal);
    }

    // A payload that no JsonObject can hold.
    private string SignText(string payload)
    {
        var signed = Issuer.Sign(new JsonObject());
        var header = signed.Split('.')[0];
        var input = $"{header}.{Url(Encoding.UTF8.GetBytes(payload))}";
        return $"{input}.{Url(Issuer.SignRaw(Encoding.ASCII.GetBytes(input)))}";
    }

    private async Task<ECDsa> PublishedKeyAsync()
    {
        using var http = new HttpClient(Issuer.Handler());
        var jwks = JsonNode.Parse(await http.GetStringAsync(new Uri("https://issuer.test/.well-known/jwks"), TestContext.Current.CancellationToken))!;
        var key = jwks["keys"]!.AsArray().First(k => (string)k!["kid"]! == "test-1")!;
        return ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint
            {
                X = System.Buffers.Text.Base64Url.DecodeFromChars((string)key["x"]!),
                Y = System.Buffers.Text.Base64Url.DecodeFromChars((string)key["y"]!),
            },
        });
    }
}
