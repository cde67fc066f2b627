using System.Globalization;
using System.Text;

namespace Hub.Privacy.Tests.Utility;

/// <summary>The utility tables of src/Hub.Privacy/README.md, in Markdown, from the real figures of `samples/`.</summary>
internal static class UtilityReport
{
    public const string Seed = "hub-1";
    private const int Draws = 5;

    public static string Text(Samples samples)
    {
        var text = new StringBuilder();
        Plans(text, samples);
        foreach (var contributors in (int?[])[null, 62, 51])
        {
            Collections(text, samples, contributors);
        }

        Widths(text, samples);
        return text.ToString();
    }

    /// <summary>Which partition leaves how many members with a standing, by the number of contributors.</summary>
    private static void Plans(StringBuilder text, Samples samples)
    {
        text.Append("### Which plan leaves a standing to whom\n\n")
            .Append(CultureInfo.InvariantCulture, $"Members in quarters · thirds · halves · without standing in their own cell, in % of all contributors; in brackets the share of collections at the step `full`. 62 and 51 contributors: {Draws} draws each, seeds `hub-1` to `hub-{Draws}`.\n\n")
            .Append("| series | contributors | region | income | size | `all` alone |\n|---|---|---|---|---|---|\n");
        foreach (var series in samples.Collections.GroupBy(collection => collection.Facts.Code))
        {
            foreach (var contributors in (int?[])[null, 62, 51])
            {
                var drawn = Enumerable.Range(1, contributors is null ? 1 : Draws)
                    .SelectMany(draw => series.SelectMany(collection => Drawn(collection, contributors, $"hub-{draw}"))).ToArray();
                if (drawn.Length > 0)
                {
                    text.Append(CultureInfo.InvariantCulture, $"| {series.Key} | {contributors?.ToString(CultureInfo.InvariantCulture) ?? "all"} |");
                    foreach (var partition in samples.Partitions.Append(null))
                    {
                        text.Append(' ').Append(Share([.. drawn.Select(collection => Measurement.Of(collection, partition))])).Append(" |");
                    }

                    text.Append('\n');
                }
            }
        }

        text.Append('\n');
    }

    private static void Collections(StringBuilder text, Samples samples, int? contributors)
    {
        text.Append(contributors is null ? "### Every collection, all contributors\n\n" : $"### Every collection, {contributors} contributors drawn by the seed `{Seed}`\n\n")
            .Append("| series | year | n | region | income | size |\n|---|---|---|---|---|---|\n");
        foreach (var collection in samples.Collections.SelectMany(collection => Drawn(collection, contributors, Seed)))
        {
            text.Append(CultureInfo.InvariantCulture, $"| {collection.Facts.Code} | {collection.Year} | {collection.Contributions.Count} |");
            foreach (var partition in samples.Partitions)
            {
                text.Append(' ').Append(Cell(Measurement.Of(collection, partition))).Append(" |");
            }

            text.Append('\n');
        }

        text.Append('\n');
    }

    private static void Widths(StringBuilder text, Samples samples)
    {
        text.Append("### By protection width, all contributors\n\nAs in the first table; the catalogue's width W, half of it and twice it.\n\n")
            .Append("| series | width | region | income | size |\n|---|---|---|---|---|\n");
        foreach (var series in samples.Collections.GroupBy(collection => collection.Facts.Code))
        {
            foreach (var factor in (decimal[])[0.5m, 1m, 2m])
            {
                text.Append(CultureInfo.InvariantCulture, $"| {series.Key} | {(series.First().Facts.Width!.Value * factor).ToString("0.####", CultureInfo.InvariantCulture)} |");
                foreach (var partition in samples.Partitions)
                {
                    text.Append(' ').Append(Share([.. series.Select(collection => Measurement.Of(collection, partition, factor))])).Append(" |");
                }

                text.Append('\n');
            }
        }
    }

    private static IEnumerable<SampleCollection> Drawn(SampleCollection collection, int? contributors, string seed) =>
        contributors is not { } count ? [collection]
        : collection.Contributions.Count > count ? [Measurement.Draw(collection, count, seed)]
        : [];

    private static string Cell(Measurement m)
    {
        var withheld = Enum.GetValues<WithheldRule>()
            .Where(rule => m.Withheld(rule) > 0)
            .Select(rule => $", {m.Withheld(rule)} {Word(rule)}");
        var step = m.Indicator.Step switch
        {
            LadderStep.Full => "full",
            LadderStep.WithoutQuantiles => "**means only**",
            LadderStep.SmallCellsJoined => "**joined**",
            _ => "**nothing**",
        };
        return $"{m.Published}/{m.Planned}{string.Concat(withheld)}; {step}; {m.Members(4)} · {m.Members(3)} · {m.Members(2)} · {m.Members(0)}";
    }

    private static string Word(WithheldRule rule) => rule switch
    {
        WithheldRule.JoinedIntoOther => "joined",
        WithheldRule.TooFewContributors => "empty",
        _ => "ladder",
    };

    private static string Share(IReadOnlyList<Measurement> measurements)
    {
        var members = measurements.Sum(m => m.Standings.Count);
        string Percent(int parts) => Whole(measurements.Sum(m => m.Members(parts)), members);
        var full = Whole(measurements.Count(m => m.Indicator.Step == LadderStep.Full), measurements.Count);
        return $"{Percent(4)} · {Percent(3)} · {Percent(2)} · {Percent(0)} ({full})";
    }

    private static string Whole(int part, int whole) =>
        ((100 * part + whole / 2) / whole).ToString(CultureInfo.InvariantCulture);
}
