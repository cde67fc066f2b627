using Microsoft.IdentityModel.Tokens;

namespace Hub.Authority.Clients;

/// <summary>
/// A registered OAuth client: a machine (it has keys) or an application that persons sign in through (it has redirect addresses).
/// </summary>
internal sealed record Client
{
    public required string ClientId { get; init; }

    /// <summary>The administration that a machine speaks for; none for partners, operators and the secretariat.</summary>
    public string? Administration { get; init; }
    public IReadOnlyList<string> Scopes { get; init; } = [];

    /// <summary>Public halves only.</summary>
    public IReadOnlyList<JsonWebKey> Keys { get; init; } = [];
    public IReadOnlyList<string> RedirectUris { get; init; } = [];
    public bool Disabled { get; init; }
}
