using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Hub.Privacy;
using Hub.Silo.Catalogue;
using Hub.Silo.Ledger;

namespace Hub.Silo.Disclosures;

/// <summary>What happened in the stream of all that was ever shown of an instrument. The release is named by its resource name.</summary>
internal abstract record DisclosureEvent(string Release);

/// <summary>A release was asked for. The position of this entry is its fence: what lies after it is not in the release.</summary>
/// <param name="Proposer">Pseudonym of the person who asked.</param>
internal sealed record ComputationRequested(string Release, string Proposer, string Comment) : DisclosureEvent(Release)
{
    /// <summary>Name and version, for example lpi@1.</summary>
    public required string Plan { get; init; }

    /// <summary>Name and version, for example standard@1.</summary>
    public required string Policy { get; init; }

    /// <summary>The catalogue is read up to this position: plan, policy, facts and groups are those of then.</summary>
    public required long CataloguePosition { get; init; }

    public required int ReviewsRequired { get; init; }

    public required TimeSpan PublishLead { get; init; }
}

/// <summary>A release was computed, protected and audited: all that reviewers will be shown of it.</summary>
/// <param name="Table">Canonical bytes of the <see cref="ProtectedTable"/>.</param>
internal sealed record Proposed(string Release, byte[] Table) : DisclosureEvent(Release)
{
    /// <summary>Entries of the ledger that it was computed from: those before this position.</summary>
    public required long Fence { get; init; }

    /// <summary>Signed checkpoint of a tree that holds all of those entries.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>What the catalogue said of the indicators, in the order of the table.</summary>
    public required IReadOnlyList<IndicatorSnapshot> Indicators { get; init; }

    /// <summary>The groups in their versions of then.</summary>
    public required IReadOnlyList<GroupSnapshot> Groups { get; init; }

    public required IReadOnlyList<Finding> Findings { get; init; }

    public required IReadOnlyList<DominanceWarning> Warnings { get; init; }
}

/// <summary>A computation was refused as a whole.</summary>
internal sealed record Refused(string Release, IReadOnlyList<Violation> Violations) : DisclosureEvent(Release);

/// <summary>What the catalogue said of an indicator on the day of the edition: it travels with the figures.</summary>
internal sealed record IndicatorSnapshot(string Code, int Version, string Unit, Polarity Polarity, IReadOnlyList<LocalizedText> Notes);

/// <summary>A group in the version that the edition was made with.</summary>
internal sealed record GroupSnapshot(string Code, int Version, string Partition);

/// <summary>Events to entries and back. An entry's topic is its release.</summary>
internal static class DisclosureEntries
{
    public const int Schema = 1;

    public static Event ToEntry(DisclosureEvent happened) => happened switch
    {
        ComputationRequested e => Entry("computation-requested", e, DisclosureJson.Default.ComputationRequested),
        Proposed e => Entry("proposed", e, DisclosureJson.Default.Proposed),
        Refused e => Entry("refused", e, DisclosureJson.Default.Refused),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} has no entry."),
    };

    public static DisclosureEvent? Read(string kind, ReadOnlyMemory<byte> payload) => kind switch
    {
        "computation-requested" => JsonSerializer.Deserialize(payload.Span, DisclosureJson.Default.ComputationRequested),
        "proposed" => JsonSerializer.Deserialize(payload.Span, DisclosureJson.Default.Proposed),
        "refused" => JsonSerializer.Deserialize(payload.Span, DisclosureJson.Default.Refused),
        _ => null,
    };

    private static Event Entry<T>(string kind, T happened, JsonTypeInfo<T> shape)
        where T : DisclosureEvent => new(kind, Schema, happened.Release, JsonSerializer.SerializeToUtf8Bytes(happened, shape));
}

/// <summary>The JSON of payloads: lower-case names, nothing that is absent, enums by name.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(ComputationRequested))]
[JsonSerializable(typeof(Proposed))]
[JsonSerializable(typeof(Refused))]
internal sealed partial class DisclosureJson : JsonSerializerContext;
