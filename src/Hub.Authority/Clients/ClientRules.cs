using System.Text.RegularExpressions;
using Hub.Authority.Management;
using Microsoft.IdentityModel.Tokens;

namespace Hub.Authority.Clients;

/// <summary>What may be registered; every mistake is named, not the first alone.</summary>
internal static partial class ClientRules
{
    public static IEnumerable<Violation> Check(Client client)
    {
        var machine = client.Keys.Count > 0;
        if (machine == client.RedirectUris.Count > 0)
        {
            return [.. CheckNames(client), new Violation("jwks", "a client has either keys (jwks) or redirectUris",
                "send jwks for a machine, redirectUris for an application that persons sign in through")];
        }
        return [.. CheckNames(client), .. machine ? CheckMachine(client) : CheckApplication(client)];
    }

    public static IEnumerable<Violation> CheckAdministration(string? administration)
    {
        if (administration is not null && !AdministrationName().IsMatch(administration))
        {
            yield return new Violation("administration", "an administration is 2 to 12 upper-case letters or digits, first a letter",
                "send its ISO 3166 alpha-2 code or its WCO code, or leave the field out");
        }
    }

    private static IEnumerable<Violation> CheckNames(Client client)
    {
        if (!ClientName().IsMatch(client.ClientId))
        {
            yield return new Violation("clientId", $"1 to {Limits.NameLengthMax} lower-case letters, digits, '-' or '.', first a letter",
                "choose another client id");
        }
        foreach (var unknown in client.Scopes.Except(Scopes.All))
        {
            yield return new Violation("scopes", $"'{unknown}' is no scope of this authority", $"choose among {string.Join(' ', Scopes.All)}");
        }
    }

    private static IEnumerable<Violation> CheckMachine(Client client)
    {
        foreach (var violation in CheckAdministration(client.Administration))
        {
            yield return violation;
        }
        if (client.Scopes.Contains(Scopes.Review))
        {
            yield return new Violation("scopes", "a machine never holds hub.review", "give it to a person");
        }
        if (client.Scopes.Contains(Scopes.Submit) && client.Administration is null)
        {
            yield return new Violation("administration", "who holds hub.submit speaks for an administration", "send administration");
        }
        if (client.Scopes.Count == 0)
        {
            yield return new Violation("scopes", "a machine needs at least one scope", $"choose among {string.Join(' ', Scopes.OfMachines)}");
        }
        foreach (var violation in CheckKeys(client.Keys))
        {
            yield return violation;
        }
    }

    private static IEnumerable<Violation> CheckKeys(IReadOnlyList<JsonWebKey> keys)
    {
        if (keys.Count > Limits.ClientKeysMax)
        {
            yield return new Violation("jwks", $"at most {Limits.ClientKeysMax} keys are live", "remove the old key first");
        }
        if (keys.Select(key => key.Kid).Distinct().Count() < keys.Count)
        {
            yield return new Violation("jwks", "each key has a kid of its own", "give the new key another kid");
        }
        foreach (var violation in keys.SelectMany(ClientKeyRules.Check))
        {
            yield return violation;
        }
    }

    private static IEnumerable<Violation> CheckApplication(Client client)
    {
        if (client.Administration is not null)
        {
            yield return new Violation("administration", "an application speaks for the person who signs in", "leave the field out");
        }
        if (client.RedirectUris.Count > Limits.RedirectUrisMax)
        {
            yield return new Violation("redirectUris", $"at most {Limits.RedirectUrisMax} addresses", "register another client");
        }
        foreach (var uri in client.RedirectUris.Where(uri => !IsRedirect(uri)))
        {
            yield return new Violation("redirectUris", $"'{uri}' must be absolute, https (http on 127.0.0.1 or [::1] only), without fragment",
                "send the address that the application listens on");
        }
    }

    private static bool IsRedirect(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.Host is "127.0.0.1" or "[::1]"));

    [GeneratedRegex(@"^[a-z][a-z0-9.\-]{0,63}\z")]
    private static partial Regex ClientName();

    [GeneratedRegex(@"^[A-Z][A-Z0-9]{1,11}\z")]
    private static partial Regex AdministrationName();
}
