namespace Hub.Privacy;

/// <summary>A published figure's kind.</summary>
public enum Statistic
{
    /// <summary>The mean; of a rate the pooled ratio Σa/Σb.</summary>
    Mean,

    /// <summary>The smoothed P10.</summary>
    P10,

    /// <summary>The smoothed lower quartile.</summary>
    LowerQuartile,

    /// <summary>The smoothed lower tertile.</summary>
    LowerTertile,

    /// <summary>The smoothed median.</summary>
    Median,

    /// <summary>The smoothed upper tertile.</summary>
    UpperTertile,

    /// <summary>The smoothed upper quartile.</summary>
    UpperQuartile,

    /// <summary>The smoothed P90.</summary>
    P90,
}

/// <summary>What belongs together: the statistics of a family.</summary>
public static class StatisticFamilies
{
    /// <summary>The statistics of a family, from low to high.</summary>
    /// <param name="family">The family.</param>
    public static IReadOnlyList<Statistic> Members(this StatisticFamily family) => family switch
    {
        StatisticFamily.Mean => [Statistic.Mean],
        StatisticFamily.Median => [Statistic.Median],
        StatisticFamily.Tertiles => [Statistic.LowerTertile, Statistic.UpperTertile],
        StatisticFamily.Quartiles => [Statistic.LowerQuartile, Statistic.UpperQuartile],
        StatisticFamily.OuterDeciles => [Statistic.P10, Statistic.P90],
        _ => throw new ArgumentOutOfRangeException(nameof(family)),
    };

    /// <summary>The family that a statistic belongs to.</summary>
    /// <param name="statistic">The statistic.</param>
    public static StatisticFamily Family(this Statistic statistic) => statistic switch
    {
        Statistic.Mean => StatisticFamily.Mean,
        Statistic.Median => StatisticFamily.Median,
        Statistic.LowerTertile or Statistic.UpperTertile => StatisticFamily.Tertiles,
        Statistic.LowerQuartile or Statistic.UpperQuartile => StatisticFamily.Quartiles,
        Statistic.P10 or Statistic.P90 => StatisticFamily.OuterDeciles,
        _ => throw new ArgumentOutOfRangeException(nameof(statistic)),
    };
}
