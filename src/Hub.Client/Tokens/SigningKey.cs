using System.Security.Cryptography;
using Microsoft.IdentityModel.Tokens;

namespace Hub.Client;

/// <summary>Reads a client's private key, and chooses the algorithm that fits it. No message of it quotes the key.</summary>
internal static class SigningKey
{
    private const int RsaBitsMin = 2048;

    private static readonly string[] Algorithms =
    [
        SecurityAlgorithms.EcdsaSha256, SecurityAlgorithms.EcdsaSha384, SecurityAlgorithms.EcdsaSha512,
        SecurityAlgorithms.RsaSsaPssSha256, SecurityAlgorithms.RsaSsaPssSha384, SecurityAlgorithms.RsaSsaPssSha512,
        SecurityAlgorithms.RsaSha256, SecurityAlgorithms.RsaSha384, SecurityAlgorithms.RsaSha512,
    ];

    /// <exception cref="FormatException">What is wrong, as the end of a sentence that begins with the key's name.</exception>
    public static SigningCredentials Parse(string text) =>
        text.Contains("-----BEGIN", StringComparison.Ordinal) ? FromPem(text) : FromJwk(text);

    private static SigningCredentials FromPem(string pem)
    {
        if (pem.Contains("ENCRYPTED", StringComparison.Ordinal)) throw new FormatException("is encrypted: decrypt it first.");
        if (TryImport(ECDsa.Create(), pem) is { } ec) return FromEc(ec);
        if (TryImport(RSA.Create(), pem) is { } rsa) return FromRsa(rsa);
        throw new FormatException("is not the PEM of an EC or RSA private key.");
    }

    private static T? TryImport<T>(T key, string pem) where T : AsymmetricAlgorithm
    {
        try
        {
            key.ImportFromPem(pem);
            return key;
        }
        catch (Exception e) when (e is ArgumentException or CryptographicException)
        {
            key.Dispose();
            return null;
        }
    }

    private static SigningCredentials FromEc(ECDsa key)
    {
        RequirePrivate(() => key.ExportParameters(includePrivateParameters: true));
        return new SigningCredentials(new ECDsaSecurityKey(key), key.KeySize switch
        {
            256 => SecurityAlgorithms.EcdsaSha256,
            384 => SecurityAlgorithms.EcdsaSha384,
            521 => SecurityAlgorithms.EcdsaSha512,
            _ => throw new FormatException("is on a curve that is not P-256, P-384 or P-521."),
        });
    }

    private static SigningCredentials FromRsa(RSA key)
    {
        if (key.KeySize < RsaBitsMin) throw new FormatException($"is an RSA key of less than {RsaBitsMin} bits.");
        RequirePrivate(() => key.ExportParameters(includePrivateParameters: true));
        return new SigningCredentials(new RsaSecurityKey(key), SecurityAlgorithms.RsaSsaPssSha256);
    }

    private static SigningCredentials FromJwk(string json)
    {
        JsonWebKey key;
        try
        {
            key = new JsonWebKey(json);
        }
        catch (ArgumentException)
        {
            throw new FormatException("is neither PEM nor a JWK.");
        }

        if (!key.HasPrivateKey) throw new FormatException("is a public JWK: the private one is needed (member d).");
        if (key.Kty == JsonWebAlgorithmsKeyTypes.RSA && key.KeySize < RsaBitsMin)
            throw new FormatException($"is an RSA key of less than {RsaBitsMin} bits.");
        var credentials = new SigningCredentials(key, Array.IndexOf(Algorithms, key.Alg) >= 0 ? key.Alg : DefaultAlgorithm(key));
        if (!key.CryptoProviderFactory.IsSupportedAlgorithm(credentials.Algorithm, key))
            throw new FormatException($"is a JWK that cannot sign with {credentials.Algorithm}.");
        return credentials;
    }

    private static string DefaultAlgorithm(JsonWebKey key) => (key.Kty, key.Crv) switch
    {
        (JsonWebAlgorithmsKeyTypes.RSA, _) => SecurityAlgorithms.RsaSsaPssSha256,
        (JsonWebAlgorithmsKeyTypes.EllipticCurve, JsonWebKeyECTypes.P256) => SecurityAlgorithms.EcdsaSha256,
        (JsonWebAlgorithmsKeyTypes.EllipticCurve, JsonWebKeyECTypes.P384) => SecurityAlgorithms.EcdsaSha384,
        (JsonWebAlgorithmsKeyTypes.EllipticCurve, JsonWebKeyECTypes.P521) => SecurityAlgorithms.EcdsaSha512,
        _ => throw new FormatException("is a JWK that is neither EC (P-256, P-384, P-521) nor RSA."),
    };

    private static void RequirePrivate(Action export)
    {
        try
        {
            export();
        }
        catch (CryptographicException)
        {
            throw new FormatException("is a public key: the private one is needed.");
        }
    }
}
