namespace Hub.Privacy;

/// <summary>
/// Which statistics a cell of n contributors gets. `standard`: 10–14 mean and median; 15–19 mean and tertiles (the median's
/// window would share three ranks with theirs); from 20 mean, median, quartiles; from 50 also P10 and P90.
/// Minimum, maximum, mode and range are never published.
/// </summary>
/// <remarks>Source: privacy.md §3, "minimum contributors".</remarks>
internal static class Thresholds
{
    /// <summary>The kinds of figures that a cell of this size gets, by structure alone.</summary>
    public static IEnumerable<StatisticFamily> Families(PrivacyPolicy policy, int n) =>
        Enum.GetValues<StatisticFamily>().Where(family => Withheld(policy, family, n) is null);

    /// <summary>Why a cell of this size does not get a kind of figure; null if it does.</summary>
    public static WithheldRule? Withheld(PrivacyPolicy policy, StatisticFamily family, int n)
    {
        if (n < policy.ContributorsMin)
        {
            return WithheldRule.TooFewContributors;
        }

        return family == StatisticFamily.Mean ? null
            : policy.Quantiles is { } quantiles ? Withheld(quantiles, family, n)
            : WithheldRule.TooFewContributors;
    }

    private static WithheldRule? Withheld(QuantilePolicy policy, StatisticFamily family, int n)
    {
        var (minimum, covered) = family switch
        {
            StatisticFamily.Median => (policy.Median, n >= policy.Tertiles && n < policy.Quartiles),
            StatisticFamily.Tertiles => (policy.Tertiles, n >= policy.Quartiles),
            StatisticFamily.Quartiles => (policy.Quartiles, false),
            _ => (policy.OuterDeciles, false),
        };
        return n < minimum ? WithheldRule.TooFewContributors : covered ? WithheldRule.WindowsOverlap : null;
    }
}
