namespace Hub.Client;

/// <summary>
/// Remembers the last checkpoint of the log that was proved: a history rewritten later shows against it. Written to only with checkpoints
/// that continue the one read. Losing it loses that memory and nothing else.
/// </summary>
public interface ICheckpointStore
{
    /// <summary>The signed note last written; null if there is none yet.</summary>
    ValueTask<string?> ReadAsync(CancellationToken cancellationToken);

    /// <summary>Remembers a signed note, whole or not at all.</summary>
    ValueTask WriteAsync(string checkpoint, CancellationToken cancellationToken);
}

/// <summary>Remembers as long as the client lives.</summary>
internal sealed class MemoryCheckpointStore : ICheckpointStore
{
    private volatile string? last;

    public ValueTask<string?> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(last);

    public ValueTask WriteAsync(string checkpoint, CancellationToken cancellationToken)
    {
        last = checkpoint;
        return ValueTask.CompletedTask;
    }
}
