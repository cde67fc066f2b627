using System.Net;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Hub.Client;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Tokens;

namespace Hub.Standalone;

/// <summary>
/// Signs a person in by authorization code and PKCE, through the authority's own page: it fills in the form as a browser does.
/// A person at a screen uses the page itself.
/// </summary>
internal sealed partial class PersonSignIn : ITokenSource
{
    private const string ClientId = "hub-cli";
    private const string Callback = "http://127.0.0.1:43210/callback";
    private readonly string token;

    private PersonSignIn(string token) => this.token = token;

    /// <summary>The one token that the sign-in gave; when it ends the person signs in again.</summary>
    public ValueTask<string> GetTokenAsync(string? refused, CancellationToken cancellationToken) => ValueTask.FromResult(token);

    public static async Task<PersonSignIn> SignInAsync(Uri authority, string userName, string password, string scope, CancellationToken cancellationToken)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var browser = new HttpClient(handler) { BaseAddress = authority };
        var verifier = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
        using var start = await browser.GetAsync(Authorize(scope, verifier), cancellationToken);
        using var signedIn = await FillInAsync(browser, Location(start), userName, password, cancellationToken);
        using var back = await browser.GetAsync(Location(signedIn), cancellationToken);
        var code = QueryHelpers.ParseQuery(new Uri(Location(back)).Query)["code"].ToString();
        return new PersonSignIn(await RedeemAsync(browser, code, verifier, cancellationToken));
    }

    private static string Authorize(string scope, string verifier) => QueryHelpers.AddQueryString("/connect/authorize", new Dictionary<string, string?>
    {
        ["client_id"] = ClientId,
        ["response_type"] = "code",
        ["redirect_uri"] = Callback,
        ["scope"] = scope,
        ["code_challenge"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(verifier))),
        ["code_challenge_method"] = "S256",
    });

    private static async Task<HttpResponseMessage> FillInAsync(
        HttpClient browser, string page, string userName, string password, CancellationToken cancellationToken)
    {
        var html = await browser.GetStringAsync(page, cancellationToken);
        var form = Hidden().Matches(html).ToDictionary(field => field.Groups[1].Value, field => WebUtility.HtmlDecode(field.Groups[2].Value));
        (form["userName"], form["password"]) = (userName, password);
        using var content = new FormUrlEncodedContent(form);
        return await browser.PostAsync(page, content, cancellationToken);
    }

    private static async Task<string> RedeemAsync(HttpClient browser, string code, string verifier, CancellationToken cancellationToken)
    {
        using var content = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = ClientId,
            ["code"] = code,
            ["redirect_uri"] = Callback,
            ["code_verifier"] = verifier,
        });
        using var answer = await browser.PostAsync("/connect/token", content, cancellationToken);
        var body = await answer.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
        return body?["access_token"]?.GetValue<string>() ?? throw new InvalidOperationException($"The authority gave no token: HTTP {(int)answer.StatusCode} {body}");
    }

    private static string Location(HttpResponseMessage answer) =>
        answer.Headers.Location?.OriginalString ?? throw new InvalidOperationException($"The sign-in stopped with HTTP {(int)answer.StatusCode}.");

    [GeneratedRegex("""<input type="hidden" name="([^"]+)" value="([^"]+)">""")]
    private static partial Regex Hidden();
}
