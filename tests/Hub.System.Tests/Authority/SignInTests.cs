using System.Net;
using System.Text.Json;
using Hub.Authority.Persons;
using Hub.Authority.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using OpenIddict.EntityFrameworkCore.Models;
using Xunit;

namespace Hub.SystemTests.Authority;

public sealed class SignInTests(AuthorityFixture authority) : IClassFixture<AuthorityFixture>
{
    private const string Wrong = "not the password";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Reviewer_ThroughThePage_GetsATokenOfAPerson()
    {
        var (name, password, id) = await RegisterAsync("hub.review hub.read");
        var flow = new PersonFlow(authority);

        var back = await flow.SignInAsync(name, password, flow.Request("hub.review hub.read hub.operate"));
        Assert.Equal("a state", back["state"]);
        Assert.Equal(AuthorityFixture.Issuer, back["iss"]);
        var answer = await flow.RedeemAsync(back["code"]);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("at+jwt", answer.Token.Typ);
        var claims = answer.Claims;
        Assert.Equal(AuthorityFixture.Issuer, claims.GetProperty("iss").GetString());
        Assert.Equal("hub", claims.GetProperty("aud").GetString());
        Assert.Equal(id, claims.GetProperty("sub").GetString());
        Assert.Equal("hub-cli", claims.GetProperty("client_id").GetString());
        Assert.Equal(authority.Time.GetUtcNow().ToUnixTimeSeconds(), claims.GetProperty("auth_time").GetInt64());
        Assert.Equal(["pwd"], claims.GetProperty("amr").EnumerateArray().Select(method => method.GetString()));
        Assert.Equal(["hub.read", "hub.review"], claims.GetProperty("scope").GetString()!.Split(' ').Order());
        Assert.False(claims.TryGetProperty("administration", out _));
        Assert.False(claims.TryGetProperty("name", out _));
        Assert.Equal(600, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
        Assert.False(answer.Body.TryGetProperty("refresh_token", out _));
    }

    [Fact]
    public async Task Person_OfAnAdministration_CarriesIt()
    {
        var (name, password, _) = await RegisterAsync("hub.read", administration: "CA");
        var flow = new PersonFlow(authority);
        var back = await flow.SignInAsync(name, password, flow.Request("openid hub.read"));
        var answer = await flow.RedeemAsync(back["code"]);

        Assert.Equal("CA", answer.Claims.GetProperty("administration").GetString());
        var identity = new JsonWebToken(answer.Body.GetProperty("id_token").GetString());
        Assert.Equal(AuthorityFixture.Issuer, identity.Issuer);
        Assert.Equal("hub-cli", identity.Audiences.Single());
        Assert.Equal(name, identity.GetPayloadValue<string>("name"));
        Assert.Equal("pwd", identity.GetPayloadValue<JsonElement>("amr").EnumerateArray().Single().GetString());
    }

    [Fact]
    public async Task Code_WithAnotherVerifier_IsRefused()
    {
        var (name, password, _) = await RegisterAsync("hub.read");
        var flow = new PersonFlow(authority);
        var back = await flow.SignInAsync(name, password, flow.Request("hub.read"));

        (await flow.RedeemAsync(back["code"], new PersonFlow(authority).Verifier)).MustBeRefused("invalid_grant");
    }

    [Fact]
    public async Task Code_RedeemedTwice_IsRefused()
    {
        var (name, password, _) = await RegisterAsync("hub.read");
        var flow = new PersonFlow(authority);
        var back = await flow.SignInAsync(name, password, flow.Request("hub.read"));

        Assert.Equal(HttpStatusCode.OK, (await flow.RedeemAsync(back["code"])).Status);
        (await flow.RedeemAsync(back["code"])).MustBeRefused("invalid_grant");
    }

    [Fact]
    public async Task Code_AfterAMinute_IsRefused()
    {
        await using var later = new AuthorityFixture();
        await later.InitializeAsync();
        var (name, password, _) = await RegisterAsync("hub.read", host: later);
        var flow = new PersonFlow(later);
        var back = await flow.SignInAsync(name, password, flow.Request("hub.read"));

        later.Time.Advance(TimeSpan.FromSeconds(61));
        (await flow.RedeemAsync(back["code"])).MustBeRefused("invalid_grant");
    }

    [Fact]
    public async Task Codes_SpentLongAgo_AreSweptOut()
    {
        await using var later = new AuthorityFixture();
        await later.InitializeAsync();
        var (name, password, _) = await RegisterAsync("hub.read", host: later);
        var flow = new PersonFlow(later);
        var back = await flow.SignInAsync(name, password, flow.Request("hub.read"));
        await flow.RedeemAsync(back["code"]);

        later.Time.Advance(TimeSpan.FromMinutes(61));
        using var next = await flow.AuthorizeAsync(flow.Request("hub.read"));

        using var scope = later.Services.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<AuthorityDatabase>();
        Assert.Equal(1, await database.Set<OpenIddictEntityFrameworkCoreToken>().CountAsync(Cancellation));
    }

    [Fact]
    public async Task Code_OfAPersonDisabledMeanwhile_IsRefused()
    {
        var (name, password, _) = await RegisterAsync("hub.read");
        var flow = new PersonFlow(authority);
        var back = await flow.SignInAsync(name, password, flow.Request("hub.read"));
        await WithPersonsAsync(persons => persons.SetDisabledAsync(name, disabled: true));

        (await flow.RedeemAsync(back["code"])).MustBeRefused("invalid_grant");
        using var again = await flow.AuthorizeAsync(flow.Request("hub.read"));
        Assert.StartsWith("/account/sign-in", PersonFlow.Location(again));
    }

    [Theory]
    [InlineData("code_challenge", null)]
    [InlineData("code_challenge_method", "plain")]
    [InlineData("code_challenge_method", null)]
    [InlineData("response_type", "token")]
    [InlineData("scope", "hub.unknown")]
    [InlineData("response_mode", "form_post")]
    public async Task Request_Unsafe_IsRefusedBeforeThePage(string parameter, string? value)
    {
        var flow = new PersonFlow(authority);
        var request = flow.Request("hub.read");
        request[parameter] = value;

        using var answer = await flow.AuthorizeAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("error:", await answer.Content.ReadAsStringAsync(Cancellation));
    }

    [Theory]
    [InlineData("redirect_uri", "http://127.0.0.1:43210/elsewhere")]
    [InlineData("redirect_uri", "http://localhost:43210/callback")]
    [InlineData("redirect_uri", "http://127.0.0.1.evil.test:43210/callback")]
    [InlineData("redirect_uri", "https://evil.test/callback")]
    [InlineData("client_id", "unknown")]
    public async Task Request_OfAStrangersAddress_LeadsNowhere(string parameter, string? value)
    {
        var flow = new PersonFlow(authority);
        var request = flow.Request("hub.read");
        request[parameter] = value;

        using var answer = await flow.AuthorizeAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    [Theory]
    [InlineData("https://evil.test/")]
    [InlineData("//evil.test/")]
    [InlineData("/\\evil.test/")]
    [InlineData("/connect/authorizeevil?x")]
    [InlineData("/manage/clients")]
    [InlineData("")]
    public async Task Page_WithAnotherWayBack_IsNotShown(string returnUrl)
    {
        using var browser = new Browser(authority.Http());
        using var answer = await browser.GetAsync("/account/sign-in?returnUrl=" + Uri.EscapeDataString(returnUrl));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Null(answer.Headers.Location);
    }

    [Fact]
    public async Task Form_WithoutItsToken_IsRefused()
    {
        var (name, password, _) = await RegisterAsync("hub.read");
        var flow = new PersonFlow(authority);
        using var start = await flow.AuthorizeAsync(flow.Request("hub.read"));
        var form = new Dictionary<string, string> { ["userName"] = name, ["password"] = password };

        using var answer = await flow.Browser.PostAsync(PersonFlow.Location(start), form);
        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.False(answer.Headers.Contains("Set-Cookie"));
    }

    [Fact]
    public async Task Page_Always_IsPlainAccessibleAndClosed()
    {
        var flow = new PersonFlow(authority);
        using var start = await flow.AuthorizeAsync(flow.Request("hub.read"));
        using var page = await flow.Browser.GetAsync(PersonFlow.Location(start));
        var html = await page.Content.ReadAsStringAsync(Cancellation);

        Assert.Contains("<html lang=\"en\">", html);
        Assert.Contains("<label for=\"userName\">", html);
        Assert.Contains("<label for=\"password\">", html);
        Assert.DoesNotContain("<script", html);
        Assert.DoesNotContain("src=", html);
        var policy = Assert.Single(page.Headers.GetValues("Content-Security-Policy"));
        Assert.Contains("default-src 'none'", policy);
        Assert.Contains("form-action 'self' http://127.0.0.1:*;", policy);
        Assert.Contains("frame-ancestors 'none'", policy);
        Assert.DoesNotContain("unsafe", policy);
        Assert.Equal("nosniff", Assert.Single(page.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("no-referrer", Assert.Single(page.Headers.GetValues("Referrer-Policy")));
        Assert.True(page.Headers.CacheControl!.NoStore);
        var cookie = Assert.Single(page.Headers.GetValues("Set-Cookie"));
        Assert.StartsWith("__Host-", cookie);
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task Page_WithHtmlInTheUserName_EncodesIt()
    {
        var flow = new PersonFlow(authority);
        using var start = await flow.AuthorizeAsync(flow.Request("hub.read"));
        using var answer = await flow.Browser.SignInAsync(PersonFlow.Location(start), "\"><b>x", Wrong);
        var html = await answer.Content.ReadAsStringAsync(Cancellation);

        Assert.Contains("&lt;b&gt;x", html);
        Assert.DoesNotContain("<b>x", html);
    }

    [Fact]
    public async Task Failure_OfAKnownAndAnUnknownName_ReadsAlike()
    {
        var (name, _, _) = await RegisterAsync("hub.read");

        var known = await FailAsync(new PersonFlow(authority), name);
        var unknown = await FailAsync(new PersonFlow(authority), new string('z', name.Length));

        Assert.Equal(known.Replace(name, ""), unknown.Replace(new string('z', name.Length), ""));
    }

    [Fact]
    public async Task Account_AfterFiveWrongPasswords_IsLockedAndSaysNothingElse()
    {
        var (name, password, _) = await RegisterAsync("hub.read");
        var flow = new PersonFlow(authority);
        var first = await FailAsync(flow, name);
        for (var tries = 1; tries < 5; tries++)
        {
            await FailAsync(flow, name);
        }

        var locked = await FailAsync(flow, name, password);
        Assert.Equal(first, locked);
    }

    [Fact]
    public async Task Account_AfterFourWrongPasswords_StillOpens()
    {
        var (name, password, _) = await RegisterAsync("hub.read");
        var flow = new PersonFlow(authority);
        for (var tries = 0; tries < 4; tries++)
        {
            await FailAsync(flow, name);
        }

        Assert.Contains("code", (await flow.SignInAsync(name, password, flow.Request("hub.read"))).Keys);
    }

    [Fact]
    public async Task Account_WrongPasswordsSentAtOnce_AreAllCounted()
    {
        var (name, password, _) = await RegisterAsync("hub.read");
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => FailAsync(new PersonFlow(authority), name)));

        await FailAsync(new PersonFlow(authority), name, password);
    }

    [Fact]
    public async Task SignedIn_Already_GetsACodeWithoutThePage_AndItsAuthTimeStays()
    {
        var (name, password, _) = await RegisterAsync("hub.read");
        var flow = new PersonFlow(authority);
        await flow.SignInAsync(name, password, flow.Request("hub.read"));

        using var silent = await flow.AuthorizeAsync(flow.Request("hub.read"));
        Assert.Contains("code", PersonFlow.Parameters(silent).Keys);

        Assert.Contains("code", PersonFlow.Parameters(await flow.AuthorizeAsync(With("max_age", "999999999999999"))).Keys);
        foreach (var request in new[] { With("prompt", "login"), With("max_age", "-1") })
        {
            using var asked = await flow.AuthorizeAsync(request);
            Assert.StartsWith("/account/sign-in", PersonFlow.Location(asked));
            Assert.Contains("code", (await flow.SignInAsync(name, password, request)).Keys);
        }

        Dictionary<string, string?> With(string parameter, string value) => new(flow.Request("hub.read")) { [parameter] = value };
    }

    [Fact]
    public async Task SignedIn_Nobody_WithPromptNone_GoesBackWithLoginRequired()
    {
        var flow = new PersonFlow(authority);
        var request = flow.Request("hub.read");
        request["prompt"] = "none";

        using var answer = await flow.AuthorizeAsync(request);
        Assert.Equal("login_required", PersonFlow.Parameters(answer)["error"]);
    }

    [Fact]
    public async Task Scopes_NotGrantedToThePerson_AreDenied()
    {
        var (name, password, _) = await RegisterAsync("hub.read");
        var flow = new PersonFlow(authority);

        Assert.Equal("access_denied", (await flow.SignInAsync(name, password, flow.Request("hub.review")))["error"]);
    }

    [Fact]
    public async Task Password_Reset_EndsTheSession()
    {
        var (name, password, _) = await RegisterAsync("hub.read");
        var flow = new PersonFlow(authority);
        await flow.SignInAsync(name, password, flow.Request("hub.read"));
        var fresh = "";
        await WithPersonsAsync(async persons => fresh = (await persons.ResetPasswordAsync(name)).Password);

        using var again = await flow.AuthorizeAsync(flow.Request("hub.read"));
        Assert.StartsWith("/account/sign-in", PersonFlow.Location(again));
        await FailAsync(flow, name, password);
        Assert.Contains("code", (await flow.SignInAsync(name, fresh, flow.Request("hub.read"))).Keys);
    }

    /// <summary>The page that a failed sign-in shows, without what differs each time.</summary>
    private static async Task<string> FailAsync(PersonFlow flow, string userName, string password = Wrong)
    {
        using var start = await flow.AuthorizeAsync(flow.Request("hub.read"));
        using var answer = await flow.Browser.SignInAsync(PersonFlow.Location(start), userName, password);
        Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
        Assert.False(answer.Headers.TryGetValues("Set-Cookie", out var cookies) && cookies.Any(cookie => cookie.Contains("session")));
        var html = await answer.Content.ReadAsStringAsync(Cancellation);
        return string.Join('\n', html.Split('\n').Where(line => !line.Contains("type=\"hidden\"")));
    }

    private async Task<(string Name, string Password, string Id)> RegisterAsync(
        string scopes, string? administration = null, AuthorityFixture? host = null)
    {
        using var services = (host ?? authority).Services.CreateScope();
        var (person, password) = await services.ServiceProvider.GetRequiredService<PersonRegistration>().RegisterAsync(
            new NewPerson($"p{Guid.NewGuid():N}", administration, scopes.Split(' ')));
        return (person.UserName!, password, person.Id);
    }

    private async Task WithPersonsAsync(Func<PersonRegistration, Task> change)
    {
        using var services = authority.Services.CreateScope();
        await change(services.ServiceProvider.GetRequiredService<PersonRegistration>());
    }
}
