using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.IdentityModel.Tokens;

namespace Hub.Testing;

/// <summary>An OIDC issuer that tests sign for: discovery and keys over a message handler without ports, tokens of any shape.</summary>
public sealed class TestIssuer : IDisposable
{
    private readonly Dictionary<string, ECDsa> keys = [];
    private readonly RSA rsa = RSA.Create(2048);
    private int fetches;

    public TestIssuer() => AddKey("test-1");

    public string Address { get; } = "https://issuer.test";

    /// <summary>How often the published keys were asked for.</summary>
    public int KeyFetches => fetches;

    /// <summary>While true, every request fails as it does when nobody listens.</summary>
    public bool IsDown { get; set; }

    /// <summary>Whether its set of keys is empty, as in a rotation that went wrong.</summary>
    public bool PublishesNoKey { get; set; }

    /// <summary>What the discovery document states as the issuer; the address unless a test lies.</summary>
    public string? StatedIssuer { get; set; }

    /// <summary>Key ids that sign but are not published.</summary>
    public ISet<string> Unpublished { get; } = new HashSet<string>();

    public void AddKey(string kid) => keys[kid] = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    public HttpMessageHandler Handler() => new Published(this);

    /// <summary>Claims of a machine's token as OpenIddict sends them, valid at <paramref name="now"/>.</summary>
    public JsonObject Machine(DateTimeOffset now, string clientId, string? administration, params string[] scopes)
    {
        var claims = new JsonObject
        {
            ["iss"] = Address,
            ["sub"] = clientId,
            ["aud"] = "hub",
            ["client_id"] = clientId,
            ["scope"] = string.Join(' ', scopes),
            ["iat"] = now.ToUnixTimeSeconds(),
            ["nbf"] = now.ToUnixTimeSeconds(),
            ["exp"] = now.AddMinutes(10).ToUnixTimeSeconds(),
            ["jti"] = Guid.NewGuid().ToString("N"),
        };
        if (administration is not null)
        {
            claims["administration"] = administration;
        }

        return claims;
    }

    /// <summary>Claims of a person's token.</summary>
    public JsonObject Person(DateTimeOffset now, string subject, string? administration, params string[] scopes)
    {
        var claims = Machine(now, "hub-cli", administration, scopes);
        claims["sub"] = subject;
        claims["auth_time"] = now.ToUnixTimeSeconds();
        claims["amr"] = new JsonArray("pwd");
        return claims;
    }

    /// <summary>Signs claims with ES256.</summary>
    public string Sign(JsonObject claims, string kid = "test-1", string typ = "at+jwt") =>
        Encode(new JsonObject { ["alg"] = "ES256", ["kid"] = kid, ["typ"] = typ }, claims, input =>
            keys[kid].SignData(input, HashAlgorithmName.SHA256));

    /// <summary>Signs a token's two first parts: for payloads that no JSON writer makes.</summary>
    public byte[] SignRaw(byte[] input, string kid = "test-1") => keys[kid].SignData(input, HashAlgorithmName.SHA256);

    /// <summary>Signs claims with RS256, as Duende IdentityServer does by default; the key is published as `rsa-1`.</summary>
    public string SignRsa(JsonObject claims, string kid = "rsa-1") =>
        Encode(new JsonObject { ["alg"] = "RS256", ["kid"] = kid, ["typ"] = "at+jwt" }, claims, input =>
            rsa.SignData(input, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    /// <summary>A token with any header and any signature: what an attacker sends.</summary>
    public static string Encode(JsonObject header, JsonObject claims, Func<byte[], byte[]> sign)
    {
        var input = $"{Part(header)}.{Part(claims)}";
        return $"{input}.{Base64UrlEncoder.Encode(sign(System.Text.Encoding.ASCII.GetBytes(input)))}";
    }

    public void Dispose()
    {
        rsa.Dispose();
        foreach (var key in keys.Values)
        {
            key.Dispose();
        }
    }

    private static string Part(JsonObject json) => Base64UrlEncoder.Encode(JsonSerializer.SerializeToUtf8Bytes(json));

    private JsonObject Discovery() => new()
    {
        ["issuer"] = StatedIssuer ?? Address,
        ["jwks_uri"] = $"{Address}/.well-known/jwks",
    };

    private JsonObject Jwks()
    {
        Interlocked.Increment(ref fetches);
        var published = new JsonArray();
        foreach (var (kid, key) in keys.Where(k => !Unpublished.Contains(k.Key)))
        {
            var point = key.ExportParameters(false).Q;
            published.Add(new JsonObject
            {
                ["kty"] = "EC",
                ["use"] = "sig",
                ["kid"] = kid,
                ["alg"] = "ES256",
                ["crv"] = "P-256",
                ["x"] = Base64UrlEncoder.Encode(point.X),
                ["y"] = Base64UrlEncoder.Encode(point.Y),
            });
        }

        var modulus = rsa.ExportParameters(false);
        published.Add(new JsonObject
        {
            ["kty"] = "RSA",
            ["use"] = "sig",
            ["kid"] = "rsa-1",
            ["alg"] = "RS256",
            ["n"] = Base64UrlEncoder.Encode(modulus.Modulus),
            ["e"] = Base64UrlEncoder.Encode(modulus.Exponent),
        });
        return new JsonObject { ["keys"] = PublishesNoKey ? [] : published };
    }

    private sealed class Published(TestIssuer issuer) : HttpMessageHandler
    {
        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            if (issuer.IsDown)
            {
                throw new HttpRequestException("Connection refused");
            }

            var body = request.RequestUri!.AbsolutePath switch
            {
                "/.well-known/openid-configuration" => issuer.Discovery(),
                "/.well-known/jwks" => issuer.Jwks(),
                _ => null,
            };
            return Task.FromResult(body is null
                ? new HttpResponseMessage(HttpStatusCode.NotFound)
                : new HttpResponseMessage(HttpStatusCode.OK) { Content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json") });
        }
    }
}
