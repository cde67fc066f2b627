using System.Text.Json.Serialization;

namespace Hub.Silo.Catalogue;

/// <summary>A programme that measures something.</summary>
internal sealed record Instrument(string Code, LocalizedText Title, string Publisher, string Licence)
{
    /// <summary>From 1; set by the fold, never part of a file or an entry.</summary>
    [JsonIgnore]
    public int Version { get; init; }

    [JsonIgnore]
    public string Name => $"instruments/{Code}";
}
