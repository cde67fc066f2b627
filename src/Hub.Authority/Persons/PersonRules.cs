using System.Text.RegularExpressions;
using Hub.Authority.Clients;
using Hub.Authority.Management;

namespace Hub.Authority.Persons;

/// <summary>Who may be registered as a person, with which scopes.</summary>
internal static partial class PersonRules
{
    public static IEnumerable<Violation> Check(NewPerson person)
    {
        if (!UserName().IsMatch(person.UserName))
        {
            yield return new Violation("userName", $"1 to {Limits.NameLengthMax} letters, digits or any of . - _ @ +", "choose another user name");
        }
        if (person.Scopes.Count == 0)
        {
            yield return new Violation("scopes", "a person needs at least one scope", $"choose among {string.Join(' ', Scopes.All)}");
        }
        foreach (var unknown in person.Scopes.Except(Scopes.All))
        {
            yield return new Violation("scopes", $"'{unknown}' is no scope of this authority", $"choose among {string.Join(' ', Scopes.All)}");
        }
        if (person.Scopes.Contains(Scopes.Submit) && person.Administration is null)
        {
            yield return new Violation("administration", "who holds hub.submit speaks for an administration", "send administration");
        }
        foreach (var violation in ClientRules.CheckAdministration(person.Administration))
        {
            yield return violation;
        }
        if (person.Password is { Length: < Limits.PasswordLengthMin or > Limits.PasswordLengthMax })
        {
            yield return new Violation("password", $"{Limits.PasswordLengthMin} to {Limits.PasswordLengthMax} characters",
                "send a longer one, or none: then one is made");
        }
    }

    [GeneratedRegex(@"^[A-Za-z0-9._@+\-]{1,64}\z")]
    private static partial Regex UserName();
}
