using System.Text.Json.Serialization;

namespace Hub.Silo.Catalogue;

/// <summary>Administrations that are compared with one another, by code. Groups of one partition do not overlap.</summary>
internal sealed record Group(string Code, LocalizedText Title, string Partition, IReadOnlyList<string> Members)
{
    /// <summary>The partition, and the code of the one group in it, that names everybody.</summary>
    public const string All = "all";

    /// <summary>From 1; set by the fold, never part of a file or an entry.</summary>
    [JsonIgnore]
    public int Version { get; init; }

    [JsonIgnore]
    public string Name => $"groups/{Code}@{Version}";
}
