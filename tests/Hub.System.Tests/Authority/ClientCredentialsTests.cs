using System.Net;
using Hub.Authority.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using OpenIddict.EntityFrameworkCore.Models;
using Xunit;

namespace Hub.SystemTests.Authority;

public sealed class ClientCredentialsTests(AuthorityFixture authority) : IClassFixture<AuthorityFixture>
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

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
    public async Task Token_OfAClientWithoutAdministration_NamesNone()
    {
        var partner = await authority.RegisterMachineAsync(null, "hub.read");
        var answer = await authority.RequestTokenAsync(partner.Sign());

        Assert.False(answer.Claims.TryGetProperty("administration", out _));
    }

    [Fact]
    public async Task Tokens_OfOneClient_HaveIdsOfTheirOwnAndLeaveNoRow()
    {
        var machine = await authority.RegisterMachineAsync(null, "hub.read");
        var first = await authority.RequestTokenAsync(machine.Sign());
        var second = await authority.RequestTokenAsync(machine.Sign());

        Assert.NotEqual(first.Claims.GetProperty("jti").GetString(), second.Claims.GetProperty("jti").GetString());
        using var scope = authority.Services.CreateScope();
        var database = scope.ServiceProvider.GetRequiredService<AuthorityDatabase>();
        Assert.Equal(0, await database.Set<OpenIddictEntityFrameworkCoreToken>().CountAsync(Cancellation));
    }

    [Theory]
    [InlineData("hub.submit")]
    [InlineData("hub.read hub.operate")]
    [InlineData("hub.review")]
    [InlineData("hub.unknown")]
    [InlineData("authority.manage")]
    [InlineData("")]
    public async Task Token_ForScopesNotGranted_IsRefused(string scope)
    {
        var machine = await authority.RegisterMachineAsync(null, "hub.read");

        (await authority.RequestTokenAsync(machine.Sign(), scope)).MustBeRefused("invalid_scope");
    }

    [Fact]
    public async Task Token_ForTwoAudiencesAtOnce_IsRefused()
    {
        var machine = await authority.RegisterMachineAsync(null, "hub.read", "authority.manage");

        (await authority.RequestTokenAsync(machine.Sign(), "hub.read authority.manage")).MustBeRefused("invalid_scope");
        var answer = await authority.RequestTokenAsync(machine.Sign(), "authority.manage");
        Assert.Equal("authority", answer.Claims.GetProperty("aud").GetString());
    }

    [Fact]
    public async Task Token_ForReviewWrittenIntoTheDatabaseByHand_IsRefused()
    {
        var machine = await authority.RegisterMachineAsync(null, "hub.read");
        using var scope = authority.Services.CreateScope();
        await scope.ServiceProvider.GetRequiredService<AuthorityDatabase>().Database.ExecuteSqlAsync(
            $"UPDATE OpenIddictApplications SET Permissions = replace(Permissions, 'hub.read', 'hub.review') WHERE ClientId = {machine.ClientId}",
            Cancellation);

        (await authority.RequestTokenAsync(machine.Sign(), "hub.review")).MustBeRefused("invalid_scope");
    }

    [Fact]
    public async Task Keys_DuringARotation_AreBothAcceptedUntilTheOldOneIsRemoved()
    {
        var old = await authority.RegisterMachineAsync(null, "hub.read");
        var fresh = old.WithNewKey();
        (await authority.RequestTokenAsync(fresh.Sign())).MustBeRefused("invalid_client");

        await authority.WithClientsAsync(clients => clients.AddKeyAsync(old.ClientId, fresh.PublicKey, Cancellation));
        Assert.Equal(HttpStatusCode.OK, (await authority.RequestTokenAsync(old.Sign())).Status);
        Assert.Equal(HttpStatusCode.OK, (await authority.RequestTokenAsync(fresh.Sign())).Status);

        await authority.WithClientsAsync(clients => clients.RemoveKeyAsync(old.ClientId, old.Kid, Cancellation));
        (await authority.RequestTokenAsync(old.Sign())).MustBeRefused("invalid_client");
        Assert.Equal(HttpStatusCode.OK, (await authority.RequestTokenAsync(fresh.Sign())).Status);
    }

    [Fact]
    public async Task Client_Disabled_GetsNoTokenUntilEnabled()
    {
        var machine = await authority.RegisterMachineAsync(null, "hub.read");

        await authority.WithClientsAsync(clients => clients.SetDisabledAsync(machine.ClientId, disabled: true, Cancellation));
        (await authority.RequestTokenAsync(machine.Sign())).MustBeRefused("unauthorized_client");

        await authority.WithClientsAsync(clients => clients.SetDisabledAsync(machine.ClientId, disabled: false, Cancellation));
        Assert.Equal(HttpStatusCode.OK, (await authority.RequestTokenAsync(machine.Sign())).Status);
    }
}
