namespace Hub.Silo.Access;

/// <summary>Which tokens the Hub accepts: those of one OIDC issuer, configured under "Authority".</summary>
internal sealed class TokenOptions
{
    public const string Section = "Authority";

    /// <summary>The issuer exactly as its tokens state it in `iss`.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>Where the issuer is reached, if that differs from its name (a proxy, a test).</summary>
    public string? Address { get; set; }

    /// <summary>What a token must state in `aud`.</summary>
    public string Audience { get; set; } = "hub";

    /// <summary>Claim of a machine's token that names its administration. Duende IdentityServer: client_administration.</summary>
    public string AdministrationClaim { get; set; } = "administration";

    /// <summary>Claim of a person's token that names the administration.</summary>
    public string PersonAdministrationClaim { get; set; } = "administration";

    /// <summary>A token whose exp − iat is longer is refused.</summary>
    public TimeSpan TokenLifetimeMax { get; set; } = TimeSpan.FromMinutes(10);

    /// <summary>How far the clocks of issuer and Hub may differ.</summary>
    public TimeSpan ClockSkewMax { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>An unknown key id makes the Hub fetch the issuer's keys again, but not more often than this.</summary>
    public TimeSpan KeyRefreshIntervalMin { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Keys older than this are fetched again in the background, so that a withdrawn key is forgotten.</summary>
    public TimeSpan KeyAgeMax { get; set; } = TimeSpan.FromMinutes(30);

    /// <summary>Signatures that are accepted. Empty by default, because the binder appends to what is there: see <see cref="Accepted"/>.</summary>
    public string[] Algorithms { get; set; } = [];

    /// <summary>Asymmetric signatures only: with a shared secret the Hub could forge what it verifies.</summary>
    public IReadOnlyList<string> Accepted => Algorithms is { Length: > 0 } configured ? configured : ["ES256", "RS256", "PS256"];

    /// <summary>Plain http to the issuer, for a sandbox on loopback only.</summary>
    public bool AllowHttp { get; set; }

    public IEnumerable<string> Mistakes()
    {
        if (!Uri.TryCreate(Issuer, UriKind.Absolute, out var issuer))
        {
            yield return "Authority:Issuer must be the absolute address of the OIDC issuer, for example https://issuer.example.";
        }
        else if (issuer.Scheme != Uri.UriSchemeHttps && !AllowHttp)
        {
            yield return "Authority:Issuer must be https. Only a sandbox on loopback may set Authority:AllowHttp.";
        }

        if (TokenLifetimeMax <= TimeSpan.Zero || TokenLifetimeMax > TimeSpan.FromHours(24))
        {
            yield return "Authority:TokenLifetimeMax must be more than zero and at most a day.";
        }

        if (Accepted.Any(a => a is not ("ES256" or "ES384" or "ES512" or "RS256" or "RS384" or "RS512" or "PS256" or "PS384" or "PS512")))
        {
            yield return "Authority:Algorithms may list ES, RS and PS algorithms only.";
        }
    }
}
