namespace Hub.Standalone;

/// <summary>The folder of one running Hub. No second Hub may use it meanwhile, and a demo empties only what was a Hub's.</summary>
internal sealed class DataFolder : IDisposable
{
    private const string Mark = "hub.lock";
    private readonly FileStream held;

    private DataFolder(FileStream held) => this.held = held;

    /// <summary>Takes the folder for as long as the answer lives, making it if there is none.</summary>
    /// <exception cref="StartException">It cannot be taken, or is to be emptied and is no Hub's.</exception>
    public static DataFolder Take(string path, bool empty)
    {
        try
        {
            if (empty && Directory.Exists(path) && Directory.EnumerateFileSystemEntries(path).Any() && !File.Exists(Path.Combine(path, Mark)))
            {
                throw new StartException($"{path} is not empty, and no Hub made it: a demo would delete what is in it. Name another folder, or --keep.");
            }

            Directory.CreateDirectory(path);
            var taken = new DataFolder(Hold(path));
            if (empty)
            {
                taken.Empty(path);
            }

            return taken;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new StartException($"All data are to lie in {path}, which is no folder that can be written: {e.Message} Name another one with --folder.", e);
        }
    }

    public void Dispose() => held.Dispose();

    private static FileStream Hold(string path)
    {
        var file = Path.Combine(path, Mark);
        try
        {
            return new FileStream(file, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException e) when (File.Exists(file))
        {
            throw new StartException($"Another Hub runs on {path}. End it, or name another folder with --folder and other ports.", e);
        }
    }

    private void Empty(string path)
    {
        foreach (var folder in Directory.EnumerateDirectories(path))
        {
            Directory.Delete(folder, recursive: true);
        }

        foreach (var file in Directory.EnumerateFiles(path).Where(file => file != held.Name))
        {
            File.Delete(file);
        }
    }
}
