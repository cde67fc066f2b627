using System.Net;
using Xunit;

namespace Hub.SystemTests.Authority;

public sealed class ClientCredentialsTests(AuthorityFixture authority) : IClassFixture<AuthorityFixture>
{
    [Fact]
    public async Task Token_OfAMember_SaysWhatTheHubReads()
    {
        var machine = await authority.RegisterMachineAsync("UA", "hub.read", "hub.submit");
        var answer = await authority.RequestTokenAsync(machine.Sign(), "hub.submit hub.read");

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Equal("Bearer", answer.Body.GetProperty("token_type").GetString());
        Assert.Equal("at+jwt", answer.Token.Typ);
        Assert.Equal("ES256", answer.Token.Alg);
        Assert.Equal(3, answer.AccessToken.Split('.').Length);
        var claims = answer.Claims;
        Assert.Equal(AuthorityFixture.Issuer, claims.GetProperty("iss").GetString());
        Assert.Equal("hub", claims.GetProperty("aud").GetString());
        Assert.Equal(machine.ClientId, claims.GetProperty("client_id").GetString());
        Assert.Equal("UA", claims.GetProperty("administration").GetString());
        Assert.Equal(["hub.read", "hub.submit"], claims.GetProperty("scope").GetString()!.Split(' ').Order());
        Assert.NotEmpty(claims.GetProperty("jti").GetString()!);
        Assert.False(claims.TryGetProperty("auth_time", out _));
        Assert.Equal(600, claims.GetProperty("exp").GetInt64() - claims.GetProperty("iat").GetInt64());
        Assert.Equal(authority.Time.GetUtcNow().ToUnixTimeSeconds(), claims.GetProperty("iat").GetInt64());
    }

    [Fact]
    public async Task Assertion_UsedTwice_IsRefused()
    {
        var machine = await authority.RegisterMachineAsync(null, "hub.read");
        var assertion = machine.Sign();
        Assert.Equal(HttpStatusCode.OK, (await authority.RequestTokenAsync(assertion)).Status);

        (await authority.RequestTokenAsync(assertion)).MustBeRefused("invalid_client");
    }
}
