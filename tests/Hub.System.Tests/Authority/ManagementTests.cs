using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Hub.Authority.Keys;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Hub.SystemTests.Authority;

public sealed class ManagementTests(AuthorityFixture authority) : IClassFixture<AuthorityFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static TheoryData<string, string> Endpoints { get; } = new()
    {
        { "GET", "/manage/clients" },
        { "POST", "/manage/clients" },
        { "GET", "/manage/clients/hub-cli" },
        { "DELETE", "/manage/clients/hub-cli" },
        { "POST", "/manage/clients/hub-cli/keys" },
        { "DELETE", "/manage/clients/hub-cli/keys/1" },
        { "POST", "/manage/clients/hub-cli/disable" },
        { "POST", "/manage/clients/hub-cli/enable" },
        { "GET", "/manage/persons" },
        { "POST", "/manage/persons" },
        { "GET", "/manage/persons/anna" },
        { "POST", "/manage/persons/anna/disable" },
        { "POST", "/manage/persons/anna/enable" },
        { "POST", "/manage/persons/anna/password" },
        { "GET", "/manage/signing-keys" },
        { "POST", "/manage/signing-keys" },
        { "POST", "/manage/signing-keys/1/activate" },
        { "DELETE", "/manage/signing-keys/1" },
    };

    [Theory]
    [MemberData(nameof(Endpoints))]
    public async Task Endpoint_WithoutATokenOfManagement_IsClosed(string method, string path)
    {
        var member = await authority.RegisterMachineAsync("UA", "hub.read", "hub.submit", "hub.operate", "hub.audit");
        var hubToken = (await authority.RequestTokenAsync(member.Sign(), "hub.read hub.submit hub.operate hub.audit")).AccessToken;
        var manager = await ManagerTokenAsync();

        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(method, path, token: null));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(method, path, "nonsense"));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(method, path, hubToken));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(method, path, Forge(manager)));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(method, path, member.Sign()));
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync(method, path, Mint("authority.manage", audience: "hub")));
        Assert.Equal(HttpStatusCode.Forbidden, await StatusAsync(method, path, Mint("hub.operate", audience: "authority")));
    }

    [Fact]
    public async Task Answer_ToAStranger_SaysWhichTokenIsMissing()
    {
        using var http = authority.Http();
        using var answer = await http.GetAsync("/manage/clients", Cancellation);

        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        Assert.Contains("authority.manage", (await JsonAsync(answer)).GetProperty("detail").GetString());
    }

    [Fact]
    public async Task Endpoints_OfTheTable_AreAllThereAre()
    {
        var mapped = authority.ManagementRoutes().Select(route => route.Replace("{clientId}", "hub-cli").Replace("{userName}", "anna")
            .Replace("{kid}", "1")).Order(StringComparer.Ordinal);

        Assert.Equal(Endpoints.Select(row => $"{row.Data.Item1} {row.Data.Item2}").Order(StringComparer.Ordinal), mapped);
        Assert.Equal(HttpStatusCode.OK, await StatusAsync("GET", "/manage/clients", await ManagerTokenAsync()));
    }

    [Fact]
    public async Task Path_Unknown_IsClosedToStrangersAndNotFoundForTheManager()
    {
        Assert.Equal(HttpStatusCode.Unauthorized, await StatusAsync("GET", "/manage/nothing", token: null));
        Assert.Equal(HttpStatusCode.NotFound, await StatusAsync("GET", "/manage/nothing", await ManagerTokenAsync()));
    }

    [Fact]
    public async Task Client_FromRegistrationToDeletion_IsServed()
    {
        var machine = Machine.Create(authority.Time);
        using var created = await SendAsync("POST", "/manage/clients", new
        {
            clientId = machine.ClientId,
            administration = "PL",
            scopes = new[] { "hub.submit", "hub.read" },
            jwks = new { keys = new[] { machine.PublicJwk() } },
        });
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        Assert.Equal($"/manage/clients/{machine.ClientId}", created.Headers.Location!.OriginalString);
        Assert.Equal("PL", (await authority.RequestTokenAsync(machine.Sign(), "hub.submit")).Claims.GetProperty("administration").GetString());

        var next = machine.WithNewKey();
        using var added = await SendAsync("POST", $"/manage/clients/{machine.ClientId}/keys", next.PublicJwk());
        Assert.Equal([machine.Kid, next.Kid], Strings(await JsonAsync(added), "kids"));
        Assert.Equal(HttpStatusCode.OK, (await authority.RequestTokenAsync(next.Sign(), "hub.read")).Status);
        using var removed = await SendAsync("DELETE", $"/manage/clients/{machine.ClientId}/keys/{machine.Kid}");
        Assert.Equal([next.Kid], Strings(await JsonAsync(removed), "kids"));
        (await authority.RequestTokenAsync(machine.Sign())).MustBeRefused("invalid_client");

        using var read = await SendAsync("GET", $"/manage/clients/{machine.ClientId}");
        Assert.Equal(["hub.read", "hub.submit"], Strings(await JsonAsync(read), "scopes"));
        using var list = await SendAsync("GET", "/manage/clients");
        Assert.Contains((await JsonAsync(list)).GetProperty("clients").EnumerateArray(),
            client => client.GetProperty("clientId").GetString() == machine.ClientId);

        using var disabled = await SendAsync("POST", $"/manage/clients/{machine.ClientId}/disable");
        Assert.True((await JsonAsync(disabled)).GetProperty("disabled").GetBoolean());
        (await authority.RequestTokenAsync(next.Sign())).MustBeRefused("unauthorized_client");
        using var enabled = await SendAsync("POST", $"/manage/clients/{machine.ClientId}/enable");
        Assert.Equal(HttpStatusCode.OK, (await authority.RequestTokenAsync(next.Sign())).Status);

        using var deleted = await SendAsync("DELETE", $"/manage/clients/{machine.ClientId}");
        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        (await authority.RequestTokenAsync(next.Sign())).MustBeRefused("invalid_client");
        using var gone = await SendAsync("GET", $"/manage/clients/{machine.ClientId}");
        Assert.Equal(HttpStatusCode.NotFound, gone.StatusCode);
    }

    public static TheoryData<string, string> BadClients { get; } = new()
    {
        { """{"clientId":"Bad Id","scopes":["hub.read"],"jwks":{"keys":[KEY]}}""", "clientId" },
        { """{"clientId":"x","scopes":["hub.review"],"jwks":{"keys":[KEY]}}""", "scopes" },
        { """{"clientId":"x","scopes":["hub.nothing"],"jwks":{"keys":[KEY]}}""", "scopes" },
        { """{"clientId":"x","scopes":[],"jwks":{"keys":[KEY]}}""", "scopes" },
        { """{"clientId":"x","scopes":["hub.submit"],"jwks":{"keys":[KEY]}}""", "administration" },
        { """{"clientId":"x","administration":"ukraine","scopes":["hub.read"],"jwks":{"keys":[KEY]}}""", "administration" },
        { """{"clientId":"x","scopes":["hub.read"]}""", "jwks" },
        { """{"clientId":"x","scopes":["hub.read"],"jwks":{"keys":[]}}""", "jwks" },
        { """{"clientId":"x","scopes":["hub.read"],"jwks":{"keys":[KEY,KEY]}}""", "jwks" },
        { """{"clientId":"x","scopes":["hub.read"],"jwks":[KEY]}""", "jwks" },
        { """{"clientId":"x","scopes":["hub.read"],"jwks":{"keys":["text"]}}""", "jwks" },
        { """{"clientId":"x","scopes":["hub.read"],"jwks":{"keys":[{"kty":"oct","k":"c2VjcmV0","kid":"1"}]}}""", "jwks" },
        { """{"clientId":"x","scopes":["hub.read"],"jwks":{"keys":[{"kty":"RSA","n":"AQAB","e":"AQAB","kid":"1"}]}}""", "jwks" },
        { """{"clientId":"x","scopes":["hub.read"],"jwks":{"keys":[{"kty":"EC","crv":"P-256","x":"AQ","y":"AQ"}]}}""", "jwks" },
        { """{"clientId":"x","scopes":["hub.read"],"jwks":{"keys":[PRIVATE]}}""", "jwks" },
        { """{"clientId":"x","scopes":["hub.read"],"redirectUris":["http://example.org/callback"]}""", "redirectUris" },
        { """{"clientId":"x","scopes":["hub.read"],"redirectUris":["https://example.org/#part"]}""", "redirectUris" },
        { """{"clientId":"x","scopes":["hub.read"],"administration":"UA","redirectUris":["https://example.org/cb"]}""", "administration" },
        { """{"clientId":"x","scopes":["hub.read"],"administation":"UA","jwks":{"keys":[KEY]}}""", "$.administation" },
        { """{"scopes":["hub.read"],"jwks":{"keys":[KEY]}}""", "$" },
        { """not JSON""", "$" },
        { "null", "$" },
    };

    [Theory]
    [MemberData(nameof(BadClients))]
    public async Task Client_Wrong_IsRefusedWithFieldRuleAndRemedy(string body, string field)
    {
        var machine = Machine.Create(authority.Time);
        var text = body.Replace("KEY", JsonSerializer.Serialize(machine.PublicJwk()), StringComparison.Ordinal)
            .Replace("PRIVATE", machine.PrivateJwk(), StringComparison.Ordinal);

        using var answer = await SendTextAsync("POST", "/manage/clients", text);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType!.MediaType);
        var violations = (await JsonAsync(answer)).GetProperty("violations").EnumerateArray().ToArray();
        Assert.Contains(violations, violation => violation.GetProperty("field").GetString() == field);
        Assert.All(violations, violation => Assert.NotEmpty(violation.GetProperty("rule").GetString()!));
        Assert.All(violations, violation => Assert.NotEmpty(violation.GetProperty("remedy").GetString()!));
        using var nothing = await SendAsync("GET", "/manage/clients/x");
        Assert.Equal(HttpStatusCode.NotFound, nothing.StatusCode);
    }

    [Fact]
    public async Task Client_WithThreeMistakes_HearsAllThree()
    {
        using var answer = await SendTextAsync("POST", "/manage/clients", """{"clientId":"X","administration":"u","scopes":["a"],"redirectUris":["b"]}""");

        var fields = (await JsonAsync(answer)).GetProperty("violations").EnumerateArray().Select(violation => violation.GetProperty("field").GetString());
        Assert.Equal(["administration", "clientId", "redirectUris", "scopes"], fields.Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task Client_Existing_IsAConflict()
    {
        var machine = await authority.RegisterMachineAsync(null, "hub.read");
        using var answer = await SendAsync("POST", "/manage/clients", new
        {
            clientId = machine.ClientId,
            scopes = new[] { "hub.audit" },
            jwks = new { keys = new[] { machine.WithNewKey().PublicJwk() } },
        });

        Assert.Equal(HttpStatusCode.Conflict, answer.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await authority.RequestTokenAsync(machine.Sign())).Status);
    }

    [Fact]
    public async Task Keys_AThirdOrTheOnlyOne_AreRefused()
    {
        var machine = await authority.RegisterMachineAsync(null, "hub.read");
        using var last = await SendAsync("DELETE", $"/manage/clients/{machine.ClientId}/keys/{machine.Kid}");
        Assert.Equal(HttpStatusCode.BadRequest, last.StatusCode);

        using var second = await SendAsync("POST", $"/manage/clients/{machine.ClientId}/keys", machine.WithNewKey().PublicJwk());
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        using var third = await SendAsync("POST", $"/manage/clients/{machine.ClientId}/keys", machine.WithNewKey().PublicJwk());
        Assert.Equal(HttpStatusCode.BadRequest, third.StatusCode);
        using var unknown = await SendAsync("DELETE", $"/manage/clients/{machine.ClientId}/keys/unknown");
        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
    }

    [Fact]
    public async Task Application_OfTheConsole_IsRegisteredWithItsAddress()
    {
        var name = $"console-{Guid.NewGuid():N}";
        using var created = await SendAsync("POST", "/manage/clients", new
        {
            clientId = name,
            scopes = new[] { "hub.read", "hub.review" },
            redirectUris = new[] { "https://console.test/signin-oidc" },
        });
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var flow = new PersonFlow(authority);
        var request = flow.Request("hub.review");
        (request["client_id"], request["redirect_uri"]) = (name, "https://console.test/signin-oidc");
        using var accepted = await flow.AuthorizeAsync(request);
        Assert.StartsWith("/account/sign-in", PersonFlow.Location(accepted));

        request["redirect_uri"] = "https://console.test:444/signin-oidc";
        using var refused = await flow.AuthorizeAsync(request);
        Assert.Equal(HttpStatusCode.BadRequest, refused.StatusCode);
    }

    [Fact]
    public async Task Person_FromRegistrationToDisabling_IsServed()
    {
        var name = $"p{Guid.NewGuid():N}";
        using var created = await SendAsync("POST", "/manage/persons", new { userName = name, scopes = new[] { "hub.review", "hub.read" } });
        Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        var password = (await JsonAsync(created)).GetProperty("password").GetString()!;
        Assert.True(password.Length >= 20);
        using var read = await SendAsync("GET", $"/manage/persons/{name}");
        Assert.Equal(JsonValueKind.Null, (await JsonAsync(read)).GetProperty("password").ValueKind);
        var flow = new PersonFlow(authority);
        Assert.Contains("code", (await flow.SignInAsync(name, password, flow.Request("hub.review"))).Keys);

        using var twice = await SendAsync("POST", "/manage/persons", new { userName = name, scopes = new[] { "hub.read" } });
        Assert.Equal(HttpStatusCode.Conflict, twice.StatusCode);
        using var disabled = await SendAsync("POST", $"/manage/persons/{name}/disable");
        Assert.True((await JsonAsync(disabled)).GetProperty("disabled").GetBoolean());
        using var again = await flow.AuthorizeAsync(flow.Request("hub.review"));
        Assert.StartsWith("/account/sign-in", PersonFlow.Location(again));
        using var list = await SendAsync("GET", "/manage/persons");
        Assert.Contains((await JsonAsync(list)).GetProperty("persons").EnumerateArray(), person => person.GetProperty("userName").GetString() == name);
    }

    [Theory]
    [InlineData("""{"userName":"a b","scopes":["hub.read"]}""", "userName")]
    [InlineData("""{"userName":"a","scopes":[]}""", "scopes")]
    [InlineData("""{"userName":"a","scopes":["x"]}""", "scopes")]
    [InlineData("""{"userName":"a","scopes":["hub.submit"]}""", "administration")]
    [InlineData("""{"userName":"a","scopes":["hub.read"],"administration":"1"}""", "administration")]
    [InlineData("""{"userName":"a","scopes":["hub.read"],"password":"short"}""", "password")]
    public async Task Person_Wrong_IsRefusedWithItsField(string body, string field)
    {
        using var answer = await SendTextAsync("POST", "/manage/persons", body);

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        var violation = Assert.Single((await JsonAsync(answer)).GetProperty("violations").EnumerateArray());
        Assert.Equal(field, violation.GetProperty("field").GetString());
    }

    /// <summary>A token that the authority would never give, signed with its own key.</summary>
    private string Mint(string scope, string audience) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(
        new SecurityTokenDescriptor
        {
            TokenType = "at+jwt",
            Issuer = AuthorityFixture.Issuer,
            Audience = audience,
            IssuedAt = authority.Time.GetUtcNow().UtcDateTime,
            Expires = authority.Time.GetUtcNow().AddMinutes(10).UtcDateTime,
            Claims = new Dictionary<string, object> { ["sub"] = "somebody", ["client_id"] = "somebody", ["scope"] = scope },
            SigningCredentials = authority.Services.GetRequiredService<SigningKeys>().All[0].Credentials(),
        });

    /// <summary>The same token with one byte of its payload changed.</summary>
    private static string Forge(string token)
    {
        var parts = token.Split('.');
        parts[1] = (parts[1][0] == 'e' ? 'f' : 'e') + parts[1][1..];
        return string.Join('.', parts);
    }

    private async Task<string> ManagerTokenAsync() =>
        (await authority.RequestTokenAsync(authority.FirstManager().Sign(), "authority.manage")).AccessToken;

    private async Task<HttpStatusCode> StatusAsync(string method, string path, string? token)
    {
        using var http = authority.Http();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = token is null ? null : new AuthenticationHeaderValue("Bearer", token);
        using var answer = await http.SendAsync(request, Cancellation);
        return answer.StatusCode;
    }

    private Task<HttpResponseMessage> SendAsync(string method, string path, object? body = null) =>
        SendTextAsync(method, path, body is null ? null : JsonSerializer.Serialize(body));

    private async Task<HttpResponseMessage> SendTextAsync(string method, string path, string? body)
    {
        using var http = authority.Http();
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await ManagerTokenAsync());
        request.Content = body is null ? null : new StringContent(body, Encoding.UTF8, "application/json");
        return await http.SendAsync(request, Cancellation);
    }

    private static Task<JsonElement> JsonAsync(HttpResponseMessage answer) => answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation);

    private static IEnumerable<string> Strings(JsonElement answer, string name) =>
        answer.GetProperty(name).EnumerateArray().Select(item => item.GetString()!);
}
