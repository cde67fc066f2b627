namespace Hub.Silo.Tests.Catalogue;

/// <summary>The folder `samples/` of the repository.</summary>
internal static class Samples
{
    public static string Path(string name) => System.IO.Path.Combine(Root(), "samples", name);

    /// <summary>The rows of a CSV below its header. None of the columns that tests read holds a quoted comma.</summary>
    public static IReadOnlyList<string[]> Rows(string name) =>
        [.. File.ReadLines(Path(name)).Skip(1).Select(line => line.Replace("\"UNSD, October 2020\"", "UNSD October 2020", StringComparison.Ordinal).Split(','))];

    private static string Root()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder!.FullName, "Hub.sln")))
        {
            folder = folder.Parent;
        }

        return folder.FullName;
    }
}
