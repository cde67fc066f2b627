namespace Hub.Privacy.Tests.Rules;

public sealed class PolicyRulesTests
{
    private static readonly PrivacyPolicy Standard = PrivacyPolicy.Standard;

    public static TheoryData<string, PrivacyPolicy> Contradictions { get; } = new()
    {
        { "policy.name", Standard with { Name = "" } },
        { "policy.version", Standard with { Version = 0 } },
        { "policy.coalition", Standard with { Coalition = 0 } },
        { "policy.contributors_min", Standard with { ContributorsMin = 4 } },
        { "policy.contributors_min", Standard with { Coalition = 9 } },
        { "policy.joined_contributors_min", Standard with { JoinedContributorsMin = 9 } },
        { "policy.difference_min", Standard with { DifferenceMin = 4 } },
        { "policy.difference_min", Standard with { DifferenceMin = 11 } },
        { "policy.edition_difference_min", Standard with { EditionDifferenceMin = 4 } },
        { "policy.quantiles.window", Standard with { Quantiles = Standard.Quantiles! with { Window = 1 } } },
        { "policy.quantiles.window", Standard with { Quantiles = Standard.Quantiles! with { Window = 6 } } },
        { "policy.quantiles.median", Standard with { Quantiles = Standard.Quantiles! with { Median = 9 } } },
        { "policy.quantiles.quartiles", Standard with { Quantiles = Standard.Quantiles! with { Quartiles = 14 } } },
        { "policy.quantiles.outer_deciles", Standard with { Quantiles = Standard.Quantiles! with { OuterDeciles = 19 } } },
        { "policy.quantiles", Standard with { Quantiles = Standard.Quantiles! with { Quartiles = 18 } } },
        { "policy.quantiles", Standard with { Quantiles = Standard.Quantiles! with { OuterDeciles = 49 } } },
        { "policy.quantiles", Standard with { Quantiles = Standard.Quantiles! with { Window = 11 } } },
        // Every window lies within the ranks; those of the tertiles share three, of which five insiders leave too few.
        { "policy.quantiles", Standard with { Coalition = 5, DifferenceMin = 7, Quantiles = Standard.Quantiles! with { Window = 7 } } },
        { "policy.coarse_means", Standard with { CoarseMeans = [new(19, 0.01m), new(9, 0.02m)] } },
        { "policy.coarse_means", Standard with { CoarseMeans = [new(9, 0m)] } },
    };

    [Fact]
    public void Check_ShippedPolicies_HoldTogether()
    {
        Assert.Empty(PolicyRules.Check(PrivacyPolicy.Standard));
        Assert.Empty(PolicyRules.Check(PrivacyPolicy.SmallProgramme));
    }

    [Theory]
    [MemberData(nameof(Contradictions), DisableDiscoveryEnumeration = true)]
    public void Check_Contradiction_IsNamedWithARemedy(string field, PrivacyPolicy policy)
    {
        var refusals = PolicyRules.Check(policy);

        Assert.Contains(refusals, refusal => refusal.Field == field && refusal.Remedy.Length > 0);
        Assert.All(refusals, refusal => Assert.Equal(RefusalRule.PolicyContradiction, refusal.Rule));
        Assert.Contains(RefusalRule.PolicyContradiction, (Scenario.Of(1m) with { Policy = policy }).Refused());
    }
}
