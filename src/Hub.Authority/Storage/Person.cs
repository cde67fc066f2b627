using Microsoft.AspNetCore.Identity;

namespace Hub.Authority.Storage;

/// <summary>Somebody who signs in at this authority; its id is the <c>sub</c> of the tokens.</summary>
internal sealed class Person : IdentityUser
{
    /// <summary>The administration that the person acts for; none for the secretariat.</summary>
    public string? Administration { get; set; }

    /// <summary>The granted scopes, separated by spaces.</summary>
    public string Scopes { get; set; } = "";
    public bool Disabled { get; set; }

    public IReadOnlyList<string> GrantedScopes => Scopes.Split(' ', StringSplitOptions.RemoveEmptyEntries);
}
