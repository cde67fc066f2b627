namespace Hub.Authority;

/// <summary>The scopes this authority knows, who may hold them, and the audience each one leads to.</summary>
internal static class Scopes
{
    public const string Submit = "hub.submit";
    public const string Read = "hub.read";
    public const string Review = "hub.review";
    public const string Operate = "hub.operate";
    public const string Audit = "hub.audit";
    public const string Manage = "authority.manage";

    public const string HubAudience = "hub";
    public const string AuthorityAudience = "authority";

    public static readonly string[] All = [Submit, Read, Review, Operate, Audit, Manage];

    /// <summary>A release is judged by people: no machine ever reviews.</summary>
    public static readonly string[] OfMachines = [Submit, Read, Operate, Audit, Manage];

    public static string AudienceOf(IReadOnlyCollection<string> scopes) =>
        scopes.Contains(Manage) ? AuthorityAudience : HubAudience;

    /// <summary>
    /// A token is for one audience: what is shown to the Hub must never open the management of this authority.
    /// </summary>
    public static bool AreOfOneAudience(IReadOnlyCollection<string> scopes) =>
        !scopes.Contains(Manage) || scopes.All(scope => scope == Manage);
}
