using Grpc.Core;
using Hub.Transparency;

namespace Hub.Client;

/// <summary>
/// The log signed two checkpoints of which neither continues the other: its history was rewritten, cut short, or is shown differently to
/// different callers. Keep both notes, they are the evidence; and ask the secretariat by another channel than the Hub.
/// </summary>
public sealed class LogInconsistentException : HubException
{
    internal LogInconsistentException(SignedCheckpoint first, SignedCheckpoint second, string why, Exception? inner = null)
        : base(
            $"The log's history does not hold: {why} Checkpoint of {first.Name}; checkpoint of {second.Name}.", StatusCode.DataLoss, inner) =>
        (First, Second, FirstNote, SecondNote) = (first.Checkpoint, second.Checkpoint, first.Note, second.Note);

    /// <summary>The smaller of the two.</summary>
    public Checkpoint First { get; }

    /// <summary>The other.</summary>
    public Checkpoint Second { get; }

    /// <summary>The smaller one as the log signed it.</summary>
    public string FirstNote { get; }

    /// <summary>The other as the log signed it.</summary>
    public string SecondNote { get; }
}
