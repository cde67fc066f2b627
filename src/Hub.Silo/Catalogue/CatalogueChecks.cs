namespace Hub.Silo.Catalogue;

/// <summary>Checks the files against one another: what is named must be described, and once.</summary>
internal static class CatalogueChecks
{
    public static void Check(IReadOnlyList<ParsedFile> files, List<Mistake> mistakes)
    {
        RefuseTwice([.. files.SelectMany(f => f.Instruments)], i => i.Code, "instrument", mistakes);
        RefuseTwice([.. files.SelectMany(f => f.Groups)], g => g.Code, "group", mistakes);
        RefuseTwice([.. files.SelectMany(f => f.Collections)], c => $"{c.Instrument} {c.Period}", "collection", mistakes);
        var indicators = files.SelectMany(f => f.Indicators).ToLookup(i => i.Value.Instrument);
        CheckVariations(indicators, mistakes);
        foreach (var collection in files.SelectMany(f => f.Collections))
        {
            CheckCollection(collection, indicators, mistakes);
        }

        CheckGroups([.. files.SelectMany(f => f.Groups)], mistakes);
        RefuseTwice([.. files.SelectMany(f => f.Policies)], p => p.Code, "policy", mistakes);
        RefuseTwice([.. files.SelectMany(f => f.Plans)], p => p.Instrument, "plan of", mistakes);
        PlanChecks.Check(files, mistakes);
    }

    private static void RefuseTwice<T>(IReadOnlyList<Placed<T>> all, Func<T, string> code, string what, List<Mistake> mistakes)
    {
        foreach (var same in all.GroupBy(p => code(p.Value), StringComparer.Ordinal).Where(g => g.Key.Length > 0 && g.Count() > 1))
        {
            var first = same.First();
            mistakes.AddRange(same.Skip(1).Select(p =>
                new Mistake(p.File, p.Line, "", $"The {what} {same.Key} stands already in {first.File} on line {first.Line}.")));
        }
    }

    private static void CheckVariations(ILookup<string, Placed<Indicator>> indicators, List<Mistake> mistakes)
    {
        var variations = indicators.SelectMany(g => g).Where(i => i.Value.ValueKind == ValueKind.DerivedVariation);
        mistakes.AddRange(variations
            .Where(v => v.Value.DerivedFrom is not null && !indicators[v.Value.Instrument].Any(i => i.Value.Code == v.Value.DerivedFrom && i.Value.ValueKind == ValueKind.Level))
            .Select(v => new Mistake(v.File, v.Line, "derived_from", $"{v.Value.DerivedFrom} is no level of this instrument.")));
    }

    private static void CheckCollection(Placed<PlannedCollection> placed, ILookup<string, Placed<Indicator>> indicators, List<Mistake> mistakes)
    {
        var (plan, file) = (placed.Value, placed.File);
        if (plan.Instrument.Length > 0 && !indicators.Contains(plan.Instrument))
        {
            Add(new Mistake(file, placed.Line, "instrument", $"No file describes the instrument {plan.Instrument}."), mistakes);
        }

        for (var i = 0; i < plan.Indicators.Count && indicators.Contains(plan.Instrument); i++)
        {
            var found = indicators[plan.Instrument].FirstOrDefault(p => p.Value.Code == plan.Indicators[i])?.Value;
            var rule = found is null ? $"The instrument {plan.Instrument} has no indicator {plan.Indicators[i]}."
                : found.ValueKind == ValueKind.DerivedVariation ? $"{found.Code} is derived from {found.DerivedFrom} and never collected."
                : null;
            if (rule is not null)
            {
                Add(new Mistake(file, placed.PartLines[i], $"indicators[{i}]", rule), mistakes);
            }
        }
    }

    // Periods that share a row share its mistake.
    private static void Add(Mistake mistake, List<Mistake> mistakes)
    {
        if (!mistakes.Contains(mistake))
        {
            mistakes.Add(mistake);
        }
    }

    private static void CheckGroups(IReadOnlyList<Placed<Group>> groups, List<Mistake> mistakes)
    {
        var everybody = groups.FirstOrDefault(g => g.Value.Code == Group.All)?.Value.Members.ToHashSet(StringComparer.Ordinal);
        if (everybody is null && groups.Count > 0)
        {
            mistakes.Add(new Mistake(groups[0].File, groups[0].Line, "", "No file describes the group `all`, which names everybody."));
        }

        var seen = new Dictionary<(string Partition, string Member), string>();
        foreach (var placed in groups)
        {
            for (var i = 0; i < placed.Value.Members.Count; i++)
            {
                var member = placed.Value.Members[i];
                var rule = everybody?.Contains(member) == false ? $"{member} is not in the group `all`."
                    : !seen.TryAdd((placed.Value.Partition, member), placed.Value.Code) ? $"{member} is in {seen[(placed.Value.Partition, member)]} already; groups of one partition do not overlap."
                    : null;
                if (rule is not null)
                {
                    mistakes.Add(new Mistake(placed.File, placed.PartLines[i], "members", rule));
                }
            }
        }
    }
}
