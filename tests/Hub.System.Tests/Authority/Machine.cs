using System.Security.Cryptography;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hub.SystemTests.Authority;

/// <summary>A member's system: a client id and a key pair, signing assertions as the SDK does, or wrongly where a test says so.</summary>
internal sealed class Machine(string clientId, ECDsa pair, TimeProvider time)
{
    public string ClientId => clientId;
    public string Kid { get; } = Guid.NewGuid().ToString("N");
    public JsonWebKey PublicKey
    {
        get
        {
            var key = JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(ECDsa.Create(pair.ExportParameters(false))));
            key.Kid = Kid;
            return key;
        }
    }

    public static Machine Create(TimeProvider time, string? clientId = null) =>
        new(clientId ?? $"machine-{Guid.NewGuid():N}", ECDsa.Create(ECCurve.NamedCurves.nistP256), time);

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
