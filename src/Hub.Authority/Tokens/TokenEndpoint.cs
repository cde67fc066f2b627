using System.Security.Claims;
using Hub.Authority.Clients;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Hub.Authority.Tokens;

/// <summary>The last step of a token request: OpenIddict has authenticated the client, this decides what the token says.</summary>
internal static class TokenEndpoint
{
    public const string Path = "/connect/token";

    public static void Map(IEndpointRouteBuilder routes) => routes.MapPost(Path, ExchangeAsync).AllowAnonymous();

    private static async Task<IResult> ExchangeAsync(HttpContext http, ClientRegistration clients, CancellationToken cancellation)
    {
        var request = http.GetOpenIddictServerRequest()!;
        return await ForMachineAsync(request, clients, cancellation);
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
}
