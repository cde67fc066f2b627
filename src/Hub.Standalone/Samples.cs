using nietras.SeparatedValues;

namespace Hub.Standalone;

/// <summary>One administration of the samples.</summary>
internal sealed record SampleAdministration(string Code, string Name, string TimeZone);

/// <summary>One public figure of the samples: a series, an administration, a year.</summary>
internal sealed record SampleFigure(string Series, string Code, string Year, string Value);

/// <summary>The same figure in an earlier and a later vintage of its publisher.</summary>
internal sealed record SampleRevision(string Series, string Code, string Year, string Earlier, string Later, string EarlierVintage, string LaterVintage);

/// <summary>The files of `samples/`, as they lie beside the program; nothing of them is in the code.</summary>
internal static class Samples
{
    public static string Folder { get; } = Path.Combine(AppContext.BaseDirectory, "samples");

    public static string Catalogue => Path.Combine(Folder, "catalogue");

    public static IReadOnlyList<SampleAdministration> ReadAdministrations() => Read(
        "administrations.csv", row => new SampleAdministration(row["code"].ToString(), row["name"].ToString(), row["time_zone"].ToString()));

    public static IReadOnlyList<SampleFigure> ReadFigures(string series) => Read(
        Path.Combine("figures", $"{series}.csv"),
        row => new SampleFigure(row["series"].ToString(), row["alpha2"].ToString(), row["year"].ToString(), row["value"].ToString()));

    public static IReadOnlyList<SampleRevision> ReadRevisions() => Read(
        Path.Combine("figures", "revisions.csv"),
        row => new SampleRevision(
            row["series"].ToString(), row["alpha2"].ToString(), row["year"].ToString(), row["earlier_value"].ToString(),
            row["later_value"].ToString(), row["earlier_vintage"].ToString(), row["later_vintage"].ToString()));

    private static List<T> Read<T>(string file, SepReader.RowFunc<T> read)
    {
        using var reader = Sep.New(',').Reader(o => o with { Unescape = true }).FromFile(Path.Combine(Folder, file));
        return [.. reader.Enumerate(read)];
    }
}
