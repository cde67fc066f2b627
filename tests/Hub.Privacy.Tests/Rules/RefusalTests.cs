namespace Hub.Privacy.Tests.Rules;

/// <summary>Bad input gets a named refusal with field and remedy, and never a figure.</summary>
public sealed class RefusalTests
{
    private static readonly Scenario Fine = Scenario.Of([.. Enumerable.Range(0, 30).Select(i => 1m + 3 * i)]) with { Partition = Scenario.Groups(15, 15) };

    private static Scenario With(params Contribution[] contributions) => Fine with { Contributions = [.. Fine.Contributions, .. contributions] };

    private static Scenario Value(ContributedValue value) => With(new Contribution("X", 1, value, false));

    private static Scenario Groups(params Group[] groups) => Fine with { Partition = new("region", groups) };

    public static TheoryData<RefusalRule, Scenario> Mistakes { get; } = new()
    {
        { RefusalRule.InvalidRange, Fine with { Facts = Fine.Facts with { Lower = null } } },
        { RefusalRule.InvalidRange, Fine with { Facts = Fine.Facts with { Upper = null } } },
        { RefusalRule.InvalidRange, Fine with { Facts = Fine.Facts with { Upper = 0m } } },
        { RefusalRule.InvalidRange, Fine with { Facts = Fine.Facts with { Upper = 1e13m } } },
        { RefusalRule.InvalidRange, Fine with { Facts = Fine.Facts with { Lower = 0.0000000001m } } },
        { RefusalRule.InvalidWidth, Fine with { Facts = Fine.Facts with { Width = null } } },
        { RefusalRule.InvalidWidth, Fine with { Facts = Fine.Facts with { Width = 0m } } },
        { RefusalRule.InvalidWidth, Fine with { Facts = Fine.Facts with { Width = -1m } } },
        { RefusalRule.InvalidWidth, Fine with { Facts = Fine.Facts with { Width = 101m } } },
        { RefusalRule.InvalidDecimals, Fine with { Facts = Fine.Facts with { DecimalsMax = 10 } } },
        { RefusalRule.InvalidDecimals, Fine with { Facts = Fine.Facts with { DecimalsMax = -1 } } },
        { RefusalRule.DerivedVariation, Fine with { Facts = Fine.Facts with { Kind = ValueKind.Variation } } },
        { RefusalRule.UnknownIndicator, Fine with { Facts = Fine.Facts with { Code = "another" } } },
        { RefusalRule.NothingPlanned, Fine with { Statistics = [] } },
        { RefusalRule.DuplicateStatistic, Fine with { Statistics = [.. Fine.Statistics, Fine.Statistics[0]] } },
        { RefusalRule.DuplicateStatistic, Fine with { Statistics = [new((StatisticFamily)99, Audience.Public, Audience.Public)] } },
        { RefusalRule.StatisticNotInPolicy, Fine with { Policy = PrivacyPolicy.SmallProgramme } },
        { RefusalRule.EmptyGroup, Groups(new Group("a", [])) },
        { RefusalRule.EmptyGroup, Groups() },
        { RefusalRule.DuplicateMember, Groups(new Group("a", ["M", "M"])) },
        { RefusalRule.OverlappingGroups, Groups(new Group("a", ["M"]), new Group("b", ["M", "N"])) },
        { RefusalRule.InvalidName, Groups(new Group("all", ["M"])) },
        { RefusalRule.InvalidName, Groups(new Group("other", ["M"])) },
        { RefusalRule.InvalidName, Groups(new Group("a", ["M"]), new Group("a", ["N"])) },
        { RefusalRule.InvalidName, Groups(new Group("a\u0000", ["M"])) },
        { RefusalRule.InvalidName, Fine with { Period = "20\ud800" } },
        { RefusalRule.InvalidName, Fine with { Edition = 0 } },
        { RefusalRule.DuplicateMember, With(Fine.Contributions[0]) },
        { RefusalRule.ValueOutOfRange, Value(ContributedValue.Level(100.0001m)) },
        { RefusalRule.ValueOutOfRange, Value(ContributedValue.Level(-0.0001m)) },
        { RefusalRule.ValueOutOfRange, Value(ContributedValue.Level(decimal.MaxValue)) },
        { RefusalRule.TooManyDecimals, Value(ContributedValue.Level(1.00001m)) },
        { RefusalRule.WrongValueKind, Value(ContributedValue.Rate(1m, 2m)) },
        { RefusalRule.WrongValueKind, Fine with { Facts = Fine.Facts with { Kind = ValueKind.Rate } } },
        { RefusalRule.ErasedContribution, With(new Contribution("X", 1, null, false)) },
        { RefusalRule.TooManyContributors, Scenario.Of([.. Enumerable.Repeat(50m, 10_000)]) },
    };

    [Theory]
    [MemberData(nameof(Mistakes), DisableDiscoveryEnumeration = true)]
    public void Protect_Mistake_IsNamedAndNothingIsComputed(RefusalRule rule, Scenario scenario)
    {
        var result = scenario.Protect();

        Assert.Contains(result.Refusals, refusal => refusal.Rule == rule && refusal.Field.Length > 0 && refusal.Remedy.Length > 0);
        Assert.False(result.IsProtected);
        Assert.Empty(result.Findings);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    public void Protect_DenominatorNotPositive_IsRefused(int denominator) => Assert.Equal(
        [RefusalRule.InvalidDenominator],
        (Scenario.Of() with
        {
            Facts = new(Scenario.Code, 0m, 1m, 0.1m, 0, ValueKind.Rate),
            Contributions = [new("X", 1, ContributedValue.Rate(1m, denominator), false)],
        }).Refused());

    [Fact]
    public void Protect_SeveralMistakes_AreNamedTogether()
    {
        var scenario = Fine with { Facts = Fine.Facts with { Width = 0m, DecimalsMax = 99 }, Statistics = [] };

        Assert.Equal(
            [RefusalRule.InvalidDecimals, RefusalRule.InvalidWidth, RefusalRule.NothingPlanned],
            scenario.Refused().OrderBy(rule => rule.ToString(), StringComparer.Ordinal));
    }

    [Fact]
    public void Protect_UnknownPartition_IsRefused()
    {
        var request = Fine.Request() with { Partitions = [] };

        Assert.Equal([RefusalRule.UnknownGroup], Publication.Protect(request).Refusals.Select(refusal => refusal.Rule));
    }

    [Fact]
    public void Protect_TwoPartitions_AreRefused()
    {
        var request = Fine.Request();
        var two = request with
        {
            Plan = new("plan", 1, [new(Scenario.Code, ["region", "income"], Fine.Statistics)]),
            Partitions = [Fine.Partition!, Fine.Partition! with { Name = "income" }],
        };

        Assert.Equal([RefusalRule.OverlappingPartitions], Publication.Protect(two).Refusals.Select(refusal => refusal.Rule));
    }

    [Fact]
    public void Protect_EmptyPlan_IsRefused() => Assert.Equal(
        [RefusalRule.NothingPlanned],
        Publication.Protect(Fine.Request() with { Plan = new("plan", 1, []) }).Refusals.Select(refusal => refusal.Rule));

    [Fact]
    public void Protect_OutOfRange_TellsNeitherMemberNorValue()
    {
        var refusal = Assert.Single(With(new Contribution("UA", 1, ContributedValue.Level(31415.9265m), false)).Protect().Refusals);

        Assert.DoesNotContain("UA", refusal.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("31415", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Protect_PartitionThatThePlanDoesNotName_IsNotLookedAt() =>
        Assert.Empty(Publication.Protect(Fine.Request() with { Partitions = [Fine.Partition!, new("all", [new("all", ["M"])])] }).Refusals);
}
