namespace Hub.Transparency.Tests;

/// <summary>Files of the repository, wherever the tests run from.</summary>
internal static class Repository
{
    private static readonly string Root = Find(AppContext.BaseDirectory);

    public static string Path(params string[] parts) => System.IO.Path.Combine([Root, .. parts]);

    private static string Find(string folder) =>
        File.Exists(System.IO.Path.Combine(folder, "Hub.sln")) ? folder
        : Find(Directory.GetParent(folder)?.FullName ?? throw new InvalidOperationException("The tests do not run inside the repository."));
}
