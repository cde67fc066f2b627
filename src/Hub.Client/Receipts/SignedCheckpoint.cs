using Hub.Transparency;

namespace Hub.Client;

/// <summary>A checkpoint and the note by which the pinned key signed it.</summary>
internal sealed record SignedCheckpoint(string Note, Checkpoint Checkpoint)
{
    public long Size => Checkpoint.Size;

    /// <summary>How messages name it.</summary>
    public string Name => $"size {Size} with root {Convert.ToBase64String(Checkpoint.Root)}";

    /// <summary>The checkpoint, if the key signed the note and it is of the key's own log; else null.</summary>
    public static SignedCheckpoint? Open(string note, NoteVerifier log)
    {
        if (!SignedNote.TryOpen(note, log, out var text)) return null;
        try
        {
            var checkpoint = Checkpoint.Parse(text);
            return checkpoint.Origin == log.Name ? new SignedCheckpoint(note, checkpoint) : null;
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
