using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Hub.SystemTests.Authority;

/// <summary>One run of authorization code + PKCE, as the command line does it; each test spoils what it is about.</summary>
internal sealed class PersonFlow(AuthorityFixture authority)
{
    public const string Callback = "http://127.0.0.1:43210/callback";

    public string Verifier { get; } = Base64UrlEncoder.Encode(RandomNumberGenerator.GetBytes(32));
    public Browser Browser { get; } = new(authority.Http());
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public Dictionary<string, string?> Request(string scope) => new()
    {
        ["client_id"] = "hub-cli",
        ["response_type"] = "code",
        ["redirect_uri"] = Callback,
        ["scope"] = scope,
        ["state"] = "a state",
        ["code_challenge"] = Base64UrlEncoder.Encode(SHA256.HashData(Encoding.ASCII.GetBytes(Verifier))),
        ["code_challenge_method"] = "S256",
    };

    /// <summary>The answer of the authorization endpoint: a way to the page, a way back to the application, or a refusal.</summary>
    public Task<HttpResponseMessage> AuthorizeAsync(Dictionary<string, string?> request) =>
        Browser.GetAsync(QueryHelpers.AddQueryString("/connect/authorize", request));

    /// <summary>Goes through the page and returns the parameters that the application gets.</summary>
    public async Task<Dictionary<string, string>> SignInAsync(string userName, string password, Dictionary<string, string?> request)
    {
        using var start = await AuthorizeAsync(request);
        using var signedIn = await Browser.SignInAsync(Location(start), userName, password);
        using var back = await Browser.GetAsync(Location(signedIn));
        return Parameters(back);
    }

    public async Task<TokenAnswer> RedeemAsync(string code, string? verifier = null, string callback = Callback)
    {
        var form = new Dictionary<string, string>
        {
            ["grant_type"] = "authorization_code",
            ["client_id"] = "hub-cli",
            ["code"] = code,
            ["redirect_uri"] = callback,
            ["code_verifier"] = verifier ?? Verifier,
        };
        using var answer = await Browser.PostAsync("/connect/token", form);
        return new TokenAnswer(answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation));
    }

    public static string Location(HttpResponseMessage answer)
    {
        Assert.NotNull(answer.Headers.Location);
        return answer.Headers.Location.OriginalString;
    }

    /// <summary>What the application finds in its redirect address.</summary>
    public static Dictionary<string, string> Parameters(HttpResponseMessage back)
    {
        var address = Location(back);
        Assert.StartsWith(Callback + "?", address);
        return QueryHelpers.ParseQuery(new Uri(address).Query).ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
    }
}
