using System.Text.RegularExpressions;
using Hub.Silo.Access;
using Hub.Silo.Hosting;

namespace Hub.Silo.Registry;

/// <summary>What may be changed in the registry, and by whom: pure decisions.</summary>
internal static partial class RegistryRules
{
    public static Decision<RegistryEvent> Propose(RegistryState state, ProposeCommand command)
    {
        if (RequirePerson(command.By, command.ConfirmationsRequired) is { } refusal)
        {
            return refusal;
        }

        List<Violation> violations = [.. CheckChange(command.Change), .. CheckReason("change.reason", command.Reason)];
        if (violations.Count > 0)
        {
            return Refusal.Invalid(violations);
        }

        // The same person's repetition is answered before the rules: this id is another's.
        if (state.Changes.ContainsKey(command.Act.RequestId))
        {
            return new Refusal(ErrorReason.RequestIdReused, "There is a change with this id already. Send a fresh UUID with each new act.");
        }

        return Fits(state, command.Change) is { } misfit
            ? misfit
            : new ChangeProposed(command.Act.RequestId, command.Change, command.Reason, command.By.Pseudonym, command.ConfirmationsRequired);
    }

    public static Decision<RegistryEvent> Confirm(RegistryState state, ConfirmCommand command)
    {
        if (!state.Changes.TryGetValue(command.Change, out var change))
        {
            return Refusal.NotFound("such change");
        }

        if (RequirePerson(command.By, change.ConfirmationsRequired) is { } refusal)
        {
            return refusal;
        }

        if (change.EffectiveAt is not null)
        {
            return new Refusal(ErrorReason.ChangeNotPending, "The change is in force already.");
        }

        if (change.Proposer == command.By.Pseudonym || change.Confirmers.Contains(command.By.Pseudonym))
        {
            return new Refusal(
                ErrorReason.ConfirmationBySamePerson, "Somebody else must confirm a change than the one who proposed it, and each once. Ask another operator.");
        }

        return Fits(state, change.Change) is { } misfit ? misfit : new ChangeConfirmed(change.Id, command.By.Pseudonym);
    }

    public static Decision<RegistryEvent> Suspend(RegistryState state, SuspendCommand command)
    {
        if (!state.Administrations.TryGetValue(command.Administration, out var known))
        {
            return Refusal.NotFound("such administration");
        }

        if (known.IsSuspended)
        {
            return new Refusal(ErrorReason.ChangeNotApplicable, "The administration is suspended already.");
        }

        return CheckReason("reason", command.Reason) is { Count: > 0 } violations
            ? Refusal.Invalid(violations)
            : new Suspended(command.Administration, command.Reason, command.By.Pseudonym);
    }

    // Two machines of one operator are no two persons; only the sandbox, which asks for no second person, takes machines.
    private static Refusal? RequirePerson(Actor by, int confirmationsRequired) => confirmationsRequired > 0 && !by.IsPerson
        ? new Refusal(ErrorReason.PersonRequired, "A change that others must confirm is made by a person who signed in, not by a machine.")
        : null;

    private static Refusal? Fits(RegistryState state, RegistryChange change)
    {
        var code = (change.Register ?? change.Replace)?.Code ?? change.Reinstate!;
        var known = state.Administrations.GetValueOrDefault(code);
        return change switch
        {
            { Register: not null } when known is not null => Misfit("It is registered already. Replace its attributes instead."),
            { Replace: not null } when known is null => Misfit("It is not registered. Register it first."),
            { Reinstate: not null } when known is not { IsSuspended: true } => Misfit("It is not suspended, so there is nothing to end."),
            _ => null,
        };
    }

    private static Refusal Misfit(string detail) => new(ErrorReason.ChangeNotApplicable, detail);

    private static IEnumerable<Violation> CheckChange(RegistryChange change)
    {
        if ((change.Register ?? change.Replace) is { } attributes)
        {
            return CheckAttributes(attributes, change.Register is null ? "change.replace_attributes" : "change.register");
        }

        return change.Reinstate is null
            ? [new Violation("change", "It says nothing to change.", "Set register, replace_attributes or reinstate.")]
            : [];
    }

    private static IEnumerable<Violation> CheckAttributes(Attributes attributes, string field)
    {
        if (!Code().IsMatch(attributes.Code))
        {
            yield return new Violation($"{field}.name", "It is not administrations/ and a code of 2 or 3 capital letters or digits.", "Use the ISO 3166 alpha-2 code, or the WCO's.");
        }

        if (attributes.DisplayName.Trim().Length is 0 or > Limits.DisplayNameCharsMax)
        {
            yield return new Violation($"{field}.display_name", $"A name has 1 to {Limits.DisplayNameCharsMax} characters.", "Send the country's or territory's name.");
        }

        if (attributes.TimeZone.Length > 0 && IanaZone.Find(attributes.TimeZone) is null)
        {
            yield return new Violation($"{field}.time_zone", "It is not an IANA time zone.", "Send for example Europe/Kyiv, or nothing for UTC.");
        }

        if (attributes.AgreementVersion < 0)
        {
            yield return new Violation($"{field}.agreement_version", "It is negative.", "Send 0 for none, or the version that was signed.");
        }
    }

    private static IReadOnlyList<Violation> CheckReason(string field, string reason) => reason.Trim().Length is > 0 and <= Limits.ReasonCharsMax
        ? []
        : [new Violation(field, $"A reason has 1 to {Limits.ReasonCharsMax} characters.", "Say in a sentence why.")];

    [GeneratedRegex(@"\A[A-Z0-9]{2,3}\z")]
    private static partial Regex Code();
}
