using Hub.Authority.Clients;
using Hub.Authority.Tokens;
using Microsoft.AspNetCore;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Hub.Authority.Persons;

/// <summary>
/// OpenIddict has checked the application, its redirect address and the PKCE challenge; here the person is asked to sign in, or the code
/// is given. Consent is implied: only applications of the house are registered.
/// </summary>
internal static class AuthorizationEndpoint
{
    public const string Path = "/connect/authorize";
    private const string Password = "pwd";

    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods(Path, [HttpMethods.Get, HttpMethods.Post], AuthorizeAsync).AllowAnonymous();

    private static async Task<IResult> AuthorizeAsync(
        HttpContext http, Session session, ClientRegistration clients, IOpenIddictTokenManager codes, TimeProvider time)
    {
        var request = http.GetOpenIddictServerRequest()!;
        var now = time.GetUtcNow();
        var signedIn = await session.ReadAsync(http);
        if (signedIn is null || MustSignInAgain(request, now - signedIn.At))
        {
            return request.HasPromptValue(PromptValues.None)
                ? Grants.Refuse(Errors.LoginRequired, "Nobody is signed in.")
                : Results.LocalRedirect(SignInEndpoint.AddressFor(WithoutPrompt(request)));
        }
        // Each new code sweeps out those that were spent or expired long ago.
        await codes.PruneAsync(now - Limits.SpentCodesKept, http.RequestAborted);
        var client = await clients.GetAsync(request.ClientId!, http.RequestAborted);
        return Decide(request.GetScopes(), client, signedIn);
    }

    private static IResult Decide(IReadOnlyList<string> wanted, Client client, SignedIn signedIn)
    {
        string[] resources = [.. wanted.Where(scope => scope != OpenIddictConstants.Scopes.OpenId)];
        if (ScopeRules.Refuse(resources, client.Scopes) is { } reason)
        {
            return Grants.Refuse(Errors.InvalidScope, reason);
        }
        string[] granted = [.. resources.Intersect(signedIn.Person.GrantedScopes)];
        if (granted.Length == 0)
        {
            return Grants.Refuse(Errors.AccessDenied, "None of these scopes is granted to this person.");
        }
        var identity = Grants.Identity(signedIn.Person.Id, granted);
        identity.SetScopes([.. granted, .. wanted.Except(resources)]);
        identity.SetClaim(Claims.AuthenticationTime, signedIn.At.ToUnixTimeSeconds());
        identity.SetClaim(Claims.AuthenticationMethodReference, Password);
        identity.SetClaim(Claims.Name, signedIn.Person.UserName);
        identity.SetClaim(Grants.Administration, signedIn.Person.Administration);
        return Grants.Issue(identity);
    }

    private static bool MustSignInAgain(OpenIddictRequest request, TimeSpan age) =>
        request.HasPromptValue(PromptValues.Login) || age.TotalSeconds > (request.MaxAge ?? long.MaxValue);

    /// <summary>After a fresh sign-in these two are satisfied; left in, they would ask for ever.</summary>
    private static string WithoutPrompt(OpenIddictRequest request) => Path + QueryString.Create(request.GetParameters()
        .Where(parameter => parameter.Key is not (Parameters.Prompt or Parameters.MaxAge))
        .Select(parameter => KeyValuePair.Create(parameter.Key, (string?)parameter.Value)));
}
