namespace Hub.Client;

/// <summary>
/// Remembers in a file, so that the memory outlives the program. Several programs may share the file: each proves what it sees against
/// what the file says.
/// </summary>
/// <param name="path">Path of the file; its folder must exist.</param>
public sealed class FileCheckpointStore(string path) : ICheckpointStore
{
    /// <inheritdoc/>
    public async ValueTask<string?> ReadAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await File.ReadAllTextAsync(path, cancellationToken).ConfigureAwait(false);
        }
        catch (FileNotFoundException)
        {
            return null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask WriteAsync(string checkpoint, CancellationToken cancellationToken) =>
        await AtomicFile.WriteAsync(path, checkpoint, cancellationToken).ConfigureAwait(false);

    /// <summary>Path of the file.</summary>
    public override string ToString() => path;
}
