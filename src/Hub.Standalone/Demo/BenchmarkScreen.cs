using System.Globalization;
using Hub.Client;
using Spectre.Console;

namespace Hub.Standalone.Demo;

/// <summary>Benchmarks in a terminal: as a table, as a plot of quartiles, and what was withheld by which rule.</summary>
internal static class BenchmarkScreen
{
    private const int PlotWidth = 60;
    private static readonly (Statistic Statistic, string Title)[] Columns =
    [
        (Statistic.Mean, "mean"), (Statistic.LowerQuartile, "Q1"), (Statistic.LowerTertile, "T1"),
        (Statistic.Median, "median"), (Statistic.UpperTertile, "T2"), (Statistic.UpperQuartile, "Q3"),
    ];

    public static void Table(IEnumerable<Benchmark> benchmarks)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumn("group", group => group.NoWrap()).AddColumn("count");
        foreach (var (_, title) in Columns)
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }

        foreach (var benchmark in benchmarks)
        {
            table.AddRow([
                Markup.Escape(GroupOf(benchmark)), benchmark.Contributors?.ToString() ?? "",
                .. Columns.Select(column => Text(benchmark.Find(column.Statistic)))]);
        }

        AnsiConsole.Write(table);
    }

    /// <summary>One line for each group: the quartiles as a bar, the median in it, on the scale of all that is shown.</summary>
    public static void Plot(IReadOnlyList<Benchmark> benchmarks)
    {
        var values = benchmarks.SelectMany(b => b.Figures).OfType<PublishedFigure>().Select(f => f.Value).ToList();
        if (values.Count == 0)
        {
            return;
        }

        var (least, greatest) = (values.Min(), values.Max());
        foreach (var benchmark in benchmarks.Where(b => b.Find(Statistic.Mean) is PublishedFigure))
        {
            DemoScreen.Line($"  {GroupOf(benchmark),-16} {Bar(benchmark, least, greatest)}");
        }

        var axis = $"{Number(least)}{new string(' ', Math.Max(1, PlotWidth - Number(least).Length - Number(greatest).Length))}{Number(greatest)}";
        DemoScreen.Line($"  {"",-16} {axis}");
        DemoScreen.Line($"  {"",-16} in {benchmarks[0].Unit}: ├──┤ quartiles  ◆ median  ○ mean");
    }

    /// <summary>The lowest and the highest tenth, where a group is large enough to show them.</summary>
    public static void Tenths(IEnumerable<Benchmark> benchmarks)
    {
        foreach (var benchmark in benchmarks)
        {
            if (Find(benchmark, Statistic.P10) is { } low && Find(benchmark, Statistic.P90) is { } high)
            {
                DemoScreen.Line($"  {GroupOf(benchmark),-16} a tenth lies below {Number(low)}, a tenth above {Number(high)}");
            }
        }
    }

    public static void Withheld(IEnumerable<Benchmark> benchmarks)
    {
        DemoScreen.Line("Withheld, by rule (P10 and P90, which have no column, included):");
        foreach (var rule in benchmarks.SelectMany(b => b.Figures).OfType<WithheldFigure>().GroupBy(f => f.Reason))
        {
            DemoScreen.Line($"  {Short(rule.Key),-10} {rule.Count(),3} figures  {Meaning(rule.Key)}");
        }
    }

    public static void Standing(string code, OwnStanding own)
    {
        var standing = own.Standing;
        var where = standing.Reason is { } reason
            ? $"no standing ({(reason == NoStandingReason.NotContributed ? "did not contribute" : reason)}): reads what is for members"
            : $"part {standing.LowestPart}{(standing.IsAtBoundary ? $" or {standing.HighestPart}, at the boundary" : "")} of {standing.Parts} from the least ({standing.Assessment})";
        DemoScreen.Line($"  {code} in {GroupOf(own.Benchmark)}: {where}");
    }

    public static void Beside(Release first, Release second)
    {
        var table = new Table().Border(TableBorder.Rounded).AddColumns("group", $"edition {first.Edition} ({first.State})", $"edition {second.Edition} ({second.State})");
        foreach (var benchmark in second.Benchmarks)
        {
            var before = first.Benchmarks.FirstOrDefault(b => b.Indicator == benchmark.Indicator && b.Group == benchmark.Group);
            table.AddRow(Markup.Escape(GroupOf(benchmark)), Text(before?.Find(Statistic.Mean)), Text(benchmark.Find(Statistic.Mean)));
        }

        AnsiConsole.Write(table);
    }

    private static string Bar(Benchmark benchmark, decimal least, decimal greatest)
    {
        var line = new string('·', PlotWidth).ToCharArray();
        if (Find(benchmark, Statistic.LowerQuartile) is { } lower && Find(benchmark, Statistic.UpperQuartile) is { } upper)
        {
            var (from, to) = (Place(lower, least, greatest), Place(upper, least, greatest));
            Array.Fill(line, '─', from, to - from + 1);
            (line[from], line[to]) = ('├', '┤');
        }

        Mark(line, Find(benchmark, Statistic.Mean), '○', least, greatest);
        Mark(line, Find(benchmark, Statistic.Median), '◆', least, greatest);
        return new string(line);
    }

    private static void Mark(char[] line, decimal? value, char mark, decimal least, decimal greatest)
    {
        if (value is { } known)
        {
            line[Place(known, least, greatest)] = mark;
        }
    }

    private static int Place(decimal value, decimal least, decimal greatest) =>
        greatest == least ? 0 : (int)((value - least) / (greatest - least) * (PlotWidth - 1));

    private static decimal? Find(Benchmark benchmark, Statistic statistic) => (benchmark.Find(statistic) as PublishedFigure)?.Value;

    private static string Text(ProtectedFigure? figure) => figure switch
    {
        PublishedFigure published => Number(published.Value),
        WithheldFigure withheld => $"[grey]{Short(withheld.Reason)}[/]",
        _ => "",
    };

    // Table cells are narrow; what the word means stands below each table.
    private static string Short(WithheldReason reason) => reason switch
    {
        WithheldReason.TooFewContributors => "few",
        WithheldReason.WindowsOverlap => "—",
        WithheldReason.JoinedIntoOther => "other",
        WithheldReason.MinimumDifference => "difference",
        WithheldReason.Ladder => "ladder",
        WithheldReason.Audience => "closed",
        _ => reason.ToString(),
    };

    private static string Meaning(WithheldReason reason) => reason switch
    {
        WithheldReason.TooFewContributors => "too few contributors for this statistic",
        WithheldReason.WindowsOverlap => "the plan has finer statistics for a group of this size",
        WithheldReason.JoinedIntoOther => "too small a group: joined into `other`",
        WithheldReason.MinimumDifference => "two sets would differ in too few members",
        WithheldReason.Ladder => "an announced step down, for the whole indicator",
        WithheldReason.Audience => "for others than this reader",
        _ => "",
    };

    private static string Number(decimal value) => value.ToString(CultureInfo.InvariantCulture);

    private static string GroupOf(Benchmark benchmark) => benchmark.Group["groups/".Length..];
}
