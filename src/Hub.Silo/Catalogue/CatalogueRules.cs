namespace Hub.Silo.Catalogue;

/// <summary>What may become of the catalogue: pure decisions from what is in force, the files and the time.</summary>
internal static class CatalogueRules
{
    /// <summary>The events that bring what is in force to what the files say; none if it is that already. All mistakes at once.</summary>
    public static Decision<CatalogueEvent[]> Adopt(CatalogueState state, CatalogueReading reading, string @operator, DateTimeOffset now)
    {
        var mistakes = reading.Mistakes.Count > 0 ? reading.Mistakes : AdoptionRules.Check(state, reading.Files, now);
        if (mistakes.Count > 0)
        {
            return Refusal.Invalid([.. mistakes.Select(ToViolation)]);
        }

        var names = reading.Files.Select(f => f.Source.Name).ToHashSet(StringComparer.Ordinal);
        return (CatalogueEvent[])
        [
            .. state.Files.Keys.Where(name => !names.Contains(name)).Select(name => new FileDropped(name, @operator)),
            .. reading.Files
                .Where(f => state.Files.GetValueOrDefault(f.Source.Name) != f.Source.Sha256)
                .Select(f => new FileAdopted(f.Source.Name, f.Source.Sha256, @operator, f.Source.Text, f.Content)),
        ];
    }

    /// <summary>A collection is closed early by one operator, with a reason, once.</summary>
    public static Decision<CollectionClosed> Close(CatalogueState state, string collection, string reason, string closer, DateTimeOffset now)
    {
        if (state.FindCollection(collection) is not { } found)
        {
            return Refusal.NotFound("such collection");
        }

        if (reason.Trim().Length is 0 or > Limits.ReasonCharsMax)
        {
            return Refusal.Invalid("reason", $"A reason has 1 to {Limits.ReasonCharsMax} characters.", "Say in a sentence why it closes early.");
        }

        return found.StateAt(now) == CollectionState.Closed
            ? new Refusal(ErrorReason.CollectionClosed, $"The collection is closed since {found.ClosesAt.UtcDateTime:yyyy-MM-dd HH:mm:ss} UTC.")
            : new CollectionClosed(collection, reason.Trim(), closer);
    }

    private static Violation ToViolation(Mistake mistake) =>
        new($"{mistake.File}({mistake.Line}){(mistake.Field.Length > 0 ? ": " + mistake.Field : "")}", mistake.Rule, "Correct the file and start again.");
}
