using Hub.Authority.Clients;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Hub.Authority;

/// <summary>What an operator sets in the configuration section <c>Authority</c>; checked as a whole at start.</summary>
internal sealed class AuthorityOptions
{
    public const string Section = "Authority";

    /// <summary>The issuer's address, exactly as it stands in every token: scheme, host and port, no path, no trailing slash.</summary>
    public string Issuer { get; set; } = "";

    /// <summary>A folder of the authority's own: database, signing keys, first key of management.</summary>
    public string DataFolder { get; set; } = "";

    public TimeSpan AccessTokenLifetime { get; set; } = Limits.AccessTokenLifetimeMax;

    /// <summary>Plain http, for a sandbox on one machine only.</summary>
    public bool AllowHttp { get; set; }

    /// <summary>The public JWK of the first management client; without it a pair is made at first start.</summary>
    public string? ManagementKey { get; set; }

    public Uri IssuerUri => new(Issuer);
    public string DatabaseFile => Path.Combine(DataFolder, "authority.db");
    public string ConnectionString => new SqliteConnectionStringBuilder { DataSource = DatabaseFile }.ToString();
}

/// <summary>Names the key, the rule and the remedy of every wrong setting, all at once.</summary>
internal sealed class AuthorityOptionsRules : IValidateOptions<AuthorityOptions>
{
    public ValidateOptionsResult Validate(string? name, AuthorityOptions options)
    {
        string[] mistakes = [.. Issuer(options), .. Folder(options), .. Lifetime(options), .. Key(options)];
        return mistakes.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }

    private static IEnumerable<string> Issuer(AuthorityOptions options)
    {
        if (!Uri.TryCreate(options.Issuer, UriKind.Absolute, out var issuer) || issuer.GetLeftPart(UriPartial.Authority) != options.Issuer)
        {
            yield return "Authority:Issuer must be scheme, host and port alone, without a trailing slash: set it to the address that"
                + " clients use, such as https://authority.example.org.";
            yield break;
        }
        if (issuer.Scheme != Uri.UriSchemeHttps && !(issuer.Scheme == Uri.UriSchemeHttp && options.AllowHttp))
        {
            yield return "Authority:Issuer must be https: set an https address; in a sandbox on one machine set Authority:AllowHttp to true.";
        }
    }

    private static IEnumerable<string> Folder(AuthorityOptions options)
    {
        if (!Path.IsPathFullyQualified(options.DataFolder))
        {
            yield return "Authority:DataFolder must be an absolute path: set it to a folder of the authority's own, which it may create.";
        }
    }

    private static IEnumerable<string> Lifetime(AuthorityOptions options)
    {
        if (options.AccessTokenLifetime < Limits.AccessTokenLifetimeMin || options.AccessTokenLifetime > Limits.AccessTokenLifetimeMax)
        {
            yield return $"Authority:AccessTokenLifetime must be {Limits.AccessTokenLifetimeMin} to {Limits.AccessTokenLifetimeMax}:"
                + " the Hub refuses tokens that live longer; leave it out for the default.";
        }
    }

    private static IEnumerable<string> Key(AuthorityOptions options)
    {
        if (options.ManagementKey is { } jwk && !IsPublicKey(jwk))
        {
            yield return "Authority:ManagementKey must be the public JWK of a client key, with a kid: set it to such a text, or leave it out and a"
                + " pair is made at first start.";
        }
    }

    private static bool IsPublicKey(string jwk)
    {
        try
        {
            return !ClientKeyRules.Check(new JsonWebKey(jwk)).Any();
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
