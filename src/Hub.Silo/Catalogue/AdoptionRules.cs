namespace Hub.Silo.Catalogue;

/// <summary>
/// What new files may not do to what is in force: nothing vanishes, and what members rely on once a collection has opened stays. The
/// protection width above all: it is a promise that was given before any value was opened.
/// </summary>
internal static class AdoptionRules
{
    public static IReadOnlyList<Mistake> Check(CatalogueState state, IReadOnlyList<ParsedFile> files, DateTimeOffset now)
    {
        var mistakes = new List<Mistake>();
        CheckNothingVanishes(state, files, mistakes);
        var opened = state.Collections.Values.Where(c => c.StateAt(now) != CollectionState.Scheduled).ToDictionary(c => c.Name);
        foreach (var placed in files.SelectMany(f => f.Collections))
        {
            CheckWindow(state, placed, now, mistakes);
            CheckIndicators(opened.GetValueOrDefault(placed.Value.Name), placed, mistakes);
        }

        var collected = opened.Values.SelectMany(c => c.Indicators).DistinctBy(i => i.Name).ToDictionary(i => i.Name);
        foreach (var placed in files.SelectMany(f => f.Indicators).Where(i => collected.ContainsKey(i.Value.Name)))
        {
            CheckPromises(collected[placed.Value.Name], placed, mistakes);
        }

        return [.. mistakes.OrderBy(m => m.File, StringComparer.Ordinal).ThenBy(m => m.Line)];
    }

    private static void CheckNothingVanishes(CatalogueState state, IReadOnlyList<ParsedFile> files, List<Mistake> mistakes)
    {
        var described = files.SelectMany(f => f.Content.Instruments.Select(i => i.Name)
                .Concat(f.Content.Indicators.Select(i => i.Name))
                .Concat(f.Content.Groups.Select(g => $"groups/{g.Code}"))
                .Concat(f.Content.Collections.Select(c => c.Name))
                .Concat(f.Content.Policies.Select(p => $"policies/{p.Code}"))
                .Concat(f.Content.Plans.Select(p => $"plans/{p.Instrument}")))
            .ToHashSet(StringComparer.Ordinal);
        var inForce = state.Instruments.Values.Select(i => i.Name)
            .Concat(state.Indicators.Values.SelectMany(i => i).Select(i => i.Name))
            .Concat(state.Groups.Keys.Select(code => $"groups/{code}"))
            .Concat(state.Calendar.Keys)
            .Concat(state.Policies.Keys.Select(code => $"policies/{code}"))
            .Concat(state.Plans.Keys.Select(code => $"plans/{code}"));
        mistakes.AddRange(inForce.Where(name => !described.Contains(name)).Select(name =>
            new Mistake("(no file)", 0, name, "It is in force and no file describes it any more. Bring it back: what is in force never vanishes.")));
    }

    private static void CheckWindow(CatalogueState state, Placed<PlannedCollection> placed, DateTimeOffset now, List<Mistake> mistakes)
    {
        var (plan, known) = (placed.Value, state.Calendar.GetValueOrDefault(placed.Value.Name));
        var opens = plan.Opens ?? known?.Opens ?? now;
        var rule = opens >= plan.Closes ? $"{plan.Name} would close before it opens."
            : known is null ? null
            : known.Opens <= now && opens != known.Opens ? $"{plan.Name} has opened; its opening time cannot change."
            : plan.Closes != known.Closes && known.Closes <= now ? $"{plan.Name} has closed; it does not open again. Plan another period."
            : plan.Closes != known.Closes && plan.Closes <= now ? $"{plan.Name} cannot be closed in the past. Close it with CloseCollection, which records a reason."
            : null;
        Add(rule, placed, "window", mistakes);
    }

    private static void CheckIndicators(Collection? opened, Placed<PlannedCollection> placed, List<Mistake> mistakes)
    {
        var isOther = opened is not null && !opened.Indicators.Select(i => i.Code).ToHashSet().SetEquals(placed.Value.Indicators);
        Add(isOther ? $"{opened!.Name} has opened; its indicators cannot change." : null, placed, "indicators", mistakes);
    }

    private static void CheckPromises(Indicator known, Placed<Indicator> placed, List<Mistake> mistakes)
    {
        Add(
            known.ProtectionWidth == placed.Value.ProtectionWidth ? null : $"A collection of {known.Code} has opened; its protection width cannot change. Make another indicator.",
            placed, "protection_width", mistakes);
        Add(
            known.ValueKind == placed.Value.ValueKind ? null : $"A collection of {known.Code} has opened; its value kind cannot change. Make another indicator.",
            placed, "value_kind", mistakes);
    }

    private static void Add<T>(string? rule, Placed<T> placed, string field, List<Mistake> mistakes)
    {
        if (rule is not null)
        {
            mistakes.Add(new Mistake(placed.File, placed.Line, field, rule));
        }
    }
}
