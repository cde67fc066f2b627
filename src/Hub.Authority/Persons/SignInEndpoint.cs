using System.Text;
using Hub.Authority.Clients;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.WebUtilities;

namespace Hub.Authority.Persons;

/// <summary>
/// Shows the form and takes it back. The only way on is back to our own authorization endpoint, which checks the application and its
/// redirect address again: no other <c>returnUrl</c> is followed.
/// </summary>
internal static class SignInEndpoint
{
    public const string Path = "/account/sign-in";
    public const string OneAtATime = "sign-in";
    private const string WayBack = AuthorizationEndpoint.Path + "?";

    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet(Path, ShowAsync).AllowAnonymous();
        routes.MapPost(Path, TakeAsync).AllowAnonymous().RequireRateLimiting(OneAtATime);
    }

    public static string AddressFor(string returnUrl) => QueryHelpers.AddQueryString(Path, "returnUrl", returnUrl);

    private static Task<IResult> ShowAsync(HttpContext http, [FromQuery] string? returnUrl, IAntiforgery antiforgery, ClientRegistration clients) =>
        PageAsync(http, returnUrl, userName: "", failed: false, antiforgery, clients);

    private static async Task<IResult> TakeAsync(
        HttpContext http, [FromQuery] string? returnUrl, [FromForm] Credentials form, [FromServices] SignInServices services)
    {
        if (!IsWayBack(returnUrl))
        {
            return NotFromHere();
        }
        if (await services.SignIn.TryAsync(form.UserName ?? "", form.Password ?? "") is not { } person)
        {
            return await PageAsync(http, returnUrl, form.UserName ?? "", failed: true, services.Antiforgery, services.Clients);
        }
        await services.Session.BeginAsync(http, person);
        return Results.LocalRedirect(returnUrl!);
    }

    private static async Task<IResult> PageAsync(
        HttpContext http, string? returnUrl, string userName, bool failed, IAntiforgery antiforgery, ClientRegistration clients)
    {
        if (!IsWayBack(returnUrl))
        {
            return NotFromHere();
        }
        var name = QueryHelpers.ParseQuery(returnUrl![AuthorizationEndpoint.Path.Length..])["client_id"].ToString();
        var client = await clients.TryGetAsync(name, http.RequestAborted);
        http.Response.Headers.ContentSecurityPolicy = SignInPage.Policy(client?.RedirectUris.Select(Origin).Distinct() ?? []);
        return Results.Content(
            SignInPage.Write(client?.ClientId ?? "the application", userName, failed, antiforgery.GetAndStoreTokens(http)),
            "text/html", Encoding.UTF8, failed ? StatusCodes.Status401Unauthorized : StatusCodes.Status200OK);
    }

    /// <summary>A loopback address without a port stands for every port.</summary>
    private static string Origin(string redirectUri) => new Uri(redirectUri) is { IsLoopback: true, IsDefaultPort: true } loopback
        ? $"{loopback.GetLeftPart(UriPartial.Authority)}:*"
        : new Uri(redirectUri).GetLeftPart(UriPartial.Authority);

    private static bool IsWayBack(string? returnUrl) => returnUrl?.StartsWith(WayBack, StringComparison.Ordinal) == true;

    private static IResult NotFromHere() =>
        Results.Text("Start in the application that you want to use: it leads here by itself.", statusCode: StatusCodes.Status400BadRequest);
}

/// <summary>The fields of the form.</summary>
internal sealed record Credentials(string? UserName, string? Password);

/// <summary>What signing in needs.</summary>
internal sealed record SignInServices(PersonSignIn SignIn, Session Session, IAntiforgery Antiforgery, ClientRegistration Clients);
