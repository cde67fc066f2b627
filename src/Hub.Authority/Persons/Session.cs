using System.Globalization;
using System.Security.Claims;
using Hub.Authority.Storage;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;

namespace Hub.Authority.Persons;

/// <summary>Who is signed in with this browser, and since when.</summary>
internal sealed record SignedIn(Person Person, DateTimeOffset At);

/// <summary>
/// The cookie of a signed-in person. It is compared with the person at each use: a disabled account or a new password ends it.
/// </summary>
internal sealed class Session(UserManager<Person> persons, TimeProvider time)
{
    public const string Scheme = "person";
    private const string Stamp = "stamp";

    public static void Configure(CookieAuthenticationOptions cookie, IOptions<AuthorityOptions> authority)
    {
        cookie.Cookie.Name = CookieName(authority.Value, "hub-session");
        cookie.Cookie.SecurePolicy = authority.Value.AllowHttp ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
        cookie.Cookie.SameSite = SameSiteMode.Lax;
        cookie.ExpireTimeSpan = Limits.SessionLifetime;
        cookie.SlidingExpiration = false;
    }

    /// <summary>With the prefix a browser accepts the cookie from this host over https alone.</summary>
    public static string CookieName(AuthorityOptions authority, string name) => authority.AllowHttp ? name : "__Host-" + name;

    public Task BeginAsync(HttpContext http, Person person)
    {
        var identity = new ClaimsIdentity(Scheme);
        identity.SetClaim(OpenIddictConstants.Claims.Subject, person.Id);
        identity.SetClaim(OpenIddictConstants.Claims.AuthenticationTime, time.GetUtcNow().ToUnixTimeSeconds());
        identity.SetClaim(Stamp, person.SecurityStamp);
        return http.SignInAsync(Scheme, new ClaimsPrincipal(identity));
    }

    public async Task<SignedIn?> ReadAsync(HttpContext http)
    {
        var cookie = (await http.AuthenticateAsync(Scheme)).Principal;
        if (cookie?.GetClaim(OpenIddictConstants.Claims.Subject) is not { } subject
            || await persons.FindByIdAsync(subject) is not { Disabled: false } person
            || person.SecurityStamp != cookie.GetClaim(Stamp))
        {
            return null;
        }
        var since = long.Parse(cookie.GetClaim(OpenIddictConstants.Claims.AuthenticationTime)!, CultureInfo.InvariantCulture);
        return new SignedIn(person, DateTimeOffset.FromUnixTimeSeconds(since));
    }
}
