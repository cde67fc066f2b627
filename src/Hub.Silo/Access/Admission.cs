using Hub.Silo.Ledger;
using Hub.Silo.Registry;

namespace Hub.Silo.Access;

/// <summary>
/// Whether a caller that is known may do what a row of the table says, at this moment: scope → person → administration → silo's
/// freshness. Asked at the beginning of each call, and again for each message of a stream that changes something.
/// </summary>
internal sealed class Admission(CurrentRegistry registry, ILedgerTail tail)
{
    /// <summary>Why the caller may not do this now; null if he may.</summary>
    public Refusal? Refuse(Caller caller, AccessRow row)
    {
        if (row.Scopes.Length > 0 && !row.Scopes.Any(caller.Scopes.Contains))
        {
            return new Refusal(ErrorReason.ScopeInsufficient, $"This call needs the scope {string.Join(" or ", row.Scopes)}. Ask the issuer for it.")
            {
                Metadata = new Dictionary<string, string> { ["scope"] = string.Join(' ', row.Scopes) },
            };
        }

        if (row.Person && !caller.IsPerson)
        {
            return new Refusal(ErrorReason.PersonRequired, "This act needs a person who signed in (authorization code), not a machine.");
        }

        return RefuseAdministration(caller, row)
            ?? (row.Changes && !tail.IsFresh
                ? new Refusal(ErrorReason.SiloNotReady, "This silo has lost touch with the ledger and changes nothing. Try again.") { RetryAfter = TimeSpan.FromSeconds(1) }
                : null);
    }

    // A suspended administration is shut out of everything but what tells it so: any call that its token speaks for it.
    private Refusal? RefuseAdministration(Caller caller, AccessRow row)
    {
        if (caller.Administration is not { } code)
        {
            return row.Administration ? Refusal.NotPermitted() : null;
        }

        return registry.Find(code) switch
        {
            null when row.Administration => Refusal.NotPermitted(),
            { IsSuspended: true } when row.Scopes.Length > 0 => new Refusal(
                ErrorReason.AdministrationSuspended, "Your administration is suspended. Ask the secretariat; nothing that you submitted is lost."),
            _ => null,
        };
    }
}
