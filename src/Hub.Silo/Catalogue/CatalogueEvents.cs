using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Hub.Silo.Ledger;

namespace Hub.Silo.Catalogue;

/// <summary>What happened in the catalogue's stream.</summary>
internal abstract record CatalogueEvent;

/// <summary>A file is in force in this version: what it says, the text that said so, and who started the silo that read it.</summary>
/// <param name="Sha256">Lower-case hexadecimal, of the text's UTF-8 bytes.</param>
internal sealed record FileAdopted(string File, string Sha256, string Operator, string Text, FileContent Content) : CatalogueEvent;

/// <summary>A file is gone; what it described stands in others.</summary>
internal sealed record FileDropped(string File, string Operator) : CatalogueEvent;

/// <summary>A collection was closed before its time.</summary>
/// <param name="Closer">Pseudonym of the operator.</param>
internal sealed record CollectionClosed(string Collection, string Reason, string Closer) : CatalogueEvent;

/// <summary>What a file describes; the lists of its other kinds are empty.</summary>
internal sealed record FileContent
{
    public IReadOnlyList<Instrument> Instruments { get; init; } = [];

    public IReadOnlyList<Indicator> Indicators { get; init; } = [];

    public IReadOnlyList<Group> Groups { get; init; } = [];

    public IReadOnlyList<PlannedCollection> Collections { get; init; } = [];

    public IReadOnlyList<Policy> Policies { get; init; } = [];

    public IReadOnlyList<Plan> Plans { get; init; } = [];
}

/// <summary>Events to entries and back. The catalogue's entries have no topic.</summary>
internal static class CatalogueEntries
{
    public const int Schema = 1;
    private const string Adopted = "file-adopted";
    private const string Dropped = "file-dropped";
    private const string Closed = "collection-closed";

    public static Event ToEntry(CatalogueEvent happened) => happened switch
    {
        FileAdopted e => Entry(Adopted, e, CatalogueJson.Default.FileAdopted),
        FileDropped e => Entry(Dropped, e, CatalogueJson.Default.FileDropped),
        CollectionClosed e => Entry(Closed, e, CatalogueJson.Default.CollectionClosed),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} has no entry."),
    };

    public static CatalogueEvent Read(Entry entry) => (entry.Header.Kind, entry.Payload) switch
    {
        (Adopted, { } payload) => JsonSerializer.Deserialize(payload.Span, CatalogueJson.Default.FileAdopted)!,
        (Dropped, { } payload) => JsonSerializer.Deserialize(payload.Span, CatalogueJson.Default.FileDropped)!,
        (Closed, { } payload) => JsonSerializer.Deserialize(payload.Span, CatalogueJson.Default.CollectionClosed)!,
        _ => throw new InvalidOperationException($"The catalogue's entry at position {entry.Position} is of no kind that this version knows, or its payload is closed."),
    };

    private static Event Entry<T>(string kind, T happened, JsonTypeInfo<T> shape) =>
        new(kind, Schema, "", JsonSerializer.SerializeToUtf8Bytes(happened, shape));
}

/// <summary>The JSON of payloads: lower-case names, nothing that is absent, enums by the words of the files.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    UseStringEnumConverter = true)]
[JsonSerializable(typeof(FileAdopted))]
[JsonSerializable(typeof(FileDropped))]
[JsonSerializable(typeof(CollectionClosed))]
internal sealed partial class CatalogueJson : JsonSerializerContext;
