namespace Hub.Privacy.Tests.Attacks;

/// <summary>
/// Attack 1: two-group differencing. `all` less a published group leaves the others: those of small groups and those without one. A
/// breach is an interval narrower than W = 10 for the one who is left over.
/// </summary>
public sealed class DifferencingAttackTests
{
    private const int Seeds = 40;
    private static readonly PrivacyPolicy NoMinimum = PrivacyPolicy.Standard with { Coalition = 0, ContributorsMin = 1, DifferenceMin = 1 };

    [Fact]
    public void Remainder_OfOne_EveryControl_IsNeverSeen() => Assert.Equal(0, Breaches(PrivacyPolicy.Standard, Controls.All));

    /// <summary>Mutant: no minimum of contributors and of differences, and no audit behind it.</summary>
    [Fact]
    public void Remainder_OfOne_WithoutMinimumAndAudit_IsNarrowed() =>
        Assert.True(Breaches(NoMinimum, new(PolicyChecked: false, Audited: false)) > Seeds / 4);

    /// <summary>Mutant: no rounding either. What is left over is the value.</summary>
    [Fact]
    public void Remainder_OfOne_WithoutRounding_IsKnownExactly() =>
        Assert.True(Attack(1, NoMinimum, new(PolicyChecked: false, Audited: false, Rounded: false))!.Value.Width < 0.001m);

    private static int Breaches(PrivacyPolicy policy, Controls controls) => Enumerable.Range(1, Seeds)
        .Count(seed => Attack(seed, policy, controls) is { Width: < 10m });

    // 20 members of one group, and one of another that has nobody else: by what is left of `all`, and by what is told of his group.
    private static Interval? Attack(int seed, PrivacyPolicy policy, Controls controls)
    {
        var published = (Scenario.Of(Attacker.Draw(seed, 21)) with { Policy = policy, Partition = Scenario.Groups(20, 1) }).Published(controls);
        var remainder = Attacker.Total(published, Group.All, 21) - Attacker.Total(published, "g0", 20);
        var own = Attacker.Total(published, "g1", 1);
        return remainder is null && own is null ? null : Attacker.Range.And(remainder ?? Attacker.Range).And(own ?? Attacker.Range);
    }
}
