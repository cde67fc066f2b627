namespace Hub.Privacy.Tests.Attacks;

/// <summary>What a reader of tables does by hand: intervals from published means, their rounding and the legal range.</summary>
internal readonly record struct Interval(decimal Low, decimal High)
{
    public decimal Width => High - Low;

    public Interval And(Interval other) => new(Math.Max(Low, other.Low), Math.Min(High, other.High));

    public static Interval operator -(Interval left, Interval right) => new(left.Low - right.High, left.High - right.Low);

    public static Interval operator -(Interval left, decimal right) => new(left.Low - right, left.High - right);
}

internal static class Attacker
{
    public static Interval Range { get; } = new(0m, 100m);

    /// <summary>The total of a cell of n contributors, from its mean; null if it is withheld.</summary>
    public static Interval? Total(ProtectedIndicator indicator, string group, int n) =>
        indicator.Cells.FirstOrDefault(cell => cell.Group == group)?.Find(Statistic.Mean) is { } mean
            ? new(n * (mean.Value - mean.RoundedTo / 2m), n * (mean.Value + mean.RoundedTo / 2m))
            : null;

    /// <summary>Values from 0 to 100 with one decimal, drawn by a seed.</summary>
    public static decimal[] Draw(int seed, int count)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ => random.Next(0, 1_001) / 10m)];
    }
}
