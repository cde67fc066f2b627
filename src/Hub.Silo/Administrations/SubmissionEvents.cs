using System.Text.Json;
using System.Text.Json.Serialization;
using Hub.Silo.Catalogue;

namespace Hub.Silo.Administrations;

/// <summary>What happened in one administration's stream. The bytes of an event are the payload of its entry and of its receipt.</summary>
internal abstract record SubmissionEvent(Guid Submission, string Collection);

/// <summary>Values were submitted.</summary>
internal sealed record Submitted(Guid Submission, string Collection, IReadOnlyList<SubmittedValue> Values)
    : SubmissionEvent(Submission, Collection);

/// <summary>All values of a submission were replaced.</summary>
internal sealed record Corrected(Guid Submission, string Collection, IReadOnlyList<SubmittedValue> Values, string Reason)
    : SubmissionEvent(Submission, Collection);

/// <summary>A submission was taken out of every later edition.</summary>
internal sealed record Withdrawn(Guid Submission, string Collection, string Reason)
    : SubmissionEvent(Submission, Collection);

/// <summary>The owner asked for an erasure, which an operator has to confirm, since something of the collection was shown.</summary>
internal sealed record ErasureRequested(Guid Submission, string Collection, string Reason)
    : SubmissionEvent(Submission, Collection);

/// <summary>The content of all submissions to a collection was destroyed: which they were, and the versions of their entries.</summary>
internal sealed record Erased(Guid Submission, string Collection, string Reason, IReadOnlyList<ErasedSubmission> Submissions, IReadOnlyList<long> Versions)
    : SubmissionEvent(Submission, Collection);

/// <summary>A submission whose content was destroyed, and how many acts on it there had been.</summary>
internal sealed record ErasedSubmission(Guid Submission, int Acts);

/// <summary>One figure, or the reason for its absence; exactly one of the three is set.</summary>
[GenerateSerializer, Immutable, Alias("hub.submitted-value")]
internal sealed record SubmittedValue(string Indicator, Disclosure Disclosure)
{
    [Id(0)]
    public ExactDecimal? Decimal { get; init; }

    [Id(1)]
    public SubmittedRatio? Ratio { get; init; }

    [Id(2)]
    public Absence? Absence { get; init; }
}

/// <summary>A rate in its parts.</summary>
[GenerateSerializer, Immutable, Alias("hub.submitted-ratio")]
internal sealed record SubmittedRatio(ExactDecimal Numerator, ExactDecimal Denominator);

/// <summary>Why a figure is absent. The names stand in payloads and never change.</summary>
internal enum Absence
{
    NOT_AVAILABLE = 1,
    NOT_APPLICABLE = 2,
    NOT_DISCLOSED = 3,
}

/// <summary>Who may know a figure under its owner's name. The names stand in payloads and never change.</summary>
internal enum Disclosure
{
    OWN_ONLY = 1,
    AGGREGATES_ONLY = 2,
    MEMBERS = 3,
    PUBLIC = 4,
}

/// <summary>Events to entries and back. An entry's topic is its collection.</summary>
internal static class SubmissionEntries
{
    public const int Schema = 1;
    public const string SubmittedKind = "submitted";
    public const string CorrectedKind = "corrected";
    public const string WithdrawnKind = "withdrawn";
    public const string ErasureRequestedKind = "erasure-requested";
    public const string ErasedKind = "erased";

    public static Ledger.Event ToEntry(SubmissionEvent happened) => happened switch
    {
        Submitted e => Entry(SubmittedKind, e, SubmissionJson.Default.Submitted),
        Corrected e => Entry(CorrectedKind, e, SubmissionJson.Default.Corrected),
        Withdrawn e => Entry(WithdrawnKind, e, SubmissionJson.Default.Withdrawn),
        ErasureRequested e => Entry(ErasureRequestedKind, e, SubmissionJson.Default.ErasureRequested),
        Erased e => Entry(ErasedKind, e, SubmissionJson.Default.Erased),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} has no entry."),
    };

    public static SubmissionEvent? Read(string kind, ReadOnlyMemory<byte> payload) => kind switch
    {
        SubmittedKind => JsonSerializer.Deserialize(payload.Span, SubmissionJson.Default.Submitted),
        CorrectedKind => JsonSerializer.Deserialize(payload.Span, SubmissionJson.Default.Corrected),
        WithdrawnKind => JsonSerializer.Deserialize(payload.Span, SubmissionJson.Default.Withdrawn),
        ErasureRequestedKind => JsonSerializer.Deserialize(payload.Span, SubmissionJson.Default.ErasureRequested),
        ErasedKind => JsonSerializer.Deserialize(payload.Span, SubmissionJson.Default.Erased),
        _ => null,
    };

    private static Ledger.Event Entry<T>(string kind, T happened, System.Text.Json.Serialization.Metadata.JsonTypeInfo<T> shape)
        where T : SubmissionEvent => new(kind, Schema, happened.Collection, JsonSerializer.SerializeToUtf8Bytes(happened, shape));
}

/// <summary>The JSON of payloads: lower-case names, nothing that is absent, enums by name.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(Submitted))]
[JsonSerializable(typeof(Corrected))]
[JsonSerializable(typeof(Withdrawn))]
[JsonSerializable(typeof(ErasureRequested))]
[JsonSerializable(typeof(Erased))]
internal sealed partial class SubmissionJson : JsonSerializerContext;
