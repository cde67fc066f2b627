using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Hub.Silo.Ledger;

namespace Hub.Silo.Releases;

/// <summary>What happened to one release after it was proposed.</summary>
/// <param name="Release">Resource name.</param>
/// <param name="Actor">Pseudonym of who did it.</param>
internal abstract record ReleaseEvent(string Release, string Actor);

/// <summary>Somebody was shown the unpublished figures; recorded before they were sent.</summary>
internal sealed record Viewed(string Release, string Actor) : ReleaseEvent(Release, Actor);

/// <summary>A reviewer has decided.</summary>
internal abstract record ReviewEvent(string Release, string Actor, string Comment) : ReleaseEvent(Release, Actor);

/// <summary>A reviewer approved, and more have to.</summary>
internal sealed record Reviewed(string Release, string Actor, string Comment) : ReviewEvent(Release, Actor, Comment);

/// <summary>A reviewer approved, the last that the policy asks for.</summary>
internal sealed record Approved(string Release, string Actor, string Comment) : ReviewEvent(Release, Actor, Comment);

/// <summary>A reviewer sent it back.</summary>
internal sealed record Returned(string Release, string Actor, string Comment) : ReviewEvent(Release, Actor, Comment);

/// <summary>The time of its opening was set.</summary>
internal sealed record Scheduled(string Release, string Actor, DateTimeOffset PublishTime) : ReleaseEvent(Release, Actor);

/// <summary>It was taken back.</summary>
internal sealed record Withdrawn(string Release, string Actor, string Reason) : ReleaseEvent(Release, Actor);

/// <summary>Events to entries and back. An entry's topic is its release.</summary>
internal static class ReleaseEntries
{
    public const int Schema = 1;

    public static Event ToEntry(ReleaseEvent happened) => happened switch
    {
        Viewed e => Entry("viewed", e, ReleaseJson.Default.Viewed),
        Reviewed e => Entry("reviewed", e, ReleaseJson.Default.Reviewed),
        Approved e => Entry("approved", e, ReleaseJson.Default.Approved),
        Returned e => Entry("returned", e, ReleaseJson.Default.Returned),
        Scheduled e => Entry("scheduled", e, ReleaseJson.Default.Scheduled),
        Withdrawn e => Entry("withdrawn", e, ReleaseJson.Default.Withdrawn),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} has no entry."),
    };

    public static ReleaseEvent? Read(string kind, ReadOnlyMemory<byte> payload) => kind switch
    {
        "viewed" => JsonSerializer.Deserialize(payload.Span, ReleaseJson.Default.Viewed),
        "reviewed" => JsonSerializer.Deserialize(payload.Span, ReleaseJson.Default.Reviewed),
        "approved" => JsonSerializer.Deserialize(payload.Span, ReleaseJson.Default.Approved),
        "returned" => JsonSerializer.Deserialize(payload.Span, ReleaseJson.Default.Returned),
        "scheduled" => JsonSerializer.Deserialize(payload.Span, ReleaseJson.Default.Scheduled),
        "withdrawn" => JsonSerializer.Deserialize(payload.Span, ReleaseJson.Default.Withdrawn),
        _ => null,
    };

    private static Event Entry<T>(string kind, T happened, JsonTypeInfo<T> shape)
        where T : ReleaseEvent => new(kind, Schema, happened.Release, JsonSerializer.SerializeToUtf8Bytes(happened, shape));
}

/// <summary>The JSON of payloads: lower-case names, nothing that is absent.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(Viewed))]
[JsonSerializable(typeof(Reviewed))]
[JsonSerializable(typeof(Approved))]
[JsonSerializable(typeof(Returned))]
[JsonSerializable(typeof(Scheduled))]
[JsonSerializable(typeof(Withdrawn))]
internal sealed partial class ReleaseJson : JsonSerializerContext;
