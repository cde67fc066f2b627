namespace Hub.Client;

/// <summary>One period of one instrument, in which administrations may submit.</summary>
public sealed record Collection
{
    /// <summary>Resource name, <c>instruments/{instrument}/periods/{period}</c>.</summary>
    public required string Name { get; init; }

    /// <summary>Indicators to submit, by their full names.</summary>
    public required IReadOnlyList<string> Indicators { get; init; }

    /// <summary>When its window opens.</summary>
    public required DateTimeOffset? OpenTime { get; init; }

    /// <summary>The deadline: a creation must be committed before it.</summary>
    public required DateTimeOffset? CloseTime { get; init; }

    /// <summary>IANA zone in which the calendar states the two times.</summary>
    public required string TimeZone { get; init; }

    /// <summary>Where now lies in the window.</summary>
    public required CollectionState State { get; init; }

    /// <summary>The reason, if an operator closed it before its time; else empty.</summary>
    public string CloseReason { get; init; } = "";

    /// <summary>What the caller's own administration has done in it.</summary>
    public required OwnStatus OwnStatus { get; init; }

    /// <summary>The caller's own live submission by name; empty if there is none.</summary>
    public string OwnSubmission { get; init; } = "";
}
