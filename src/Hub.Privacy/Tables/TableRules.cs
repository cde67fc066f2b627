namespace Hub.Privacy;

/// <summary>What holds of every table, whoever wrote its bytes: order, uniqueness, and figures that are multiples of their rounding.</summary>
internal static class TableRules
{
    public static void Check(ProtectedTable table)
    {
        Require(table.Edition >= 1 && table.PlanVersion >= 1 && table.PolicyVersion >= 1, "versions");
        Require(Rises(table.Indicators.Select(indicator => indicator.Code)), "indicators");
        foreach (var indicator in table.Indicators)
        {
            CheckIndicator(indicator);
        }
    }

    private static void CheckIndicator(ProtectedIndicator indicator)
    {
        Require(indicator.Lower < indicator.Upper && indicator.Width > 0m, "range");
        Require(new[] { indicator.Lower, indicator.Upper, indicator.Width }.All(end => Rounding.Plain(end).Scale == end.Scale), "range");
        Require(indicator.Cells.Count > 0 && indicator.Cells[0].Group == Group.All, "cells");
        Require(indicator.Cells.Select(cell => cell.Group).Distinct().Count() == indicator.Cells.Count, "cells");
        foreach (var cell in indicator.Cells)
        {
            CheckCell(indicator, cell);
        }
    }

    private static void CheckCell(ProtectedIndicator indicator, ProtectedCell cell)
    {
        Require(Rises(cell.Joined) && (cell.Joined.Count == 0 || cell.Group == Group.Other), "joined");
        Require(cell.Figures.Count == 0 == cell.Band is null, "band");
        Require(cell.Figures.Count == 0 || indicator.Step != LadderStep.NotPublished, "step");
        Require(cell.Figures.Zip(cell.Figures.Skip(1), (a, b) => a.Statistic < b.Statistic).All(rises => rises), "figures");
        Require(cell.Withheld.Zip(cell.Withheld.Skip(1), (a, b) => a.Statistic < b.Statistic).All(rises => rises), "withheld");
        var planned = indicator.Statistics.SelectMany(statistic => statistic.Family.Members()).Order();
        Require(cell.Figures.Select(figure => figure.Statistic).Concat(cell.Withheld.Select(withheld => withheld.Statistic))
            .Order().SequenceEqual(planned), "statistics");
        Require(indicator.Step == LadderStep.Full || cell.Figures.All(figure => figure.Statistic == Statistic.Mean), "step");
        Require(cell.Figures.All(figure => figure.RoundedTo > 0m && Rounding.IsMultiple(figure.Value, figure.RoundedTo)), "rounding");
    }

    private static bool Rises(IEnumerable<string> names)
    {
        var list = names.ToArray();
        return list.Zip(list.Skip(1), string.CompareOrdinal).All(order => order < 0);
    }

    private static void Require(bool holds, string place)
    {
        if (!holds)
        {
            throw new FormatException($"The table is not one that protection makes: {place}.");
        }
    }
}
