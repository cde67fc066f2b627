namespace Hub.Authority.Management;

/// <summary>What is wrong with one field of a request, which rule says so, and what to do.</summary>
internal sealed record Violation(string Field, string Rule, string Remedy);

/// <summary>A request that breaks rules; carries all of them at once.</summary>
internal sealed class RefusedException(IReadOnlyList<Violation> violations)
    : Exception(string.Join("; ", violations.Select(violation => $"{violation.Field}: {violation.Rule}; {violation.Remedy}")))
{
    public RefusedException(string field, string rule, string remedy) : this([new Violation(field, rule, remedy)])
    {
    }

    public IReadOnlyList<Violation> Violations { get; } = violations;

    /// <summary>The request is well formed, but what it names exists already.</summary>
    public bool IsConflict { get; init; }
}

/// <summary>The client, person or key that a request names does not exist.</summary>
internal sealed class NotFoundException(string kind) : Exception($"There is no such {kind}.");
