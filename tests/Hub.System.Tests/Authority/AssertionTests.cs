using System.Net;
using Microsoft.IdentityModel.Tokens;
using Xunit;

namespace Hub.SystemTests.Authority;

public sealed class AssertionTests(AuthorityFixture authority) : IClassFixture<AuthorityFixture>
{
    [Fact]
    public async Task Assertion_UsedTwice_IsRefused()
    {
        var machine = await authority.RegisterMachineAsync(null, "hub.read");
        var assertion = machine.Sign();
        Assert.Equal(HttpStatusCode.OK, (await authority.RequestTokenAsync(assertion)).Status);

        (await authority.RequestTokenAsync(assertion)).MustBeRefused("invalid_client");
        Assert.Equal(HttpStatusCode.OK, (await authority.RequestTokenAsync(machine.Sign())).Status);
    }

    [Fact]
    public async Task Assertion_SentManyTimesAtOnce_IsAcceptedOnce()
    {
        var machine = await authority.RegisterMachineAsync(null, "hub.read");
        var assertion = machine.Sign();

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => authority.RequestTokenAsync(assertion)));

        Assert.Single(answers, answer => answer.Status == HttpStatusCode.OK);
        Assert.All(answers.Where(answer => answer.Status != HttpStatusCode.OK), answer => answer.MustBeRefused("invalid_client"));
    }

    [Fact]
    public async Task Assertion_OfAnotherClientWithTheSameId_IsAccepted()
    {
        var first = await authority.RegisterMachineAsync(null, "hub.read");
        var second = await authority.RegisterMachineAsync(null, "hub.read");

        Assert.Equal(HttpStatusCode.OK, (await authority.RequestTokenAsync(first.Sign(wrong => wrong.Claims["jti"] = "1"))).Status);
        Assert.Equal(HttpStatusCode.OK, (await authority.RequestTokenAsync(second.Sign(wrong => wrong.Claims["jti"] = "1"))).Status);
    }

    [Fact]
    public async Task Assertion_WithAWrongSignature_DoesNotSpendItsId()
    {
        var machine = await authority.RegisterMachineAsync(null, "hub.read");
        (await authority.RequestTokenAsync(machine.WithNewKey().Sign(wrong => wrong.Claims["jti"] = "mine"))).MustBeRefused("invalid_client");

        Assert.Equal(HttpStatusCode.OK, (await authority.RequestTokenAsync(machine.Sign(right => right.Claims["jti"] = "mine"))).Status);
    }

    public static TheoryData<string, Action<SecurityTokenDescriptor>> Mistakes { get; } = new()
    {
        { "aud of another issuer", wrong => wrong.Audience = "https://elsewhere.test" },
        { "aud is the token endpoint", wrong => wrong.Audience = AuthorityFixture.Issuer + "/connect/token" },
        { "typ of any JWT", wrong => wrong.TokenType = "JWT" },
        { "typ of an access token", wrong => wrong.TokenType = "at+jwt" },
        { "expired", wrong => wrong.Expires = wrong.IssuedAt!.Value.AddSeconds(-1) },
        { "too long-lived", wrong => wrong.Expires = wrong.IssuedAt!.Value.AddMinutes(5).AddSeconds(1) },
        { "no jti", wrong => wrong.Claims.Remove("jti") },
        { "empty jti", wrong => wrong.Claims["jti"] = "" },
        { "oversized jti", wrong => wrong.Claims["jti"] = new string('x', 201) },
        { "no exp", wrong => wrong.Expires = null },
        { "no sub", wrong => wrong.Claims.Remove("sub") },
        { "sub of another", wrong => wrong.Claims["sub"] = "somebody-else" },
        { "unsigned", wrong => wrong.SigningCredentials = null },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public async Task Assertion_Wrong_IsRefused(string mistake, Action<SecurityTokenDescriptor> wrongly)
    {
        var machine = await authority.RegisterMachineAsync(null, "hub.read");
        Assert.Equal(HttpStatusCode.OK, (await authority.RequestTokenAsync(machine.Sign())).Status);

        var answer = await authority.RequestTokenAsync(machine.Sign(wrongly));

        Assert.True(answer.Status == HttpStatusCode.BadRequest, $"{mistake}: {answer.Status}");
        Assert.NotNull(answer.Error);
        Assert.False(answer.Body.TryGetProperty("access_token", out _));
    }

    [Fact]
    public async Task Assertion_OfTheLongestLifetime_IsAccepted()
    {
        var machine = await authority.RegisterMachineAsync(null, "hub.read");
        var assertion = machine.Sign(longest => longest.Expires = longest.IssuedAt!.Value.AddMinutes(5));

        Assert.Equal(HttpStatusCode.OK, (await authority.RequestTokenAsync(assertion)).Status);
    }

    [Fact]
    public async Task Assertion_OfAnUnknownClient_IsRefused() =>
        (await authority.RequestTokenAsync(Machine.Create(authority.Time).Sign())).MustBeRefused("invalid_client");
}
