using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hub.Silo.Registry;

/// <summary>What happened in the registry.</summary>
internal abstract record RegistryEvent;

/// <summary>A change was proposed; with no confirmations required it is in force at once.</summary>
internal sealed record ChangeProposed(Guid Id, RegistryChange Change, string Reason, string Proposer, int ConfirmationsRequired) : RegistryEvent;

/// <summary>A change was confirmed; the last confirmation puts it in force.</summary>
internal sealed record ChangeConfirmed(Guid Id, string Confirmer) : RegistryEvent;

/// <summary>An administration was suspended, at once.</summary>
internal sealed record Suspended(string Administration, string Reason, string Operator) : RegistryEvent;

/// <summary>What a change does; exactly one is set.</summary>
[GenerateSerializer, Immutable, Alias("hub.registry-change")]
internal sealed record RegistryChange
{
    [Id(0)]
    public Attributes? Register { get; init; }

    [Id(1)]
    public Attributes? Replace { get; init; }

    /// <summary>Code of the administration whose suspension ends.</summary>
    [Id(2)]
    public string? Reinstate { get; init; }
}

/// <summary>What is registered of an administration.</summary>
[GenerateSerializer, Immutable, Alias("hub.administration-attributes")]
internal sealed record Attributes(string Code, string DisplayName, string TimeZone, int AgreementVersion);

/// <summary>Events to entries and back. The registry has no topics.</summary>
internal static class RegistryEntries
{
    public const int Schema = 1;

    public static Ledger.Event ToEntry(RegistryEvent happened) => happened switch
    {
        ChangeProposed e => new("change-proposed", Schema, "", JsonSerializer.SerializeToUtf8Bytes(e, RegistryJson.Default.ChangeProposed)),
        ChangeConfirmed e => new("change-confirmed", Schema, "", JsonSerializer.SerializeToUtf8Bytes(e, RegistryJson.Default.ChangeConfirmed)),
        Suspended e => new("suspended", Schema, "", JsonSerializer.SerializeToUtf8Bytes(e, RegistryJson.Default.Suspended)),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} has no entry."),
    };

    public static RegistryEvent? Read(string kind, ReadOnlyMemory<byte> payload) => kind switch
    {
        "change-proposed" => JsonSerializer.Deserialize(payload.Span, RegistryJson.Default.ChangeProposed),
        "change-confirmed" => JsonSerializer.Deserialize(payload.Span, RegistryJson.Default.ChangeConfirmed),
        "suspended" => JsonSerializer.Deserialize(payload.Span, RegistryJson.Default.Suspended),
        _ => null,
    };
}

/// <summary>The JSON of the registry's payloads.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ChangeProposed))]
[JsonSerializable(typeof(ChangeConfirmed))]
[JsonSerializable(typeof(Suspended))]
internal sealed partial class RegistryJson : JsonSerializerContext;
