using Hub.Client;

namespace Hub.SystemTests.Simulation;

/// <summary>What the Hub must answer, kept in dictionaries: submissions by administration and period, and the receipts given.</summary>
internal sealed class HubModel
{
    public Dictionary<(string Code, int Period), ModelledSubmission> Latest { get; } = [];

    /// <summary>Every act that was answered, as its draft or its receipt shows it again.</summary>
    public List<(string Code, SubmissionDraft Draft, string Name, long Position)> Created { get; } = [];

    public bool IsOpen { get; set; } = true;

    public ModelledSubmission? Live(string code, int period) =>
        Latest.GetValueOrDefault((code, period)) is { State: SubmissionState.Live } live ? live : null;
}

/// <summary>One submission as the model has it.</summary>
internal sealed record ModelledSubmission(Submission Seen, SubmissionState State, long Version, string Value);
