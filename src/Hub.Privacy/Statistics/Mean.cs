namespace Hub.Privacy;

/// <summary>
/// The mean: of levels and scores Σx/n; of rates the pooled ratio Σa/Σb. Exact; rounded once, last, by <see cref="Rounding"/>.
/// Neither total of a pooled ratio is ever released.
/// </summary>
/// <remarks>Source: privacy.md §4, "Mean" and "Pooled ratio".</remarks>
internal static class Mean
{
    public static Rational Of(IReadOnlyList<Entry> entries)
    {
        var numerators = Rational.Zero;
        var denominators = Rational.Zero;
        foreach (var entry in entries)
        {
            numerators += entry.Numerator;
            denominators += entry.Denominator;
        }

        return numerators / denominators;
    }
}
