using System.Net.Http.Json;
using System.Text.Json;
using Xunit;

namespace Hub.SystemTests.Authority;

public sealed class DiscoveryTests(AuthorityFixture authority) : IClassFixture<AuthorityFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData(null)]
    [InlineData("evil.test")]
    [InlineData("evil.test:8443")]
    public async Task Discovery_WhateverTheHostHeaderSays_NamesTheConfiguredIssuer(string? host)
    {
        using var http = authority.Http();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/.well-known/openid-configuration");
        request.Headers.Host = host;
        using var answer = await http.SendAsync(request, Cancellation);
        var text = await answer.Content.ReadAsStringAsync(Cancellation);
        var document = JsonDocument.Parse(text).RootElement;

        Assert.DoesNotContain("evil", text);
        Assert.Equal(AuthorityFixture.Issuer, document.GetProperty("issuer").GetString());
        Assert.Equal(AuthorityFixture.Issuer + "/connect/token", document.GetProperty("token_endpoint").GetString());
        Assert.Equal(AuthorityFixture.Issuer + "/connect/authorize", document.GetProperty("authorization_endpoint").GetString());
        Assert.StartsWith(AuthorityFixture.Issuer + "/.well-known/", document.GetProperty("jwks_uri").GetString());
    }

    [Fact]
    public async Task Discovery_Always_OffersOnlyWhatIsSafe()
    {
        using var http = authority.Http();
        var document = await http.GetFromJsonAsync<JsonElement>("/.well-known/openid-configuration", Cancellation);

        Assert.Equal(["private_key_jwt"], Strings(document, "token_endpoint_auth_methods_supported"));
        Assert.Equal(["S256"], Strings(document, "code_challenge_methods_supported"));
        Assert.Equal(["authorization_code", "client_credentials"], Strings(document, "grant_types_supported"));
        Assert.Equal(["query"], Strings(document, "response_modes_supported"));
    }

    [Fact]
    public async Task Jwks_Always_HoldsPublicHalvesAlone()
    {
        using var http = authority.Http();
        var keys = (await http.GetFromJsonAsync<JsonElement>("/.well-known/jwks", Cancellation)).GetProperty("keys");

        var key = Assert.Single(keys.EnumerateArray());
        Assert.Equal("EC", key.GetProperty("kty").GetString());
        Assert.Equal("ES256", key.GetProperty("alg").GetString());
        Assert.False(key.TryGetProperty("d", out _));
    }

    private static IEnumerable<string> Strings(JsonElement document, string name) =>
        document.GetProperty(name).EnumerateArray().Select(item => item.GetString()!).Order(StringComparer.Ordinal);
}
