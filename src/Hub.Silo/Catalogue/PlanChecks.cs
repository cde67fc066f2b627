namespace Hub.Silo.Catalogue;

/// <summary>Checks plans against the other files: what a plan names must be described.</summary>
internal static class PlanChecks
{
    public static void Check(IReadOnlyList<ParsedFile> files, List<Mistake> mistakes)
    {
        var policies = files.SelectMany(f => f.Policies).Select(p => p.Value.Code).ToHashSet(StringComparer.Ordinal);
        var partitions = files.SelectMany(f => f.Groups).Select(g => g.Value.Partition).ToHashSet(StringComparer.Ordinal);
        var indicators = files.SelectMany(f => f.Indicators).ToLookup(i => i.Value.Instrument, i => i.Value.Code);
        foreach (var placed in files.SelectMany(f => f.Plans))
        {
            var (plan, file) = (placed.Value, placed.File);
            Refuse(!indicators.Contains(plan.Instrument), placed.Line, "instrument", $"No file describes the instrument {plan.Instrument}.");
            Refuse(!policies.Contains(plan.Policy), placed.Line, "policy", $"No file describes the policy {plan.Policy}.");
            for (var i = 0; i < plan.Indicators.Count; i++)
            {
                var (planned, field) = (plan.Indicators[i], $"indicators[{i}]");
                Refuse(!indicators[plan.Instrument].Contains(planned.Code), placed.PartLines[i], $"{field}.code", $"The instrument {plan.Instrument} has no indicator {planned.Code}.");
                foreach (var unknown in planned.Partitions.Where(p => p == Group.All || !partitions.Contains(p)))
                {
                    Refuse(true, placed.PartLines[i], $"{field}.partitions", $"No file describes groups of the partition {unknown}; `all` is always there.");
                }
            }

            void Refuse(bool isWrong, int line, string field, string rule)
            {
                if (isWrong)
                {
                    mistakes.Add(new Mistake(file, line, field, rule));
                }
            }
        }
    }
}
