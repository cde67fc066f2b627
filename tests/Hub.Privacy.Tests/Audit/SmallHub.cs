namespace Hub.Privacy.Tests.Audit;

/// <summary>
/// A hub so small that every world can be listed: six members, two groups, a first edition and, if somebody corrected, a second.
/// Thresholds and differences are as low as the code allows, so that the audit alone protects.
/// </summary>
internal sealed record SmallHub(int[] First, int[] Second, bool[] Corrects, bool[] Discloses, int Coalition, int Width, int[]? Denominators)
{
    public const int Members = 6;

    /// <summary>Values of levels are 0…GridMax; smaller where more of them make too many worlds.</summary>
    public int GridMax { get; init; } = 3;

    /// <summary>Who discloses and corrects opens the correction alone, not what stood before.</summary>
    public bool OpensCorrectionsAlone { get; init; }

    /// <summary>Who joins with the second edition, and stood not in the first.</summary>
    public bool[] Joins { get; init; } = new bool[Members];

    /// <summary>What the plan asks for.</summary>
    public IReadOnlyList<PlannedStatistic> Statistics { get; init; } = PublicationPlan.DefaultStatistics;

    /// <summary>A mutant: openness is known to the attacker and not to the audit.</summary>
    public bool OpennessIgnored { get; init; }

    private static readonly Partition Halves = Scenario.Groups(3, 3);
    private static readonly Controls Unchecked = new(PolicyChecked: false);

    /// <summary>A hub drawn from a seed: the same on every machine.</summary>
    public static SmallHub Draw(int seed, int corrections = 0, int disclosures = 0)
    {
        var random = new Random(seed);
        int[] Values() => [.. Enumerable.Range(0, Members).Select(_ => random.Next(3))];
        return new(Values(), Values(), Marks(corrections), Marks(disclosures), 1 + random.Next(2), 1 + random.Next(2), null) { GridMax = 2 };

        bool[] Marks(int count)
        {
            var marks = new bool[Members];
            for (var i = 0; i < count; i++)
            {
                marks[random.Next(Members)] = true;
            }

            return marks;
        }
    }

    /// <summary>Each place of a world: a member's first value, or its corrected one.</summary>
    public IReadOnlyList<(int Member, int Version)> Places { get; } =
    [
        .. Enumerable.Range(0, Members).Select(member => (member, 1)),
        .. Enumerable.Range(0, Members).Where(member => Corrects[member]).Select(member => (member, 2)),
    ];

    public int[] Truth => [.. Places.Select(place => place.Version == 1 ? First[place.Member] : Second[place.Member])];

    public PrivacyPolicy Policy => PrivacyPolicy.Standard with
    {
        Coalition = Coalition,
        ContributorsMin = 3,
        JoinedContributorsMin = 4,
        DifferenceMin = 1,
        EditionDifferenceMin = 1,
        Quantiles = new(3, 4, 5, 6, 1_000),
    };

    /// <summary>The editions, published one after the other by the controls given, each with the memory of those before.</summary>
    public IReadOnlyList<Scenario> Publish(PrivacyPolicy? policy = null, Controls? controls = null)
    {
        var first = Edition(1, policy ?? Policy, []);
        if (!Corrects.Concat(Joins).Any(changes => changes))
        {
            return [first];
        }

        return [first, Edition(2, policy ?? Policy, [first.Shown(controls ?? Unchecked)])];
    }

    /// <summary>The narrowest that any coalition gets anybody down to, over every world that looks the same; null if nothing was shown.</summary>
    public int? NarrowestWidth(PrivacyPolicy? policy = null, Controls? controls = null)
    {
        var editions = Publish(policy, controls);
        var steps = editions.Select(edition => edition.Published(controls ?? Unchecked).Step).ToArray();
        if (steps.All(step => step == LadderStep.NotPublished))
        {
            return null;
        }

        var truth = Truth;
        var shown = Look(editions, steps, truth);
        int[][] grids = [.. Places.Select((place, i) => IsOpen(place)
            ? [truth[i]]
            : Enumerable.Range(0, (Denominators?[place.Member] ?? GridMax) + 1).ToArray())];
        var consistent = Worlds.All(grids).Where(world => Look(editions, steps, world) == shown).ToArray();
        int[] owners = [.. Places.Select(place => place.Member)];
        return Enumerable.Range(0, truth.Length)
            .Where(v => !IsOpen(Places[v]))
            .Select(v => (int?)Scale(Worlds.Width(consistent, truth, owners, v, Coalition), owners[v]))
            .Min();
    }

    /// <summary>The protection width in the unit of <see cref="NarrowestWidth"/>: of rates in twelfths, W being quarters.</summary>
    public int ScaledWidth => Denominators is null ? Width : Width * 3;

    private int Scale(int width, int member) => Denominators is null ? width : width * 12 / Denominators[member];

    private Scenario Edition(int edition, PrivacyPolicy policy, IReadOnlyList<ShownEdition> memory) => new()
    {
        Policy = policy,
        Facts = new(Scenario.Code, 0m, Denominators is null ? GridMax : 1m, Denominators is null ? Width : Width / 4m, 0, Denominators is null ? ValueKind.Level : ValueKind.Rate),
        Statistics = Statistics,
        Partition = Halves,
        Contributions = Contributions(edition, Truth),
        Memory = memory,
        Edition = edition,
    };

    private Contribution[] Contributions(int edition, int[] world) =>
        [.. Places.Select((place, i) => (place, value: world[i]))
            .Where(pair => edition == 1 ? pair.place.Version == 1 && !Joins[pair.place.Member] : pair.place.Version == 2 || !Corrects[pair.place.Member])
            .Select(pair => new Contribution(Scenario.Member(pair.place.Member), pair.place.Version, Value(pair.place.Member, pair.value),
                IsOpen(pair.place) && !OpennessIgnored))];

    private bool IsOpen((int Member, int Version) place) =>
        Discloses[place.Member] && !(OpensCorrectionsAlone && Corrects[place.Member] && place.Version == 1);

    private ContributedValue Value(int member, int value) => Denominators is null
        ? ContributedValue.Level(value)
        : ContributedValue.Rate(value, Denominators[member]);

    /// <summary>All that would have been published of a world at the announced steps.</summary>
    private string Look(IReadOnlyList<Scenario> editions, LadderStep[] steps, int[] world) =>
        string.Join('|', editions.Select((edition, i) => Look(edition with { Contributions = Contributions(i + 1, world) }, steps[i])));

    private static string Look(Scenario edition, LadderStep step)
    {
        var full = edition.Request();
        var request = IndicatorRequest.Of(full with { Memory = [] }, full.Plan.Indicators[0]);
        var minimum = step == LadderStep.SmallCellsJoined ? request.Policy.JoinedContributorsMin : request.Policy.ContributorsMin;
        var cells = CellRules.Form(request.Entries, request.Partition, minimum);
        var indicator = FigureRules.Indicator(request, new(step, cells, []), Controls.All);
        return string.Join(';', indicator.Cells.SelectMany(cell => cell.Figures).Select(figure => figure.Value));
    }
}
