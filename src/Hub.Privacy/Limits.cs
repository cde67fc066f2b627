namespace Hub.Privacy;

/// <summary>The limits of one computation; what lies beyond is refused by name, never computed.</summary>
public static class Limits
{
    /// <summary>The most contributors of one indicator and period: ten times the administrations of the world.</summary>
    public const int ContributorsMax = 2_000;

    /// <summary>The most indicators in one plan.</summary>
    public const int IndicatorsMax = 1_000;

    /// <summary>The most decimals of a legal range, a protection width or a value's `decimals_max`.</summary>
    public const int DecimalsMax = 9;

    /// <summary>The largest magnitude of a legal range's ends; with <see cref="DecimalsMax"/> every published figure fits a decimal.</summary>
    public const decimal MagnitudeMax = 1_000_000_000_000m;

    /// <summary>The largest canonical form of a table that is read.</summary>
    public const int TableBytesMax = 16 * 1024 * 1024;
}
