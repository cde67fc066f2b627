using System.Security.Cryptography;
using Hub.Client;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Hub.SystemTests.Client;

public sealed class OptionsTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public void Options_WithNothingSet_NameEverythingThatIsMissing()
    {
        var e = Assert.Throws<OptionsValidationException>(() => new HubClient(new HubClientOptions()));

        Assert.Equal(["Address", "Issuer", "ClientId", "ClientKey", "LogKey"], e.Failures.Select(failure => failure.Split(' ')[0]));
    }

    [Theory]
    [InlineData("http://hub.example", false)]
    [InlineData("http://127.0.0.1:5000", true)]
    [InlineData("https://hub.example", true)]
    [InlineData("ftp://hub.example", false)]
    public void Address_WithoutTls_IsTakenForLoopbackOnly(string address, bool taken)
    {
        var options = new HubClientOptions { Address = new Uri(address), LogKey = new FakeLog().Key, TokenSource = new FakeTokens() };

        if (taken) new HubClient(options).Dispose();
        else Assert.Contains("https", Assert.Throws<OptionsValidationException>(() => new HubClient(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void ClientKey_OfEveryWrongKind_IsNamedButNeverQuoted()
    {
        using var ec = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var weak = RSA.Create(1024);
        var parameters = new PbeParameters(PbeEncryptionAlgorithm.Aes256Cbc, HashAlgorithmName.SHA256, 1000);
        (string Key, string Why)[] wrong =
        [
            (ec.ExportSubjectPublicKeyInfoPem(), "public key"),
            (ec.ExportEncryptedPkcs8PrivateKeyPem("secret", parameters), "encrypted"),
            (weak.ExportPkcs8PrivateKeyPem(), "2048"),
            ("-----BEGIN NOTHING-----\n-----END NOTHING-----", "not the PEM"),
            ("c2VjcmV0", "neither PEM nor a JWK"),
            ("""{"kty":"oct","k":"c2VjcmV0"}""", "JWK"),
            ("""{"kty":"EC","crv":"P-256","x":"f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU","y":"x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0"}""", "public JWK"),
        ];
        foreach (var (key, why) in wrong)
        {
            var e = Assert.Throws<OptionsValidationException>(() => new HubClient(Machine(key)));
            var mistake = Assert.Single(e.Failures);
            Assert.Contains(why, mistake, StringComparison.Ordinal);
            Assert.DoesNotContain("c2VjcmV0", mistake, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void ClientKey_OfEveryRightKind_IsTaken()
    {
        using var p256 = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var p521 = ECDsa.Create(ECCurve.NamedCurves.nistP521);
        using var rsa = RSA.Create(2048);

        foreach (var key in new[] { p256.ExportPkcs8PrivateKeyPem(), p256.ExportECPrivateKeyPem(), p521.ExportPkcs8PrivateKeyPem(), rsa.ExportRSAPrivateKeyPem() })
            new HubClient(Machine(key)).Dispose();
    }

    [Fact]
    public void LogKey_MistypedByOneLetter_IsNotTaken()
    {
        var options = new HubClientOptions
        {
            Address = new Uri("https://hub.example"),
            TokenSource = new FakeTokens(),
            LogKey = new FakeLog().Key.Replace("hub.test", "hub.tesd", StringComparison.Ordinal),
        };

        Assert.StartsWith("LogKey", Assert.Throws<OptionsValidationException>(() => new HubClient(options)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task AddHubClient_WithATokenSourceAmongTheServices_UsesItAndMakesOneClient()
    {
        await using var hub = await FakeHub.StartAsync();
        var (given, tokens) = (hub.Options(), new FakeTokens());
        await using var services = new ServiceCollection()
            .AddSingleton<ITokenSource>(tokens)
            .AddHubClient(o => (o.Address, o.LogKey, o.HubHttp, o.TimeProvider) = (given.Address, given.LogKey, given.HubHttp, given.TimeProvider))
            .BuildServiceProvider();

        var client = services.GetRequiredService<HubClient>();
        var caller = await client.WhoAmIAsync(Cancellation);

        Assert.Same(client, services.GetRequiredService<HubClient>());
        Assert.True(caller.IsLogKeyPinned);
        Assert.Equal("administrations/UA", caller.Administration);
        Assert.NotEmpty(tokens.Asked);
    }

    [Fact]
    public async Task WhoAmI_OfAHubWithAnotherLogKey_SaysSo()
    {
        await using var hub = await FakeHub.StartAsync();
        using var client = hub.Client(o => o.LogKey = new FakeLog().Key);

        Assert.False((await client.WhoAmIAsync(Cancellation)).IsLogKeyPinned);
    }

    private static HubClientOptions Machine(string key) => new()
    {
        Address = new Uri("https://hub.example"),
        Issuer = new Uri("https://issuer.example"),
        ClientId = "adm-ua",
        ClientKey = key,
        LogKey = new FakeLog().Key,
    };
}
