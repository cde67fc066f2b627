using System.Globalization;
using System.Text;
using Hub.V1;

namespace Hub.Silo.Benchmarks;

/// <summary>
/// A release as a table for spreadsheets and statistical packages: RFC 4180, one line for each figure, withheld ones included, with
/// the SDMX codes CL_OBS_STATUS and CL_CONF_STATUS.
/// </summary>
internal static class BenchmarkCsv
{
    private static readonly string[] Header =
    [
        "RELEASE", "INDICATOR", "GROUP", "STATISTIC", "OBS_VALUE", "ROUNDING_BASE", "UNIT", "CONTRIBUTORS_MIN", "CONTRIBUTORS_MAX",
        "OBS_STATUS", "CONF_STATUS", "WITHHELD_REASON", "AUDIENCE", "NOTES",
    ];

    /// <param name="release">With the benchmarks that the reader may see.</param>
    public static string Write(Release release)
    {
        var csv = new StringBuilder();
        AppendLine(csv, Header);
        var footnotes = release.Footnotes.Select(f => f.Text).ToList();
        foreach (var benchmark in release.Benchmarks)
        {
            var notes = string.Join(' ', benchmark.ComparabilityNotes.Select(n => n.Texts.GetValueOrDefault(Catalogue.LocalizedText.English, "")).Concat(footnotes));
            foreach (var figure in benchmark.Figures)
            {
                AppendLine(csv, Line(release.Name, benchmark, figure, notes));
            }
        }

        return csv.ToString();
    }

    /// <summary>Normal, or suppressed.</summary>
    public static string ObsStatus(Figure figure) => figure.ContentCase == Figure.ContentOneofCase.Value ? "A" : "Q";

    /// <summary>
    /// Free; for internal use (of members or contributors); small counts; secondary confidentiality, by which another figure is
    /// protected; confidential as a whole.
    /// </summary>
    public static string ConfStatus(Figure figure) => figure.ContentCase == Figure.ContentOneofCase.Value
        ? figure.Audience == Audience.Public ? "F" : "N"
        : figure.WithheldReason switch
        {
            WithheldReason.TooFewContributors or WithheldReason.JoinedIntoOther => "A",
            WithheldReason.WindowsOverlap or WithheldReason.MinimumDifference => "D",
            WithheldReason.Audience => "N",
            _ => "C",
        };

    private static string[] Line(string release, Benchmark benchmark, Figure figure, string notes)
    {
        var isShown = figure.ContentCase == Figure.ContentOneofCase.Value;
        return
        [
            release, benchmark.Indicator, benchmark.Group, Word(figure.Statistic),
            isShown ? figure.Value.Value.Value : "", isShown ? figure.Value.RoundingBase.Value : "", benchmark.Unit,
            Number(benchmark.Contributors?.Min), Number(benchmark.Contributors?.Max),
            ObsStatus(figure), ConfStatus(figure), isShown ? "" : Word(figure.WithheldReason), Word(figure.Audience), notes,
        ];
    }

    private static void AppendLine(StringBuilder csv, string[] fields) =>
        csv.AppendJoin(',', fields.Select(Field)).Append("\r\n");

    private static string Field(string text) =>
        text.AsSpan().IndexOfAny(",\"\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    // 0 stands for no upper end.
    private static string Number(int? number) => number is > 0 ? number.Value.ToString(CultureInfo.InvariantCulture) : "";

    // The names of the contract without the enum's prefix: LOWER_QUARTILE.
    private static string Word<T>(T value)
        where T : struct, Enum
    {
        var name = value.ToString();
        return string.Concat(name.Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : char.ToUpperInvariant(c).ToString()));
    }
}
