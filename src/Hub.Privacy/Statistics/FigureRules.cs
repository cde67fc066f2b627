namespace Hub.Privacy;

/// <summary>Computes and rounds the figures of an indicator whose step is decided: the last thing that is done with values.</summary>
internal static class FigureRules
{
    public static ProtectedIndicator Indicator(IndicatorRequest request, Descent descent, Controls controls) => new()
    {
        Code = request.Measure.Code,
        Lower = Rounding.Plain(request.Measure.Lower),
        Upper = Rounding.Plain(request.Measure.Upper),
        Width = Rounding.Plain(request.Measure.Width),
        Kind = request.Measure.Kind,
        Partition = request.Partition?.Name,
        Statistics = [.. request.Planned.Statistics.OrderBy(statistic => statistic.Family)],
        Step = descent.Step,
        Cells = Cells(request, descent, controls),
    };

    /// <summary>`all`, then every planned group (those that were joined or are empty without figures), then `other`.</summary>
    private static List<ProtectedCell> Cells(IndicatorRequest request, Descent descent, Controls controls)
    {
        var formed = descent.Cells.ToDictionary(cell => cell.Group, cell => Published(request, descent, cell, controls));
        var joined = descent.Cells.SelectMany(cell => cell.Joined).ToHashSet();
        var groups = (request.Partition?.Groups ?? []).Select(group => group.Name).Order(StringComparer.Ordinal);
        return
        [
            formed[Group.All],
            .. groups.Select(group => formed.TryGetValue(group, out var cell) ? cell : Unpublished(request, descent, group, joined)),
            .. formed.TryGetValue(Group.Other, out var other) ? [other] : Array.Empty<ProtectedCell>(),
        ];
    }

    private static ProtectedCell Published(IndicatorRequest request, Descent descent, Cell cell, Controls controls)
    {
        var withheld = request.Families.ToDictionary(
            family => family, family => descent.Withheld(request.Policy, family, cell.Entries.Count));
        var figures = withheld.Where(pair => pair.Value is null)
            .SelectMany(pair => pair.Key.Members())
            .Order()
            .Select(statistic => Figure(request, cell, statistic, controls))
            .ToArray();
        return new()
        {
            Group = cell.Group,
            Joined = cell.Joined,
            Band = figures.Length == 0 ? null : ContributorBand.Of(cell.Entries.Count),
            Figures = figures,
            Withheld = [.. Withheld(withheld.Where(pair => pair.Value is not null).Select(pair => (pair.Key, pair.Value!.Value)))],
        };
    }

    private static ProtectedCell Unpublished(IndicatorRequest request, Descent descent, string group, HashSet<string> joined)
    {
        var rule = descent.Step == LadderStep.NotPublished ? descent.Announced
            : joined.Contains(group) ? WithheldRule.JoinedIntoOther
            : WithheldRule.TooFewContributors;
        return new()
        {
            Group = group,
            Joined = [],
            Band = null,
            Figures = [],
            Withheld = [.. Withheld(request.Families.Select(family => (family, rule)))],
        };
    }

    private static IEnumerable<WithheldStatistic> Withheld(IEnumerable<(StatisticFamily Family, WithheldRule Rule)> families) => families
        .SelectMany(pair => pair.Family.Members().Select(statistic => new WithheldStatistic(statistic, pair.Rule)))
        .OrderBy(withheld => withheld.Statistic);

    private static ProtectedFigure Figure(IndicatorRequest request, Cell cell, Statistic statistic, Controls controls)
    {
        var n = cell.Entries.Count;
        if (statistic == Statistic.Mean)
        {
            return Rounded(Mean.Of(cell.Entries), Rounding.OfMean(request.Measure, request.Policy, n));
        }

        var sorted = cell.Entries.Select(entry => entry.Value).Order().ToArray();
        var exact = SmoothedQuantile.Of(statistic).Compute(sorted, request.Policy.Quantiles!.Window);
        return Rounded(exact, Rounding.OfQuantile(request.Measure, n));

        ProtectedFigure Rounded(Rational value, decimal unit)
        {
            var finest = controls.Rounded ? unit : 0.000001m;
            return new(statistic, Rounding.HalfToEven(value, finest), finest);
        }
    }
}
