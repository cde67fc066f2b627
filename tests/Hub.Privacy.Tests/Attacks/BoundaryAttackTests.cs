namespace Hub.Privacy.Tests.Attacks;

/// <summary>
/// Attacks 6 and 12: insiders take their values from a total, and a total near a limit bounds all the others:
/// x_v ≤ n(mean + h) − Σ insiders. A breach is an interval narrower than W = 10.
/// </summary>
public sealed class BoundaryAttackTests
{
    public static TheoryData<string, decimal[], int> Cells { get; } = new()
    {
        { "all at the limit", [.. Enumerable.Repeat(0m, 10)], 0 },
        { "all near the limit", [.. Enumerable.Repeat(0.2m, 12)], 0 },
        { "all but one at the limit", [100m, .. Enumerable.Repeat(0m, 11)], 1 },
        { "three insiders hold nearly all", [80m, 80m, 80m, .. Enumerable.Repeat(0.3m, 9)], 3 },
    };

    [Theory]
    [MemberData(nameof(Cells))]
    public void Others_EveryControl_AreNeverBounded(string cell, decimal[] values, int insiders)
    {
        Assert.NotEmpty(cell);
        Assert.Null(Attack(values, insiders, PrivacyPolicy.Standard, Controls.All));
    }

    /// <summary>Mutant: no audit on values. Structure and rounding let each of them through.</summary>
    [Theory]
    [MemberData(nameof(Cells))]
    public void Others_WithoutTheAudit_AreNarrowed(string cell, decimal[] values, int insiders)
    {
        Assert.NotEmpty(cell);
        Assert.True(Attack(values, insiders, PrivacyPolicy.Standard, new(Audited: false))!.Value.Width < 10m);
    }

    /// <summary>Mutant: coalition ignored.</summary>
    [Fact]
    public void Others_CoalitionIgnored_AreNarrowed()
    {
        decimal[] values = [80m, 80m, 80m, .. Enumerable.Repeat(0.3m, 9)];

        Assert.True(Attack(values, 3, PrivacyPolicy.Standard with { Coalition = 0 }, new(PolicyChecked: false))!.Value.Width < 10m);
    }

    [Fact]
    public void Others_FewHighValuesAtTheUpperLimit_AreNeverBoundedFromBelow() => Assert.Equal(
        LadderStep.NotPublished, Scenario.Of([.. Enumerable.Repeat(100m, 20), 0m]).Published().Step);

    /// <summary>The interval of each of the others, from the mean; null if it is withheld.</summary>
    private static Interval? Attack(decimal[] values, int insiders, PrivacyPolicy policy, Controls controls)
    {
        var published = (Scenario.Of(values) with { Policy = policy }).Published(controls);
        return Attacker.Total(published, Group.All, values.Length) is { } total
            ? Attacker.Range.And(new(0m, total.High - values.Take(insiders).Sum()))
            : null;
    }
}
