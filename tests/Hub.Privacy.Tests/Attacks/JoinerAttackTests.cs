namespace Hub.Privacy.Tests.Attacks;

/// <summary>
/// Attacks 3 and 4: a member joins, or corrects, between two editions, and the reader takes one edition's totals from the
/// other's, for `all` and for the member's region, within the legal range. A breach is an interval narrower than W = 10.
/// </summary>
public sealed class JoinerAttackTests
{
    private const int Seeds = 60;
    private static readonly Partition Regions = Scenario.Groups(20, 21);
    private static readonly PrivacyPolicy AnyDifference = PrivacyPolicy.Standard with { DifferenceMin = 1, EditionDifferenceMin = 1 };

    [Fact]
    public void Joiner_EveryControl_IsNeverSeen() => Assert.Equal(0, Breaches(PrivacyPolicy.Standard, Controls.All));

    [Fact]
    public void Joiner_AuditAlone_IsNeverSeen() => Assert.Equal(0, Breaches(AnyDifference, new(PolicyChecked: false)));

    [Fact]
    public void Joiner_MinimumDifferenceAlone_IsNeverSeen() => Assert.Equal(0, Breaches(PrivacyPolicy.Standard, new(Audited: false)));

    /// <summary>Mutant: editions forgotten.</summary>
    [Fact]
    public void Joiner_EditionsForgotten_IsNarrowed() => Assert.True(Breaches(PrivacyPolicy.Standard, new(Remembered: false)) > Seeds / 4);

    /// <summary>Mutant: minimum difference 1, with no audit behind it.</summary>
    [Fact]
    public void Joiner_AnyDifferenceWithoutAudit_IsNarrowed() =>
        Assert.True(Breaches(AnyDifference, new(PolicyChecked: false, Audited: false)) > Seeds / 4);

    /// <summary>One set, away from the limits: the rounding alone hides a joiner to W, as it is made to.</summary>
    [Fact]
    public void Joiner_RoundingAlone_IsHiddenToTheWidth() => Assert.All(
        Enumerable.Range(1, Seeds),
        seed => Assert.True(Attack(seed, AnyDifference, new(PolicyChecked: false, Audited: false), region: false, joiner: 50m)!.Value.Width >= 10m));

    /// <summary>Mutant: no rounding.</summary>
    [Fact]
    public void Joiner_NoRounding_IsKnownExactly() => Assert.All(
        Enumerable.Range(1, Seeds),
        seed => Assert.True(Attack(seed, AnyDifference, new(PolicyChecked: false, Audited: false, Rounded: false), region: false, joiner: 50m)!.Value.Width < 0.001m));

    [Fact]
    public void Corrector_EveryControl_IsNeverSeen() => Assert.Null(AttackCorrection(PrivacyPolicy.Standard, Controls.All));

    /// <summary>Mutant: editions forgotten. From the least to the greatest value leaves no room on either side.</summary>
    [Fact]
    public void Corrector_EditionsForgotten_IsNarrowed() => Assert.True(AttackCorrection(PrivacyPolicy.Standard, new(Remembered: false))!.Value.Width < 10m);

    private static int Breaches(PrivacyPolicy policy, Controls controls) => Enumerable.Range(1, Seeds)
        .Count(seed => Attack(seed, policy, controls, region: true, Attacker.Draw(seed, 41)[40]) is { } interval && interval.Width < 10m);

    /// <summary>The joiner's interval; null if the second edition shows nothing of it.</summary>
    private static Interval? Attack(int seed, PrivacyPolicy policy, Controls controls, bool region, decimal joiner)
    {
        var values = Attacker.Draw(seed, 41);
        values[40] = joiner;
        var second = Scenario.Of(values) with { Policy = policy, Partition = region ? Regions : null, Edition = 2 };
        var first = second with { Edition = 1, Contributions = [.. second.Contributions.Take(40)] };
        var before = first.Published(controls);
        var after = (second with { Memory = [first.Shown(controls)] }).Published(controls);
        var all = Attacker.Total(after, Group.All, 41) - Attacker.Total(before, Group.All, 40);
        var cell = Attacker.Total(after, "g1", 21) - Attacker.Total(before, "g1", 20);
        return all is null && cell is null ? null : Attacker.Range.And(all ?? Attacker.Range).And(cell ?? Attacker.Range);
    }

    /// <summary>The interval of the old value of a member that corrects from 0 to 100.</summary>
    private static Interval? AttackCorrection(PrivacyPolicy policy, Controls controls)
    {
        var values = Attacker.Draw(7, 20);
        values[0] = 0m;
        var first = Scenario.Of(values) with { Policy = policy };
        var second = first with
        {
            Edition = 2,
            Memory = [first.Shown(controls)],
            Contributions = [new(Scenario.Member(0), 2, ContributedValue.Level(100m), false), .. first.Contributions.Skip(1)],
        };
        var change = Attacker.Total(second.Published(controls), Group.All, 20) - Attacker.Total(first.Published(controls), Group.All, 20);
        return change is { } known ? Attacker.Range.And(Attacker.Range - known) : null;
    }
}
