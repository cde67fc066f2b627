namespace Hub.Client;

/// <summary>What a receipt must record to be the answer to an act.</summary>
/// <param name="Kinds">What may have happened, one of these.</param>
/// <param name="Submission">The submission acted on.</param>
/// <param name="Collection">Its collection; null if the caller did not say.</param>
/// <param name="Figures">The figures sent; null if none were.</param>
/// <param name="Reason">The reason sent; null if none was.</param>
internal sealed record ExpectedEntry(
    IReadOnlyList<string> Kinds, Guid Submission, string? Collection, IReadOnlyDictionary<string, Figure>? Figures, string? Reason)
{
    public static ExpectedEntry Submitted(SubmissionDraft draft) => new(["submitted"], draft.RequestId, draft.Collection, draft.Figures, null);

    public static ExpectedEntry Corrected(Submission current, IReadOnlyDictionary<string, Figure> figures, string reason) =>
        new(["corrected"], current.Id, current.Collection, figures, reason);

    public static ExpectedEntry Withdrawn(Submission current, string reason) => new(["withdrawn"], current.Id, current.Collection, null, reason);

    /// <summary>Where something of the collection was shown, the erasure waits for an operator: then the entry is a request.</summary>
    public static ExpectedEntry Erased(Submission current, string reason) =>
        new(["erased", "erasure-requested"], current.Id, current.Collection, null, reason);

    /// <summary>A receipt fetched later: version 1 is the creation, the others are what came after it.</summary>
    public static ExpectedEntry Act(Guid submission, long version) =>
        new(version == 1 ? ["submitted"] : ["corrected", "withdrawn", "erased", "erasure-requested"], submission, null, null, null);
}

/// <summary>Whether a verified receipt is of what was sent: the log's signature alone would also hold for another entry.</summary>
internal static class ReceiptRules
{
    private const int Schema = 1;

    /// <summary>What is wrong, naming no figure; null if nothing is.</summary>
    public static string? Compare(VerifiedReceipt receipt, string administration, ExpectedEntry expected)
    {
        var stream = $"administrations/{administration}";
        if (receipt.Header.Stream != stream) return $"It is of the stream {receipt.Header.Stream}, not of {stream}.";
        if (!expected.Kinds.Contains(receipt.Kind)) return $"It says {receipt.Kind}, the act was {string.Join(" or ", expected.Kinds)}.";
        if (receipt.Header.Schema != Schema) return $"Its payload has schema {receipt.Header.Schema}, which this version of the SDK cannot read.";
        return EntryPayload.Read(receipt.Payload) is { } payload ? Compare(payload, expected) : "Its payload cannot be read.";
    }

    private static string? Compare(EntryPayload payload, ExpectedEntry expected)
    {
        if (payload.Submission != expected.Submission) return $"It records the submission {payload.Submission}, not {expected.Submission}.";
        if (expected.Collection is { } collection && payload.Collection != collection)
            return $"It records the collection {payload.Collection}, not {collection}.";
        if (expected.Reason is { } reason && payload.Reason != reason) return "It records another reason than was sent.";
        return expected.Figures is { } sent ? Compare(payload.Figures, sent) : null;
    }

    private static string? Compare(IReadOnlyDictionary<string, Figure>? recorded, IReadOnlyDictionary<string, Figure> sent)
    {
        if (recorded is null) return "It records no values.";
        if (recorded.Count != sent.Count) return $"It records {recorded.Count} values; {sent.Count} were sent.";
        foreach (var (indicator, figure) in sent)
        {
            if (!recorded.TryGetValue(EntryPayload.CodeOf(indicator), out var found)) return $"It records no value of {indicator}.";
            if (found != figure) return $"It records another value of {indicator}, or another disclosure, than was sent.";
        }

        return null;
    }
}
