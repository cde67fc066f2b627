using System.Text.RegularExpressions;
using Google.Api;

namespace Hub.Silo.Hosting;

/// <summary>What an RPC's `google.api.http` leaves to the query: nothing if it has a body, else all but the variables of its path.</summary>
internal sealed partial record HttpRuleShape(bool HasBody, IReadOnlySet<string> Variables)
{
    public static HttpRuleShape Of(HttpRule rule)
    {
        var path = rule.Get is { Length: > 0 } get ? get : rule.Post;
        return new HttpRuleShape(rule.Body.Length > 0, Variable().Matches(path).Select(match => match.Groups[1].Value).ToHashSet());
    }

    [GeneratedRegex(@"\{([^}=]+)=")]
    private static partial Regex Variable();
}
