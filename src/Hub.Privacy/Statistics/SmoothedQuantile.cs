namespace Hub.Privacy;

/// <summary>The ranks from <paramref name="First"/> to <paramref name="Last"/>, counted from 1.</summary>
internal readonly record struct RankWindow(int First, int Last)
{
    public int Count => Last - First + 1;

    /// <summary>How many ranks two windows have in common.</summary>
    public int Shares(RankWindow other) => Math.Max(0, Math.Min(Last, other.Last) - Math.Max(First, other.First) + 1);
}

/// <summary>
/// The smoothed quantile of order p: the mean of the m (or m + 1) values around it, so that no released figure is anybody's.
/// <code>
/// t = p·n + ½                            p a fraction, never a double
/// t a half-integer: the m + 1 ranks from t − m/2        (n = 20, p = ½: 8…13)
/// else:             the m ranks from ⌊t − (m − 1)/2 + ½⌋
/// </code>
/// Published only if the window lies in 1…n and ⌊n·min(p, 1 − p)⌋ ≥ 5. Of a rate, the values are the members' rates.
/// </summary>
/// <remarks>Source: privacy.md §4. Why smoothing and not interpolation: §2.4.</remarks>
internal readonly record struct SmoothedQuantile(Statistic Statistic, int Numerator, int Denominator)
{
    private const int BeyondMin = 5;

    public static IReadOnlyList<SmoothedQuantile> Of(StatisticFamily family) => family switch
    {
        StatisticFamily.Mean => [],
        _ => [.. family.Members().Select(Of)],
    };

    public static SmoothedQuantile Of(Statistic statistic) => statistic switch
    {
        Statistic.P10 => new(statistic, 1, 10),
        Statistic.LowerQuartile => new(statistic, 1, 4),
        Statistic.LowerTertile => new(statistic, 1, 3),
        Statistic.Median => new(statistic, 1, 2),
        Statistic.UpperTertile => new(statistic, 2, 3),
        Statistic.UpperQuartile => new(statistic, 3, 4),
        Statistic.P90 => new(statistic, 9, 10),
        _ => throw new ArgumentOutOfRangeException(nameof(statistic)),
    };

    /// <summary>The ranks that are averaged, for n values and a window of m, m odd.</summary>
    public RankWindow Window(int n, int m)
    {
        // t = p·n + ½ is a half-integer exactly when p·n is an integer; then t − m/2 = p·n − (m − 1)/2.
        var scaled = Numerator * n;
        if (scaled % Denominator == 0)
        {
            var first = scaled / Denominator - (m - 1) / 2;
            return new(first, first + m);
        }

        // ⌊p·n + ½ − (m − 1)/2 + ½⌋ = ⌊p·n⌋ + 1 − (m − 1)/2.
        var start = scaled / Denominator + 1 - (m - 1) / 2;
        return new(start, start + m - 1);
    }

    /// <summary>Whether the window may be published at all.</summary>
    public static bool IsPublishable(SmoothedQuantile quantile, RankWindow window, int n)
    {
        var smaller = Math.Min(quantile.Numerator, quantile.Denominator - quantile.Numerator);
        return window.First >= 1 && window.Last <= n && n * smaller / quantile.Denominator >= BeyondMin;
    }

    /// <summary>The exact mean of the window's values; <paramref name="sorted"/> rises.</summary>
    public Rational Compute(IReadOnlyList<Rational> sorted, int m)
    {
        var window = Window(sorted.Count, m);
        var sum = Rational.Zero;
        for (var rank = window.First; rank <= window.Last; rank++)
        {
            sum += sorted[rank - 1];
        }

        return sum / Rational.Of(window.Count);
    }
}
