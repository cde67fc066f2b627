using Grpc.Core;

namespace Hub.Client;

/// <summary>The issuer gave no access token: it refused, could not be reached, or answered something else.</summary>
public sealed class TokenException : HubException
{
    internal TokenException(string message, StatusCode statusCode, string? error = null, Exception? inner = null)
        : base(message, statusCode, inner) => Error = error;

    /// <summary>The OAuth error, such as <c>invalid_client</c>, <c>invalid_scope</c> or <c>unauthorized_client</c>; null if the issuer named none.</summary>
    public string? Error { get; }

    internal static TokenException Refused(string clientId, string error, string? description)
    {
        var remedy = error switch
        {
            "invalid_client" => "Check ClientId, that the public half of ClientKey is registered there, and this machine's clock.",
            "invalid_scope" => "Check that this client may have the Scopes it asks for.",
            "unauthorized_client" => "The client is not registered for client credentials.",
            _ => "",
        };
        return new TokenException(
            $"The issuer refused a token for the client {clientId}: {error}{(description is null ? "" : $" ({description})")}. {remedy}".TrimEnd(),
            StatusCode.Unauthenticated, error);
    }

    internal static TokenException Unreachable(Uri address, Exception inner) =>
        new($"The issuer could not be reached at {address}: {inner.Message}", StatusCode.Unavailable, inner: inner);

    internal static TokenException Unexpected(Uri address, string what) =>
        new($"The answer of {address} is not that of an OpenID Connect issuer: {what}", StatusCode.Unauthenticated);
}
