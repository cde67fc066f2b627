namespace Hub.Privacy.Tests.Audit;

public sealed class MemoryTests
{
    private static readonly Scenario First = Scenario.Of([.. Enumerable.Range(0, 40).Select(i => 2m + i * 23 % 96)]) with { Partition = Scenario.Groups(20, 20) };

    private static Scenario Second(ShownEdition first) => First with { Edition = 2, Memory = [first] };

    private static ShownEdition WithValues(Func<Contribution, Contribution> change)
    {
        var shown = First.Shown();
        return shown with
        {
            Contributions = new Dictionary<string, IReadOnlyList<Contribution>> { [Scenario.Code] = [.. First.Contributions.Select(change)] },
        };
    }

    [Fact]
    public void Protect_ErasedSinceShown_ClosesTheCollection() => Assert.Contains(
        RefusalRule.ErasedContribution,
        Second(WithValues(contribution => contribution.Member == Scenario.Member(3) ? contribution with { Value = null } : contribution)).Refused());

    [Fact]
    public void Protect_VersionWithTwoValues_IsAContradiction() => Assert.Contains(
        RefusalRule.MemoryContradiction,
        Second(WithValues(contribution => contribution with { Value = ContributedValue.Level(50m) })).Refused());

    [Fact]
    public void Protect_EditionWithoutItsContributions_IsAContradiction() => Assert.Contains(
        RefusalRule.MemoryContradiction,
        Second(First.Shown() with { Contributions = new Dictionary<string, IReadOnlyList<Contribution>>() }).Refused());

    [Fact]
    public void Protect_EditionWithoutItsGroups_IsAContradiction() => Assert.Contains(
        RefusalRule.MemoryContradiction, Second(First.Shown() with { Partitions = [] }).Refused());

    [Fact]
    public void Protect_AnotherPartitionThanBefore_IsRefused() => Assert.Equal(
        [RefusalRule.OverlappingPartitions],
        (Second(First.Shown()) with { Partition = First.Partition! with { Name = "income" } }).Refused());

    [Fact]
    public void Protect_AnotherPeriod_IsNotBoundByIt()
    {
        var other = First with { Period = "2025", Memory = [First.Shown()], Contributions = [.. First.Contributions.Skip(1)] };

        Assert.Equal(LadderStep.Full, other.Published().Step);
    }

    /// <summary>Once enough owners have opened their value, nothing more is shown: the rest of what was shown would tell the others.</summary>
    [Fact]
    public void Protect_ManyOpenedSinceShown_ShowsNothingMore()
    {
        var shown = WithValues(contribution => contribution with { DisclosedByOwner = string.CompareOrdinal(contribution.Member, Scenario.Member(18)) < 0 });

        Assert.Equal(LadderStep.NotPublished, Second(shown).Published().Step);
    }

    /// <summary>Group membership may change between editions: the memory keeps the groups of then.</summary>
    [Fact]
    public void Protect_OneMemberMovedToAnotherGroup_ShowsNoneOfTheGroups()
    {
        var moved = new Partition("region", [new("g0", [.. Enumerable.Range(0, 19).Select(Scenario.Member)]), new("g1", [.. Enumerable.Range(19, 21).Select(Scenario.Member)])]);
        var result = (Second(First.Shown()) with { Partition = moved }).Protect();

        var cells = result.Table!.Indicators[0].Cells;
        Assert.All(cells.Where(cell => cell.Group is "g0" or "g1"), cell => Assert.Empty(cell.Figures));
        Assert.Contains(result.Findings, finding => finding.Rule == FindingRule.MinimumDifference);
    }

    [Fact]
    public void Of_CorrectionsAndLeavers_FormAtomsOfTheirOwn()
    {
        Entry Entry(int member, int version = 1, bool disclosed = false) => new(Scenario.Member(member), version, disclosed, Rational.Of(member), Rational.Of(1));
        ShownSet[] sets =
        [
            new([.. Enumerable.Range(0, 8).Select(i => Entry(i))], true),
            new([.. Enumerable.Range(0, 6).Select(i => Entry(i, i < 3 ? 5 + i : 1, i == 5))], false),
        ];

        var atoms = Atoms.Of(sets);

        // Corrected 0–2 · unchanged 3, 4 · opened 5 · left 6, 7.
        Assert.Equal([3, 2, 1, 2], atoms.Select(atom => atom.Members));
        Assert.Equal([2, 1, 1, 1], atoms.Select(atom => atom.Versions.Count));
        Assert.Equal([2, 1, 0, 1], atoms.Select(atom => atom.Closed.Count()));
    }
}
