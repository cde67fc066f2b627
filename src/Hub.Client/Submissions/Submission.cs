namespace Hub.Client;

/// <summary>What the caller's administration submitted to one collection, in one version.</summary>
public sealed record Submission
{
    /// <summary>Resource name, <c>administrations/{code}/submissions/{uuid}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>The collection, <c>instruments/{instrument}/periods/{period}</c>.</summary>
    public required string Collection { get; init; }

    /// <summary>The figures by the full names of their indicators; none once erased.</summary>
    public required IReadOnlyDictionary<string, Figure> Figures { get; init; }

    /// <summary>Live, withdrawn or erased.</summary>
    public required SubmissionState State { get; init; }

    /// <summary>Number of acts on it so far: 1 after its creation.</summary>
    public required long Version { get; init; }

    /// <summary>
    /// Names this version: a correction or withdrawal meets no other. Set it to an empty text to meet whatever version there is.
    /// </summary>
    public required string Etag { get; init; }

    /// <summary>When version 1 was committed.</summary>
    public DateTimeOffset? CreateTime { get; init; }

    /// <summary>When this version was committed.</summary>
    public DateTimeOffset? UpdateTime { get; init; }

    /// <summary>
    /// The first edition of the collection's releases that this version counts in (or is missing from); editions are numbered from 1.
    /// While no published edition counts it: the number after the last published one, the earliest that can.
    /// </summary>
    public int CountsFromEdition { get; init; }

    /// <summary>The reason given for the latest correction, withdrawal or erasure; empty for a creation.</summary>
    public string Reason { get; init; } = "";

    /// <summary>
    /// Whether its erasure was asked for and waits for an operator, since its collection is closed. Until then it is as it was.
    /// </summary>
    public bool IsErasureRequested { get; init; }

    /// <summary>The id, which is the request id of its creation.</summary>
    public Guid Id => SubmissionMapping.IdOf(Name);

    /// <summary>Name, state and version; never a figure.</summary>
    public override string ToString() => $"{Name} ({Collection}), {State}{(IsErasureRequested ? ", erasure requested" : "")}, version {Version}";
}
