using Hub.Authority.Clients;
using Hub.Authority.Storage;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Hub.Authority.Tokens;

/// <summary>The last step of a token request: OpenIddict has checked client, assertion or code; this decides what the token says.</summary>
internal static class TokenEndpoint
{
    public const string Path = "/connect/token";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost(Path, ExchangeAsync).AllowAnonymous();

    private static Task<IResult> ExchangeAsync(
        HttpContext http, ClientRegistration clients, UserManager<Person> persons, CancellationToken cancellation)
    {
        var request = http.GetOpenIddictServerRequest()!;
        return request.IsClientCredentialsGrantType() ? ForMachineAsync(request, clients, cancellation) : ForPersonAsync(http, persons);
    }

    private static async Task<IResult> ForMachineAsync(OpenIddictRequest request, ClientRegistration clients, CancellationToken cancellation)
    {
        var client = await clients.GetAsync(request.ClientId!, cancellation);
        var wanted = request.GetScopes();
        if (ScopeRules.Refuse(wanted, client.Scopes.Intersect(Scopes.OfMachines)) is { } reason)
        {
            return Grants.Refuse(Errors.InvalidScope, reason);
        }
        var identity = Grants.Identity(client.ClientId, wanted);
        identity.SetClaim(Grants.Administration, client.Administration);
        return Grants.Issue(identity);
    }

    /// <summary>What the token says was decided when the code was given; the account may have been disabled since.</summary>
    private static async Task<IResult> ForPersonAsync(HttpContext http, UserManager<Person> persons)
    {
        var code = (await http.AuthenticateAsync(OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)).Principal!;
        return await persons.FindByIdAsync(code.GetClaim(Claims.Subject)!) is { Disabled: false }
            ? Results.SignIn(code, properties: null, OpenIddictServerAspNetCoreDefaults.AuthenticationScheme)
            : Grants.Refuse(Errors.InvalidGrant, "This person's account is disabled.");
    }
}
