namespace Hub.Privacy;

/// <summary>The number of contributors as a band: 5–9, 10–14, 15–19, 20–29, 30–49, 50–99, 100 and more.</summary>
/// <param name="From">The least number of the band.</param>
/// <param name="To">The greatest number of the band; null for "and more".</param>
/// <remarks>Source: privacy.md §4, "Counts". Below 10 only a small programme publishes.</remarks>
public sealed record ContributorBand(int From, int? To)
{
    private static readonly ContributorBand[] Bands =
        [new(1, 4), new(5, 9), new(10, 14), new(15, 19), new(20, 29), new(30, 49), new(50, 99), new(100, null)];

    /// <summary>The band of a number of contributors.</summary>
    /// <param name="contributors">At least 1.</param>
    public static ContributorBand Of(int contributors)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(contributors, 1);
        return Bands.Last(band => band.From <= contributors);
    }

    /// <summary>The band in words, such as `10-14` or `100+`.</summary>
    public override string ToString() => To is { } to ? $"{From}-{to}" : $"{From}+";

    internal static ContributorBand? Parse(string text) => Array.Find(Bands, band => band.ToString() == text);
}
