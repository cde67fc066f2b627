using System.Collections.Concurrent;
using System.Security.Cryptography;
using System.Text;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace Hub.Silo.Access;

/// <summary>
/// Turns an access token into a <see cref="Caller"/>. A verified token is remembered by its hash until it expires, because the
/// signature check is by far the dearest part of a call; a change of the issuer's keys forgets them all.
/// </summary>
internal sealed class TokenVerifier(TokenOptions options, IssuerKeys keys, TimeProvider time)
{
    private readonly JsonWebTokenHandler tokens = new() { MapInboundClaims = false };
    private volatile Remembered remembered = new([], []);

    public async ValueTask<Decision<Caller>> VerifyAsync(string token, CancellationToken cancellationToken)
    {
        if (token.Length > Limits.TokenCharsMax)
        {
            return Invalid("it is too long");
        }

        var keySet = await keys.GetAsync(cancellationToken);
        var memory = MemoryFor(keySet.Keys);
        var hash = Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
        if (memory.Callers.TryGetValue(hash, out var known) && known.ExpiresAt > time.GetUtcNow())
        {
            return known.Caller;
        }

        return await VerifyFreshAsync(token, hash, keySet, cancellationToken);
    }

    private async Task<Decision<Caller>> VerifyFreshAsync(string token, string hash, IssuerKeys.KeySet keySet, CancellationToken cancellationToken)
    {
        var result = await tokens.ValidateTokenAsync(token, Parameters(keySet.Keys));
        if (result.Exception is SecurityTokenSignatureKeyNotFoundException)
        {
            keySet = await keys.RefreshAsync(cancellationToken);
            result = await tokens.ValidateTokenAsync(token, Parameters(keySet.Keys));
        }

        if (!result.IsValid)
        {
            return Invalid(Fault(result.Exception));
        }

        var verified = (JsonWebToken)result.SecurityToken;
        if (verified.TryGetHeaderValue<object>("crit", out _))
        {
            return Invalid("it names extensions that must be understood (crit), and this Hub understands none");
        }

        var (caller, fault) = CallerClaims.Read(verified.EncodedPayload, options, time.GetUtcNow());
        if (caller is null)
        {
            return Invalid(fault!);
        }

        MemoryFor(keySet.Keys).Remember(hash, caller, verified.ValidTo);
        return caller;
    }

    private TokenValidationParameters Parameters(IEnumerable<SecurityKey> signingKeys) => new()
    {
        ValidIssuer = options.Issuer,
        ValidAudience = options.Audience,
        ValidTypes = ["at+jwt", "application/at+jwt"],
        ValidAlgorithms = options.Accepted,
        IssuerSigningKeys = signingKeys,
        TryAllIssuerSigningKeys = false,
        RequireSignedTokens = true,
        RequireExpirationTime = true,
        LifetimeValidator = IsAlive,
    };

    private bool IsAlive(DateTime? notBefore, DateTime? expires, SecurityToken _, TokenValidationParameters __)
    {
        // Compared with what lies beside now: a token without nbf comes here with the least time that there is, from which nothing can be taken.
        var now = time.GetUtcNow().UtcDateTime;
        return expires is { } end && now - options.ClockSkewMax < end && !(notBefore is { } start && now + options.ClockSkewMax < start);
    }

    private Remembered MemoryFor(IReadOnlyList<SecurityKey> current)
    {
        var memory = remembered;
        return ReferenceEquals(memory.Keys, current) ? memory : remembered = new Remembered(current, []);
    }

    // Words of our own: the library's text may hold parts of the token.
    private static string Fault(Exception? exception) => exception switch
    {
        SecurityTokenSignatureKeyNotFoundException => "it is signed by a key that the issuer does not publish",
        SecurityTokenInvalidLifetimeException or SecurityTokenExpiredException or SecurityTokenNotYetValidException or SecurityTokenNoExpirationException
            => "it is expired, or not valid yet",
        SecurityTokenInvalidAudienceException => "it is for another audience",
        SecurityTokenInvalidIssuerException => "it is of another issuer",
        SecurityTokenInvalidTypeException => "its typ is not at+jwt",
        SecurityTokenInvalidAlgorithmException or SecurityTokenInvalidSignatureException => "its signature is not valid",
        _ => "it is malformed",
    };

    private static Refusal Invalid(string fault) =>
        new(ErrorReason.TokenInvalid, $"The access token is refused: {fault}. Get a new one from the configured issuer.");

    /// <summary>Callers of verified tokens, by the token's hash, under one set of keys. Bounded: when full it starts anew.</summary>
    private sealed record Remembered(IReadOnlyList<SecurityKey> Keys, ConcurrentDictionary<string, (Caller Caller, DateTimeOffset ExpiresAt)> Callers)
    {
        public void Remember(string hash, Caller caller, DateTime validTo)
        {
            if (Callers.Count >= Limits.RememberedTokensMax)
            {
                Callers.Clear();
            }

            Callers[hash] = (caller, new DateTimeOffset(validTo, TimeSpan.Zero));
        }
    }
}
