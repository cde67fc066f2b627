namespace Hub.Client;

/// <summary>What a change does; the numbers are those of the contract's fields.</summary>
public enum RegistryChangeKind
{
    /// <summary>A new administration.</summary>
    Register = 2,

    /// <summary>Display name, time zone and agreement version of an administration, all replaced.</summary>
    ReplaceAttributes = 3,

    /// <summary>The end of a suspension.</summary>
    Reinstate = 4,
}

/// <summary>A change of the registry, pending or in force.</summary>
public sealed record RegistryChange
{
    /// <summary>Resource name, <c>changes/{uuid}</c>; the id is the request id of its proposal.</summary>
    public required string Name { get; init; }

    /// <summary>What it does.</summary>
    public required RegistryChangeKind Kind { get; init; }

    /// <summary>Whom it is about, <c>administrations/{code}</c>.</summary>
    public required string AdministrationName { get; init; }

    /// <summary>The administration as it becomes; null for a reinstatement.</summary>
    public Administration? Administration { get; init; }

    /// <summary>Why.</summary>
    public required string Reason { get; init; }

    /// <summary>Pending or in force.</summary>
    public required ChangeState State { get; init; }

    /// <summary>Pseudonym of who proposed it.</summary>
    public required string Proposer { get; init; }

    /// <summary>Pseudonyms of those who confirmed it.</summary>
    public required IReadOnlyList<string> Confirmers { get; init; }

    /// <summary>How many others must confirm it before it is in force. 0 only in a sandbox.</summary>
    public required int ConfirmationsRequired { get; init; }

    /// <summary>When it was proposed.</summary>
    public DateTimeOffset? ProposeTime { get; init; }

    /// <summary>When it came into force; null while it is pending.</summary>
    public DateTimeOffset? EffectiveTime { get; init; }
}
