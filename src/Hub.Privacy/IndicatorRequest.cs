namespace Hub.Privacy;

/// <summary>The cells that an earlier edition showed of an indicator, and what they showed.</summary>
internal sealed record ShownCells(IReadOnlyList<Cell> Cells, IReadOnlyList<ShownSet> Sets)
{
    public static ShownCells Of(ProtectedIndicator shown, IReadOnlyList<Entry> entries, Partition? partition)
    {
        var cells = CellRules.Rebuild(shown, entries, partition);
        var sets = cells.Select(cell =>
        {
            var figures = shown.Cells.Single(published => published.Group == cell.Group).Figures;
            return new ShownSet(cell.Entries, figures.Any(figure => figure.Statistic != Statistic.Mean));
        });
        return new(cells, [.. sets]);
    }
}

/// <summary>One indicator of a request that passed every check: what the ladder works on.</summary>
internal sealed record IndicatorRequest
{
    public required Measure Measure { get; init; }

    public required PrivacyPolicy Policy { get; init; }

    public required PlannedIndicator Planned { get; init; }

    public required Partition? Partition { get; init; }

    public required IReadOnlyList<Entry> Entries { get; init; }

    public required IReadOnlyList<ShownCells> Editions { get; init; }

    public IEnumerable<StatisticFamily> Families => Planned.Statistics.Select(statistic => statistic.Family);

    public static IndicatorRequest Of(PublicationRequest request, PlannedIndicator planned) => new()
    {
        Measure = Measure.Of(request.Indicators.Single(facts => facts.Code == planned.Code)),
        Policy = request.Policy,
        Planned = planned,
        Partition = request.Partitions.FirstOrDefault(partition => planned.Partitions.Contains(partition.Name)),
        Entries = Checked(request.Contributions.TryGetValue(planned.Code, out var contributions) ? contributions : []),
        Editions = [.. MemoryRules.Of(request).SelectMany(edition => Earlier(edition, planned.Code))],
    };

    private static IEnumerable<ShownCells> Earlier(ShownEdition edition, string code)
    {
        if (edition.Table.Find(code) is { } shown && shown.Cells.Any(cell => cell.Figures.Count > 0))
        {
            yield return ShownCells.Of(shown, Checked(MemoryRules.Of(edition, code)),
                edition.Partitions.FirstOrDefault(partition => partition.Name == shown.Partition));
        }
    }

    private static Entry[] Checked(IReadOnlyList<Contribution> contributions) =>
        [.. contributions.OrderBy(contribution => contribution.Member, StringComparer.Ordinal).Select(Entry.Of)];
}
