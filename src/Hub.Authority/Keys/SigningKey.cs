using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Hub.Authority.Keys;

/// <summary>One key of the authority: P-256, for ES256.</summary>
/// <param name="Id">The key's RFC 7638 thumbprint, its <c>kid</c>.</param>
/// <param name="Pkcs8">The private key; it leaves this process only to its own file.</param>
/// <param name="Published">Since when it stands in the JWKS.</param>
/// <param name="SignedUntil">When another key took over; none while it signs or has not signed yet.</param>
internal sealed record SigningKey(string Id, byte[] Pkcs8, DateTimeOffset Published, DateTimeOffset? SignedUntil)
{
    public static SigningKey Create(DateTimeOffset now)
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return new SigningKey(Jwk.Thumbprint(pair), pair.ExportPkcs8PrivateKey(), now, SignedUntil: null);
    }

    public SigningCredentials Credentials()
    {
        var pair = ECDsa.Create();
        pair.ImportPkcs8PrivateKey(Pkcs8, out _);
        return new SigningCredentials(new ECDsaSecurityKey(pair) { KeyId = Id }, SecurityAlgorithms.EcdsaSha256);
    }
}
