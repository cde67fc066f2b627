using System.Text.Json.Serialization;

namespace Hub.Silo.Catalogue;

/// <summary>A period of an instrument as the calendar plans it.</summary>
/// <param name="Opens">Null: when a silo first starts with it, which is the time of that entry.</param>
/// <param name="Zone">IANA zone in which the calendar states the times.</param>
internal sealed record PlannedCollection(
    string Instrument, string Period, IReadOnlyList<string> Indicators, DateTimeOffset? Opens, DateTimeOffset Closes, string Zone)
{
    [JsonIgnore]
    public string Name => $"instruments/{Instrument}/periods/{Period}";
}

/// <summary>A collection in force: its indicators in their versions in force, its window resolved, closed early or not.</summary>
internal sealed record Collection(string Instrument, string Period, IReadOnlyList<Indicator> Indicators)
{
    public required DateTimeOffset OpensAt { get; init; }

    /// <summary>The deadline; of a collection that was closed early, when that was.</summary>
    public required DateTimeOffset ClosesAt { get; init; }

    public required string Zone { get; init; }

    /// <summary>Why it was closed early; null if it was not.</summary>
    public string? CloseReason { get; init; }

    public string Name => $"instruments/{Instrument}/periods/{Period}";

    /// <summary>Derived from the calendar, the closure and the clock: nothing needs to happen at the deadline.</summary>
    public CollectionState StateAt(DateTimeOffset now) =>
        now >= ClosesAt ? CollectionState.Closed
        : now < OpensAt ? CollectionState.Scheduled
        : CollectionState.Open;
}

/// <summary>Where now lies in a window. Numbers are those of the proto.</summary>
internal enum CollectionState
{
    Scheduled = 1,
    Open = 2,
    Closed = 3,
}
