using System.Text.Json;
using Hub.Authority.Management;
using Microsoft.IdentityModel.Tokens;

namespace Hub.Authority.Clients;

/// <summary>Which public keys a machine may register: strong, asymmetric, and public halves only.</summary>
internal static class ClientKeyRules
{
    private const int RsaBytesMin = 256;
    private static readonly string[] Curves = [JsonWebKeyECTypes.P256, JsonWebKeyECTypes.P384, JsonWebKeyECTypes.P521];

    public static IEnumerable<Violation> Check(JsonWebKey key)
    {
        if (HoldsSecret(key))
        {
            yield return new Violation("jwks", "a private or symmetric key was sent, so it is no longer secret",
                "throw that key away, make a new pair and send its public half");
            yield break;
        }
        if (string.IsNullOrEmpty(key.Kid) || key.Kid.Length > Limits.NameLengthMax)
        {
            yield return new Violation("jwks", $"each key has a kid of 1 to {Limits.NameLengthMax} characters", "add kid to the JWK");
        }
        if (key.Use is not null and not JsonWebKeyUseNames.Sig)
        {
            yield return new Violation("jwks", "use, if present, is 'sig'", "send a signing key");
        }
        if (!IsStrong(key))
        {
            yield return new Violation("jwks", "a key is EC on P-256, P-384 or P-521, or RSA of at least 2048 bits",
                "make such a pair and send its public half");
        }
    }

    /// <summary>The JWK that a request holds.</summary>
    public static JsonWebKey Read(JsonElement jwk)
    {
        try
        {
            return new JsonWebKey(jwk.GetRawText());
        }
        catch (Exception malformed) when (malformed is ArgumentException or JsonException)
        {
            throw new RefusedException("jwks", "each key is a JWK (RFC 7517)", "send the public half of a key as JWK");
        }
    }

    /// <summary>The JWK Set that a request holds.</summary>
    public static IReadOnlyList<JsonWebKey> ReadSet(JsonElement set) =>
        set.ValueKind == JsonValueKind.Object && set.TryGetProperty("keys", out var keys) && keys.ValueKind == JsonValueKind.Array
            ? [.. keys.EnumerateArray().Select(Read)]
            : throw new RefusedException("jwks", "a JWK Set is an object with an array 'keys' (RFC 7517)", "send {\"keys\": [ … ]}");

    private static bool HoldsSecret(JsonWebKey key) =>
        new[] { key.D, key.K, key.P, key.Q, key.DP, key.DQ, key.QI }.Any(part => !string.IsNullOrEmpty(part));

    private static bool IsStrong(JsonWebKey key)
    {
        try
        {
            return key.Kty switch
            {
                JsonWebAlgorithmsKeyTypes.EllipticCurve =>
                    Curves.Contains(key.Crv) && Base64UrlEncoder.DecodeBytes(key.X).Length > 0 && Base64UrlEncoder.DecodeBytes(key.Y).Length > 0,
                JsonWebAlgorithmsKeyTypes.RSA =>
                    Base64UrlEncoder.DecodeBytes(key.N).Length >= RsaBytesMin && Base64UrlEncoder.DecodeBytes(key.E).Length > 0,
                _ => false,
            };
        }
        catch (Exception malformed) when (malformed is FormatException or ArgumentException)
        {
            return false;
        }
    }
}
