namespace Hub.Architecture.Tests;

/// <summary>The files of the checkout that the tests run from.</summary>
internal static class Checkout
{
    private static readonly string[] Left = ["artifacts", "node_modules", "obj", "bin", "hub-data", ".git"];

    public static string Root { get; } = FindRoot();

    /// <summary>Handwritten C# files below a folder, by their path from the root.</summary>
    public static IEnumerable<SourceFile> Sources(params string[] folders) => folders
        .SelectMany(folder => Directory.EnumerateFiles(Path.Combine(Root, folder), "*.cs", SearchOption.AllDirectories))
        .Select(file => Path.GetRelativePath(Root, file).Replace('\\', '/'))
        .Where(file => !file.Split('/').Any(Left.Contains))
        .Order(StringComparer.Ordinal)
        .Select(file => new SourceFile(file, File.ReadAllText(Path.Combine(Root, file))));

    public static string Read(string file) => File.ReadAllText(Path.Combine(Root, file));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Hub.sln"))) return folder.FullName;
        }

        throw new DirectoryNotFoundException("Hub.sln is in no folder above the tests.");
    }
}

/// <summary>One file of source text.</summary>
internal sealed record SourceFile(string Name, string Text)
{
    public string[] Lines => Text.Split('\n');
}
