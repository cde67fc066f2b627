namespace Hub.Performance;

/// <summary>One figure over all runs: never a single number, because a shared machine changes its speed.</summary>
internal sealed record Spread(double Median, double Min, double Max, int Runs)
{
    public static Spread Of(IEnumerable<double> figures)
    {
        var sorted = figures.Order().ToList();
        var middle = sorted.Count / 2;
        var median = sorted.Count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
        return new Spread(Math.Round(median, 3), Math.Round(sorted[0], 3), Math.Round(sorted[^1], 3), sorted.Count);
    }

    public override string ToString() => $"{Median:#,0.##} ({Min:#,0.##}–{Max:#,0.##})";
}
