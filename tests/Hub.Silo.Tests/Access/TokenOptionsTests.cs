using Hub.Silo.Access;
using Microsoft.Extensions.Configuration;
using Xunit;

namespace Hub.Silo.Tests.Access;

public sealed class TokenOptionsTests
{
    [Fact]
    public void Algorithms_ThatAreConfigured_ReplaceTheDefaults()
    {
        var options = Read(("Algorithms:0", "ES384"));

        Assert.Equal(["ES384"], options.Accepted);
        Assert.Empty(options.Mistakes());
    }

    [Fact]
    public void Algorithms_NotConfigured_AreTheDefaults() => Assert.Equal(["ES256", "RS256", "PS256"], Read().Accepted);

    [Theory]
    [InlineData("Algorithms:0", "HS256", "Authority:Algorithms")]
    [InlineData("Algorithms:0", "none", "Authority:Algorithms")]
    [InlineData("Issuer", "issuer.test", "Authority:Issuer")]
    [InlineData("Issuer", "http://issuer.test", "Authority:Issuer")]
    [InlineData("TokenLifetimeMax", "00:00:00", "Authority:TokenLifetimeMax")]
    [InlineData("TokenLifetimeMax", "1.00:00:01", "Authority:TokenLifetimeMax")]
    public void Setting_ThatIsWrong_IsNamed(string key, string value, string named) =>
        Assert.StartsWith(named, Assert.Single(Read((key, value)).Mistakes()), StringComparison.Ordinal);

    private static TokenOptions Read(params (string Key, string Value)[] settings)
    {
        var all = settings.ToDictionary(s => $"Authority:{s.Key}", s => (string?)s.Value);
        all.TryAdd("Authority:Issuer", "https://issuer.test");
        return new ConfigurationBuilder().AddInMemoryCollection(all).Build().GetSection(TokenOptions.Section).Get<TokenOptions>()!;
    }
}
