using Hub.Silo.Access;
using Hub.Transparency;

namespace Hub.Silo.Administrations;

/// <summary>Values as they were sent, before any rule has looked at them.</summary>
[GenerateSerializer, Immutable, Alias("hub.draft")]
internal sealed record Draft(string Collection, IReadOnlyList<DraftValue> Values);

/// <summary>One value as it was sent.</summary>
[GenerateSerializer, Immutable, Alias("hub.draft-value")]
internal sealed record DraftValue(string Indicator, DraftFigure Figure, string? Decimal, string? Numerator, string? Denominator, int Absence, int Disclosure);

/// <summary>Which of the three a value was sent as.</summary>
internal enum DraftFigure
{
    None,
    Decimal,
    Ratio,
    Absence,
}

/// <summary>Values to submit.</summary>
[GenerateSerializer, Immutable, Alias("hub.create")]
internal sealed record CreateCommand(Act Act, Draft Draft);

/// <summary>Values that replace all of a submission.</summary>
[GenerateSerializer, Immutable, Alias("hub.correct")]
internal sealed record CorrectCommand(Act Act, Guid Submission, string Etag, Draft Draft, string Reason);

/// <summary>A submission to take out of later editions.</summary>
[GenerateSerializer, Immutable, Alias("hub.withdraw")]
internal sealed record WithdrawCommand(Act Act, Guid Submission, string Etag, string Reason);

/// <summary>A collection's content to destroy, named by one of its submissions.</summary>
[GenerateSerializer, Immutable, Alias("hub.erase")]
internal sealed record EraseCommand(Act Act, Guid Submission, string Reason);

/// <summary>An erasure that an operator confirms.</summary>
[GenerateSerializer, Immutable, Alias("hub.confirm-erasure")]
internal sealed record ConfirmErasureCommand(Act Act, string Collection);

/// <summary>A submission as it is told to its owner; with the receipt, if it answers an act.</summary>
[GenerateSerializer, Immutable, Alias("hub.submission-answer")]
internal sealed record SubmissionAnswer(Guid Id, string Collection, SubmissionStatus Status, IReadOnlyList<SubmittedValue> Values, string Reason)
{
    /// <summary>Number of acts on it so far.</summary>
    [Id(0)]
    public int Version { get; init; }

    [Id(1)]
    public string Etag { get; init; } = "";

    [Id(2)]
    public DateTimeOffset CreateTime { get; init; }

    [Id(3)]
    public DateTimeOffset UpdateTime { get; init; }

    [Id(4)]
    public Receipt? Receipt { get; init; }

    /// <summary>The first edition of the collection's releases that this version counts in.</summary>
    [Id(5)]
    public int CountsFromEdition { get; init; }

    [Id(6)]
    public bool IsErasureRequested { get; init; }
}
