using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;

namespace Hub.Authority;

/// <summary>P-256 keys as JWK text; the <c>kid</c> is the RFC 7638 thumbprint.</summary>
internal static class Jwk
{
    public static string Write(ECDsa pair, bool includePrivate)
    {
        var point = pair.ExportParameters(includePrivate);
        var members = new Dictionary<string, string>
        {
            ["kty"] = JsonWebAlgorithmsKeyTypes.EllipticCurve,
            ["crv"] = JsonWebKeyECTypes.P256,
            ["x"] = Base64UrlEncoder.Encode(point.Q.X),
            ["y"] = Base64UrlEncoder.Encode(point.Q.Y),
            ["alg"] = SecurityAlgorithms.EcdsaSha256,
            ["use"] = JsonWebKeyUseNames.Sig,
            ["kid"] = Thumbprint(pair),
        };
        if (includePrivate)
        {
            members["d"] = Base64UrlEncoder.Encode(point.D);
        }
        return JsonSerializer.Serialize(members);
    }

    public static string Thumbprint(ECDsa pair) =>
        Base64UrlEncoder.Encode(JsonWebKeyConverter.ConvertFromECDsaSecurityKey(new ECDsaSecurityKey(pair)).ComputeJwkThumbprint());
}
