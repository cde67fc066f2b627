namespace Hub.Privacy.Tests;

/// <summary>Builds requests of one indicator; what a test does not say is the standard default.</summary>
public sealed record Scenario
{
    public const string Code = "indicator";

    public PrivacyPolicy Policy { get; init; } = PrivacyPolicy.Standard;

    public IndicatorFacts Facts { get; init; } = new(Code, 0m, 100m, 10m, 4, ValueKind.Score);

    public IReadOnlyList<PlannedStatistic> Statistics { get; init; } = PublicationPlan.DefaultStatistics;

    public Partition? Partition { get; init; }

    public IReadOnlyList<Contribution> Contributions { get; init; } = [];

    public IReadOnlyList<ShownEdition> Memory { get; init; } = [];

    public string Period { get; init; } = "2024";

    public int Edition { get; init; } = 1;

    public static string Member(int index) => $"M{index:D5}";

    public static Scenario Of(params decimal[] values) => new() { Contributions = Levels(values) };

    public static Contribution[] Levels(IEnumerable<decimal> values) =>
        [.. values.Select((value, index) => new Contribution(Member(index), 1, ContributedValue.Level(value), false))];

    /// <summary>Groups g0, g1, … of the sizes given, filled with members in their order.</summary>
    public static Partition Groups(params int[] sizes)
    {
        var groups = new List<Group>();
        var next = 0;
        for (var i = 0; i < sizes.Length; i++)
        {
            groups.Add(new($"g{i}", [.. Enumerable.Range(next, sizes[i]).Select(Member)]));
            next += sizes[i];
        }

        return new("region", groups);
    }

    public PublicationRequest Request() => new()
    {
        Instrument = "instrument",
        Period = Period,
        Edition = Edition,
        Plan = new("plan", 1, [new(Code, Partition is null ? [] : [Partition.Name], Statistics)]),
        Policy = Policy,
        Indicators = [Facts],
        Partitions = Partition is null ? [] : [Partition],
        Contributions = new Dictionary<string, IReadOnlyList<Contribution>> { [Code] = Contributions },
        Memory = Memory,
    };

    internal ProtectionResult Protect(Controls? controls = null) => Publication.Protect(Request(), controls ?? Controls.All);

    internal ProtectedIndicator Published(Controls? controls = null)
    {
        var result = Protect(controls);
        Assert.Empty(result.Refusals);
        return result.Table!.Indicators.Single();
    }

    /// <summary>This edition as it stands in the memory of the next.</summary>
    internal ShownEdition Shown(Controls? controls = null) => new(
        Protect(controls).Table!,
        Partition is null ? [] : [Partition],
        new Dictionary<string, IReadOnlyList<Contribution>> { [Code] = Contributions });

    public IReadOnlyList<RefusalRule> Refused() => [.. Protect().Refusals.Select(refusal => refusal.Rule)];
}
