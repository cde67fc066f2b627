using System.Text;

namespace Hub.Client;

/// <summary>Writes a file whole or not at all, readable by its owner alone.</summary>
internal static class AtomicFile
{
    public static async Task WriteAsync(string path, string text, CancellationToken cancellationToken)
    {
        var target = Path.GetFullPath(path);
        var draft = $"{target}.{Guid.NewGuid():N}.tmp";
        try
        {
            await WriteDraftAsync(draft, text, cancellationToken).ConfigureAwait(false);
            File.Move(draft, target, overwrite: true);
        }
        catch
        {
            File.Delete(draft);
            throw;
        }
    }

    private static async Task WriteDraftAsync(string draft, string text, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, Options = FileOptions.Asynchronous };
        if (!OperatingSystem.IsWindows()) options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        var file = new FileStream(draft, options);
        await using (file.ConfigureAwait(false))
        {
            await file.WriteAsync(Encoding.UTF8.GetBytes(text), cancellationToken).ConfigureAwait(false);
            // On the disk before it takes the old file's place: a crash must not leave an empty file under the name.
            file.Flush(flushToDisk: true);
        }
    }
}
