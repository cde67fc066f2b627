using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hub.SystemTests.Authority;

/// <summary>A member's system: a client id and a key pair, signing assertions as the SDK does, or wrongly where a test says so.</summary>
internal sealed class Machine(string clientId, ECDsa pair, TimeProvider time)
{
    public string ClientId => clientId;
    public string Kid { get; init; } = Guid.NewGuid().ToString("N");
    public JsonWebKey PublicKey => new(JsonSerializer.Serialize(PublicJwk()));

    public static Machine Create(TimeProvider time, string? clientId = null) =>
        new(clientId ?? $"machine-{Guid.NewGuid():N}", ECDsa.Create(ECCurve.NamedCurves.nistP256), time);

    /// <summary>A machine whose key stands in a file, such as the first manager's.</summary>
    public static Machine Read(string clientId, string file, TimeProvider time)
    {
        var jwk = new JsonWebKey(File.ReadAllText(file));
        var point = new ECPoint { X = Base64UrlEncoder.DecodeBytes(jwk.X), Y = Base64UrlEncoder.DecodeBytes(jwk.Y) };
        var pair = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = point, D = Base64UrlEncoder.DecodeBytes(jwk.D) });
        return new Machine(clientId, pair, time) { Kid = jwk.Kid };
    }

    /// <summary>The public half, as a member sends it.</summary>
    public Dictionary<string, string> PublicJwk()
    {
        var point = pair.ExportParameters(false).Q;
        return new()
        {
            ["kty"] = "EC",
            ["crv"] = "P-256",
            ["x"] = Base64UrlEncoder.Encode(point.X),
            ["y"] = Base64UrlEncoder.Encode(point.Y),
            ["kid"] = Kid,
        };
    }

    /// <summary>The pair, as a careless member might send it.</summary>
    public string PrivateJwk() => JsonSerializer.Serialize(
        new Dictionary<string, string>(PublicJwk()) { ["d"] = Base64UrlEncoder.Encode(pair.ExportParameters(true).D) });

    /// <summary>The same client with a new pair, as at a rotation; or a stranger that claims its name.</summary>
    public Machine WithNewKey() => Create(time, clientId);

    public string Sign(Action<SecurityTokenDescriptor>? wrongly = null)
    {
        var now = time.GetUtcNow().UtcDateTime;
        var descriptor = new SecurityTokenDescriptor
        {
            TokenType = "client-authentication+jwt",
            Issuer = clientId,
            Audience = AuthorityFixture.Issuer,
            IssuedAt = now,
            Expires = now.AddMinutes(1),
            Claims = new Dictionary<string, object> { ["sub"] = clientId, ["jti"] = Guid.NewGuid().ToString() },
            SigningCredentials = new SigningCredentials(new ECDsaSecurityKey(pair) { KeyId = Kid }, SecurityAlgorithms.EcdsaSha256),
        };
        wrongly?.Invoke(descriptor);
        return new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(descriptor);
    }
}
