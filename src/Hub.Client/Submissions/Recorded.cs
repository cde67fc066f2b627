namespace Hub.Client;

/// <summary>What an act left behind: the submission in its new version, and the verified proof that it is recorded.</summary>
/// <param name="Submission">As the Hub has it now.</param>
/// <param name="Receipt">Keep it: it proves the act without the Hub.</param>
public sealed record Recorded(Submission Submission, VerifiedReceipt Receipt);

/// <summary>What became of one draft of many; exactly one of the two is set.</summary>
/// <param name="Draft">The draft.</param>
/// <param name="Recorded">Recorded, with its verified receipt.</param>
/// <param name="Refusal">Why the Hub refused it.</param>
public sealed record SubmitResult(SubmissionDraft Draft, Recorded? Recorded, HubException? Refusal);
