using System.Buffers.Text;
using System.Text.Json;

namespace Hub.Silo.Access;

/// <summary>Reads the caller from the claims of a token whose signature, issuer, audience and times were verified.</summary>
internal static class CallerClaims
{
    /// <summary>The caller, or what is wrong with the token. Claims come in the shapes that issuers really send.</summary>
    public static (Caller? Caller, string? Fault) Read(string encodedPayload, TokenOptions options, DateTimeOffset now)
    {
        try
        {
            var strict = new JsonDocumentOptions { AllowDuplicateProperties = false };
            using var document = JsonDocument.Parse(Base64Url.DecodeFromChars(encodedPayload), strict);
            return Read(document.RootElement, options, now);
        }
        catch (Exception e) when (e is JsonException or FormatException)
        {
            return (null, "its payload is not a JSON object with each claim once");
        }
    }

    private static (Caller?, string?) Read(JsonElement claims, TokenOptions options, DateTimeOffset now)
    {
        if (claims.TryGetProperty("cnf", out _))
        {
            return (null, "it is bound to a key (cnf), and this Hub does not verify that binding");
        }

        if (Text(claims, "client_id") is not { Length: > 0 } clientId)
        {
            return (null, "it has no client_id");
        }

        var fault = LifetimeFault(claims, options, now);
        if (fault is not null)
        {
            return (null, fault);
        }

        var subject = Subject(claims, clientId);
        var claim = subject is null ? options.AdministrationClaim : options.PersonAdministrationClaim;
        if (claims.TryGetProperty(claim, out var administration) && administration.ValueKind != JsonValueKind.String)
        {
            return (null, $"its claim {claim} is not one string");
        }

        return (new Caller(clientId, subject, Text(claims, claim), ReadScopes(claims)), null);
    }

    private static string? LifetimeFault(JsonElement claims, TokenOptions options, DateTimeOffset now)
    {
        if (!Seconds(claims, "iat", out var issued) || !Seconds(claims, "exp", out var expires))
        {
            return "it has no iat or no exp";
        }

        // Else a short life that begins years ahead would be a long one from now on.
        if (issued > (now + options.ClockSkewMax).ToUnixTimeSeconds())
        {
            return "it says that it will be issued later (iat): compare the issuer's clock with this one's";
        }

        var max = options.TokenLifetimeMax;
        return expires - issued > max.TotalSeconds
            ? $"it lives longer than {max.TotalMinutes:0.#} minutes (exp − iat): lower the lifetime at the issuer, or raise Authority:TokenLifetimeMax"
            : null;
    }

    // A person signed in (auth_time) and is somebody else than the client: OpenIddict gives machines a sub, Duende none.
    private static string? Subject(JsonElement claims, string clientId) =>
        Seconds(claims, "auth_time", out _) && Text(claims, "sub") is { Length: > 0 } subject && subject != clientId ? subject : null;

    private static HashSet<string> ReadScopes(JsonElement claims)
    {
        if (!claims.TryGetProperty("scope", out var scope))
        {
            return [];
        }

        var texts = scope.ValueKind == JsonValueKind.Array
            ? scope.EnumerateArray().Where(s => s.ValueKind == JsonValueKind.String).Select(s => s.GetString()!)
            : scope.ValueKind == JsonValueKind.String ? [scope.GetString()!] : [];
        return [.. texts.SelectMany(t => t.Split(' ', StringSplitOptions.RemoveEmptyEntries))];
    }

    private static string? Text(JsonElement claims, string name) =>
        claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    private static bool Seconds(JsonElement claims, string name, out double seconds)
    {
        seconds = 0;
        return claims.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out seconds);
    }
}
