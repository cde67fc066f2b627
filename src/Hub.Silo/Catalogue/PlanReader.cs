namespace Hub.Silo.Catalogue;

/// <summary>Reads a file that says what is published of each instrument.</summary>
internal static class PlanReader
{
    public static void Read(YamlFields root, ParsedFile into)
    {
        foreach (var fields in root.Maps("plans", Limits.FilesMax))
        {
            var indicators = fields.Maps("indicators", Limits.IndicatorsMax).Select(row => (Row: row, Planned: ReadIndicator(row))).ToList();
            var plan = new Plan(fields.Text("instrument"), fields.Text("policy"), [.. indicators.Select(i => i.Planned)]);
            fields.RefuseOthers();
            into.Plans.Add(new Placed<Plan>(plan, fields.File, fields.Line, [.. indicators.Select(i => i.Row.Line)]));
        }
    }

    private static PlanIndicator ReadIndicator(YamlFields fields)
    {
        var code = fields.Text("code");
        var partitions = fields.Has("partitions")
            ? fields.Texts("partitions", Limits.PartitionsMax, CatalogueForms.Partition(), CatalogueForms.PartitionRule)
            : [];
        if (partitions.Count > 1)
        {
            fields.Refuse("partitions", "Groups of two partitions overlap: name one partition, or none.");
        }

        var statistics = fields.Has("statistics") ? fields.Maps("statistics", Limits.PartitionsMax).Select(ReadStatistic).ToList() : [];
        fields.RefuseOthers();
        return new PlanIndicator(code, [.. partitions.Select(p => p.Text)], statistics);
    }

    private static PlanStatistic ReadStatistic(YamlFields fields)
    {
        var statistic = new PlanStatistic(
            fields.Choice<PlanFigure>("statistic") ?? PlanFigure.Mean,
            fields.Choice<PlanAudience>("of_all") ?? PlanAudience.Contributors,
            fields.Choice<PlanAudience>("of_groups") ?? PlanAudience.Contributors);
        fields.RefuseOthers();
        return statistic;
    }
}
