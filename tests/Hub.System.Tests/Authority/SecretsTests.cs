using Hub.Authority.Persons;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hub.SystemTests.Authority;

public sealed class SecretsTests
{
    [Fact]
    public async Task Logs_AfterEveryKindOfSignIn_HoldNoSecret()
    {
        await using var authority = new AuthorityFixture();
        await authority.InitializeAsync();
        var machine = await authority.RegisterMachineAsync("UA", "hub.read");
        var assertion = machine.Sign();
        var answer = await authority.RequestTokenAsync(assertion);
        using var scope = authority.Services.CreateScope();
        var (person, password) = await scope.ServiceProvider.GetRequiredService<PersonRegistration>().RegisterAsync(
            new NewPerson("reviewer", null, ["hub.review"]));
        var flow = new PersonFlow(authority);
        var back = await flow.SignInAsync(person.UserName!, password, flow.Request("hub.review"));
        var personal = await flow.RedeemAsync(back["code"]);

        // OpenIddict logs the PKCE verifier; it opens nothing without the code that it belongs to, and codes are used once.
        string[] secrets = [assertion, answer.AccessToken, password, back["code"], personal.AccessToken];
        Assert.NotEmpty(authority.Logs.Lines);
        foreach (var secret in secrets)
        {
            // The signature alone would be enough of a JWT.
            var telling = secret.Split('.')[^1];
            Assert.DoesNotContain(authority.Logs.Lines, line => line.Contains(telling, StringComparison.Ordinal));
        }
    }
}
