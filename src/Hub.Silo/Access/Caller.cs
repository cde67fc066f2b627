namespace Hub.Silo.Access;

/// <summary>Who calls, read from a verified access token and nothing else.</summary>
/// <param name="ClientId">The OAuth client.</param>
/// <param name="Subject">The person's subject; null for a machine.</param>
/// <param name="Administration">ISO or WCO code of the administration that the token speaks for; null for none.</param>
internal sealed record Caller(string ClientId, string? Subject, string? Administration, IReadOnlySet<string> Scopes)
{
    public bool IsPerson => Subject is not null;

    /// <summary>Whose acts share one space of request ids: the administration, else the person, else the client.</summary>
    public string IdempotencyScope => Administration is not null ? $"administration:{Administration}"
        : Subject is not null ? $"subject:{Subject}"
        : $"client:{ClientId}";

    /// <summary>Whom two-person rules compare: the person, and a machine by its client.</summary>
    public string Identity => Subject is not null ? $"subject:{Subject}" : $"client:{ClientId}";
}

/// <summary>The OAuth scopes that the Hub knows.</summary>
internal static class Scopes
{
    public const string Submit = "hub.submit";
    public const string Read = "hub.read";
    public const string Review = "hub.review";
    public const string Operate = "hub.operate";
    public const string Audit = "hub.audit";
}
