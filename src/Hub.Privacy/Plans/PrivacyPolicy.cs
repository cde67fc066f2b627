namespace Hub.Privacy;

/// <summary>From how many contributors which quantiles are published, and the window that smooths them.</summary>
/// <param name="Window">m, the ranks that a smoothed quantile averages: odd, at least c + 2.</param>
/// <param name="Median">Least contributors for the median; not published between <paramref name="Tertiles"/> and
/// <paramref name="Quartiles"/>, where its window would share too many ranks with the tertiles'.</param>
/// <param name="Tertiles">Least contributors for tertiles, which end where quartiles begin.</param>
/// <param name="Quartiles">Least contributors for quartiles.</param>
/// <param name="OuterDeciles">Least contributors for P10 and P90.</param>
public sealed record QuantilePolicy(int Window, int Median, int Tertiles, int Quartiles, int OuterDeciles);

/// <summary>A coarser rounding of means for few contributors.</summary>
/// <param name="ContributorsMax">It holds up to this number of contributors.</param>
/// <param name="FractionOfRange">The rounding unit as a fraction of the legal range.</param>
public sealed record CoarseRounding(int ContributorsMax, decimal FractionOfRange);

/// <summary>
/// The parameters of protection: versioned, validated by <see cref="PolicyRules"/>, and recorded with every table. They are
/// public: the attacker knows them (privacy.md §1).
/// </summary>
/// <remarks>Source of the numbers: privacy.md §§1, 3, 4.</remarks>
public sealed record PrivacyPolicy
{
    /// <summary>The policy's name.</summary>
    public required string Name { get; init; }

    /// <summary>The policy's version.</summary>
    public required int Version { get; init; }

    /// <summary>c, the number of contributors that may pool their exact values.</summary>
    public required int Coalition { get; init; }

    /// <summary>Least contributors of any published cell; at least c + 2.</summary>
    public required int ContributorsMin { get; init; }

    /// <summary>Least contributors of a cell on the ladder's third step, where smaller ones are joined into `other`.</summary>
    public required int JoinedContributorsMin { get; init; }

    /// <summary>The least size of a non-empty difference of any two published sets of one indicator and period.</summary>
    public required int DifferenceMin { get; init; }

    /// <summary>In a further edition, each cell has none or at least so many changed members, and the same for unchanged ones.</summary>
    public required int EditionDifferenceMin { get; init; }

    /// <summary>The quantiles' thresholds; null where only means are published.</summary>
    public required QuantilePolicy? Quantiles { get; init; }

    /// <summary>Coarser rounding of means for few contributors, by rising number; empty for none.</summary>
    public required IReadOnlyList<CoarseRounding> CoarseMeans { get; init; }

    /// <summary>The policy for a world-wide instrument.</summary>
    public static PrivacyPolicy Standard { get; } = new()
    {
        Name = "standard",
        Version = 1,
        Coalition = 3,
        ContributorsMin = 10,
        JoinedContributorsMin = 20,
        DifferenceMin = 5,
        EditionDifferenceMin = 10,
        Quantiles = new(Window: 5, Median: 10, Tertiles: 15, Quartiles: 20, OuterDeciles: 50),
        CoarseMeans = [],
    };

    /// <summary>The policy for a programme of a dozen members: a smaller coalition, means only, rounded more coarsely.</summary>
    public static PrivacyPolicy SmallProgramme { get; } = new()
    {
        Name = "small-programme",
        Version = 1,
        Coalition = 2,
        ContributorsMin = 5,
        JoinedContributorsMin = 10,
        DifferenceMin = 5,
        EditionDifferenceMin = 10,
        Quantiles = null,
        CoarseMeans = [new(9, 0.02m), new(19, 0.01m)],
    };
}
