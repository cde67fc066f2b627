namespace Hub.Client;

/// <summary>
/// Where access tokens come from. The SDK has its own for machines; a program for persons supplies one that signs them in
/// (authorization code with PKCE). Called for every call to the Hub and from several threads, so it should remember its token.
/// </summary>
public interface ITokenSource
{
    /// <summary>An access token that is valid for at least the next seconds.</summary>
    /// <param name="refused">
    /// The token that the Hub has just refused, or null. A source that still holds this very token gets another one; if it cannot, it
    /// returns the same one again and the refusal stands.
    /// </param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="TokenException">There is no token to be had.</exception>
    ValueTask<string> GetTokenAsync(string? refused, CancellationToken cancellationToken);
}
