using Hub.Client;

namespace Hub.Testing;

/// <summary>Tokens of the test issuer for one caller: each asked for anew, so that none is ever expired.</summary>
public sealed class TestTokens(Func<string> make) : ITokenSource
{
    public ValueTask<string> GetTokenAsync(string? refused, CancellationToken cancellationToken) => ValueTask.FromResult(make());
}
