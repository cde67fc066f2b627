namespace Hub.Privacy;

/// <summary>One table that was ever shown to anybody, with what it was computed from.</summary>
/// <param name="Table">The table as it was shown.</param>
/// <param name="Partitions">The partitions with the groups' members as they were then.</param>
/// <param name="Contributions">By indicator code, the contributions that were in it: the versions of then, their values
/// (null where erased since), and whether their owners have disclosed them by now.</param>
public sealed record ShownEdition(
    ProtectedTable Table,
    IReadOnlyList<Partition> Partitions,
    IReadOnlyDictionary<string, IReadOnlyList<Contribution>> Contributions);

/// <summary>All that the protection of one instrument's period is computed from. Nothing else enters.</summary>
public sealed record PublicationRequest
{
    /// <summary>The instrument's name.</summary>
    public required string Instrument { get; init; }

    /// <summary>The period's name.</summary>
    public required string Period { get; init; }

    /// <summary>The number of this edition of the period, from 1.</summary>
    public required int Edition { get; init; }

    /// <summary>What is to be published.</summary>
    public required PublicationPlan Plan { get; init; }

    /// <summary>The parameters of protection.</summary>
    public required PrivacyPolicy Policy { get; init; }

    /// <summary>The catalogue's facts on the indicators.</summary>
    public required IReadOnlyList<IndicatorFacts> Indicators { get; init; }

    /// <summary>The partitions with their groups' members.</summary>
    public required IReadOnlyList<Partition> Partitions { get; init; }

    /// <summary>By indicator code, who contributed what. An indicator without an entry has no contributor.</summary>
    public required IReadOnlyDictionary<string, IReadOnlyList<Contribution>> Contributions { get; init; }

    /// <summary>Everything ever shown of the instrument, previews and rejected drafts included, oldest first. Other periods
    /// may stand in it and are passed over: a member's value of another period is another variable (see Atoms).</summary>
    public required IReadOnlyList<ShownEdition> Memory { get; init; }
}
