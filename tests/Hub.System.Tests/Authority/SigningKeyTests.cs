using System.Net.Http.Json;
using System.Text.Json;
using Hub.Authority.Keys;
using Hub.Authority.Management;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Hub.SystemTests.Authority;

public sealed class SigningKeyTests : IAsyncLifetime
{
    private readonly AuthorityFixture authority = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    private SigningKeys Keys => authority.Services.GetRequiredService<SigningKeys>();

    public ValueTask InitializeAsync() => authority.InitializeAsync();

    public ValueTask DisposeAsync() => authority.DisposeAsync();

    [Fact]
    public async Task Rotation_FromPublishingToRemoval_KeepsEveryLivingTokenVerifiable()
    {
        var machine = await authority.RegisterMachineAsync(null, "hub.read");
        var old = (await authority.RequestTokenAsync(machine.Sign())).Token;

        var next = Keys.Publish();
        Assert.Equal([old.Kid, next.Id], await JwksKidsAsync());
        Assert.Equal(old.Kid, (await authority.RequestTokenAsync(machine.Sign())).Token.Kid);

        Keys.Activate(next.Id);
        Assert.Equal([next.Id, old.Kid], await JwksKidsAsync());
        var fresh = (await authority.RequestTokenAsync(machine.Sign())).Token;
        Assert.Equal(next.Id, fresh.Kid);
        Assert.True(await VerifiesAsync(old));
        Assert.True(await VerifiesAsync(fresh));
        Assert.Throws<RefusedException>(() => Keys.Remove(old.Kid));
        Assert.Throws<RefusedException>(() => Keys.Remove(next.Id));

        authority.Time.Advance(TimeSpan.FromMinutes(10));
        Keys.Remove(old.Kid);
        Assert.Equal([next.Id], await JwksKidsAsync());
        Assert.False(await VerifiesAsync(old));
        Assert.True(await VerifiesAsync(fresh));
    }

    [Fact]
    public async Task Rotation_OverTheApi_LeavesManagementTokensValid()
    {
        var manager = authority.FirstManager();
        var token = (await authority.RequestTokenAsync(manager.Sign(), "authority.manage")).AccessToken;
        using var http = authority.Http();
        http.DefaultRequestHeaders.Authorization = new("Bearer", token);

        using var published = await http.PostAsync("/manage/signing-keys", null, Cancellation);
        var kid = (await published.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("kid").GetString();
        using var activated = await http.PostAsync($"/manage/signing-keys/{kid}/activate", null, Cancellation);
        var keys = (await activated.Content.ReadFromJsonAsync<JsonElement>(Cancellation)).GetProperty("keys").EnumerateArray().ToArray();
        Assert.Equal(kid, keys.Single(key => key.GetProperty("signs").GetBoolean()).GetProperty("kid").GetString());
        using var tooEarly = await http.DeleteAsync($"/manage/signing-keys/{keys[1].GetProperty("kid").GetString()}", Cancellation);

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, tooEarly.StatusCode);
    }

    [Fact]
    public async Task Keys_AfterARestart_AreTheSame()
    {
        var next = Keys.Publish();
        Keys.Activate(next.Id);
        var before = await JwksKidsAsync();
        var machine = await authority.RegisterMachineAsync(null, "hub.read");
        var token = (await authority.RequestTokenAsync(machine.Sign())).Token;

        await authority.RestartAsync();

        Assert.Equal(before, await JwksKidsAsync());
        Assert.True(await VerifiesAsync(token));
    }

    [Fact]
    public void Keys_MoreThanTheLimit_AreRefused()
    {
        for (var count = Keys.All.Length; count < 4; count++)
        {
            Keys.Publish();
        }
        Assert.Throws<RefusedException>(() => Keys.Publish());
        Assert.Throws<NotFoundException>(() => Keys.Activate("unknown"));
    }

    private async Task<JsonWebKeySet> JwksAsync()
    {
        using var http = authority.Http();
        return new JsonWebKeySet(await http.GetStringAsync("/.well-known/jwks", Cancellation));
    }

    private async Task<IEnumerable<string>> JwksKidsAsync() => (await JwksAsync()).Keys.Select(key => key.Kid);

    /// <summary>As a resource server does it, by the published keys alone.</summary>
    private async Task<bool> VerifiesAsync(JsonWebToken token) => (await new JsonWebTokenHandler().ValidateTokenAsync(token, new TokenValidationParameters
    {
        ValidIssuer = AuthorityFixture.Issuer,
        ValidAudience = "hub",
        ValidTypes = ["at+jwt"],
        IssuerSigningKeys = (await JwksAsync()).GetSigningKeys(),
        ValidateLifetime = false,
    })).IsValid;
}
