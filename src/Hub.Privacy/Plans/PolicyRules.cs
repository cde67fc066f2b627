namespace Hub.Privacy;

/// <summary>
/// A policy must not contradict itself. Floors that no policy may go under: c ≥ 1; each minimum and difference ≥ c + 2
/// (privacy.md §3); a window of m ≥ c + 2 ranks, m odd; each published window within 1…n with at least five contributors
/// beyond its quantile, and any two of a cell sharing at most m − c ranks (privacy.md §4), for every n.
/// </summary>
public static class PolicyRules
{
    /// <summary>Finds every contradiction of a policy.</summary>
    /// <param name="policy">The policy.</param>
    /// <returns>One refusal for each; empty if the policy holds together.</returns>
    public static IReadOnlyList<Refusal> Check(PrivacyPolicy policy)
    {
        ArgumentNullException.ThrowIfNull(policy);
        var floor = policy.Coalition + 2;
        var refusals = new List<Refusal>();
        Require(refusals, Names.IsName(policy.Name), "name", "Name the policy.");
        Require(refusals, policy.Version >= 1, "version", "Count versions from 1.");
        Require(refusals, policy.Coalition is >= 1 and <= 50, "coalition", "Assume at least 1 and at most 50 insiders.");
        Require(refusals, policy.ContributorsMin >= floor, "contributors_min", "Take at least the coalition plus 2.");
        Require(refusals, policy.JoinedContributorsMin >= policy.ContributorsMin, "joined_contributors_min",
            "Take at least contributors_min.");
        Require(refusals, policy.DifferenceMin >= floor, "difference_min", "Take at least the coalition plus 2.");
        Require(refusals, policy.DifferenceMin <= policy.ContributorsMin, "difference_min", "Take at most contributors_min.");
        Require(refusals, policy.EditionDifferenceMin >= policy.DifferenceMin, "edition_difference_min",
            "Take at least difference_min.");
        CheckCoarseMeans(policy, refusals);
        if (policy.Quantiles is { } quantiles && refusals.Count == 0)
        {
            CheckQuantiles(policy, quantiles, refusals);
        }

        return refusals;
    }

    private static void CheckCoarseMeans(PrivacyPolicy policy, List<Refusal> refusals)
    {
        var previous = 0;
        foreach (var rounding in policy.CoarseMeans)
        {
            Require(refusals, rounding.ContributorsMax > previous, "coarse_means", "List them by rising number of contributors.");
            Require(refusals, rounding.FractionOfRange is > 0m and < 1m && rounding.FractionOfRange.Scale <= 6, "coarse_means",
                "Give a fraction of the range between 0 and 1 with at most 6 decimals.");
            previous = rounding.ContributorsMax;
        }
    }

    private static void CheckQuantiles(PrivacyPolicy policy, QuantilePolicy quantiles, List<Refusal> refusals)
    {
        Require(refusals, quantiles.Window % 2 == 1 && quantiles.Window >= policy.Coalition + 2, "quantiles.window",
            "Take an odd window of at least the coalition plus 2.");
        Require(refusals, quantiles.Median >= policy.ContributorsMin, "quantiles.median", "Take at least contributors_min.");
        Require(refusals, quantiles.Tertiles >= quantiles.Median, "quantiles.tertiles", "Take at least the median's minimum.");
        Require(refusals, quantiles.Quartiles >= quantiles.Tertiles, "quantiles.quartiles", "Take at least the tertiles' minimum.");
        Require(refusals, quantiles.OuterDeciles >= quantiles.Quartiles, "quantiles.outer_deciles",
            "Take at least the quartiles' minimum.");
        if (refusals.Count > 0)
        {
            return;
        }

        var wrong = Enumerable.Range(1, Limits.ContributorsMax).FirstOrDefault(n => !WindowsHold(policy, quantiles, n));
        Require(refusals, wrong == 0, "quantiles",
            $"At {wrong} contributors a window leaves the ranks, or two share too many: raise the thresholds or narrow the window.");
    }

    private static bool WindowsHold(PrivacyPolicy policy, QuantilePolicy quantiles, int n)
    {
        var windows = Thresholds.Families(policy, n)
            .SelectMany(SmoothedQuantile.Of)
            .Select(quantile => (quantile, window: quantile.Window(n, quantiles.Window)))
            .ToArray();
        var inside = windows.All(w => SmoothedQuantile.IsPublishable(w.quantile, w.window, n));
        var sharedMax = quantiles.Window - policy.Coalition;
        return inside && windows.All(a => windows.All(b => a == b || a.window.Shares(b.window) <= sharedMax));
    }

    private static void Require(List<Refusal> refusals, bool holds, string field, string remedy)
    {
        if (!holds)
        {
            refusals.Add(new(RefusalRule.PolicyContradiction, $"policy.{field}", remedy));
        }
    }
}
