namespace Hub.Authority.Tokens;

/// <summary>Which scopes one token may hold.</summary>
internal static class ScopeRules
{
    /// <summary>Why these scopes are not given, or nothing.</summary>
    public static string? Refuse(IReadOnlyCollection<string> wanted, IEnumerable<string> granted)
    {
        if (wanted.Count == 0)
        {
            return "Name the scopes that this token is for.";
        }
        if (!Scopes.AreOfOneAudience(wanted))
        {
            return $"'{Scopes.Manage}' leads to another audience than the Hub's scopes: ask for two tokens.";
        }
        var missing = wanted.Except(granted).Order(StringComparer.Ordinal).ToArray();
        return missing.Length == 0 ? null : $"Not granted to this client: {string.Join(' ', missing)}.";
    }
}
