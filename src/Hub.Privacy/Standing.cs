namespace Hub.Privacy;

/// <summary>Why a member has no standing.</summary>
public enum NoStanding
{
    /// <summary>The plan has no such group.</summary>
    NotPlanned,

    /// <summary>The cell's quantiles are withheld.</summary>
    Withheld,

    /// <summary>The member contributed no value to the edition.</summary>
    NotContributed,
}

/// <summary>
/// Where a value lies in a published cell: in which half, third or quarter of the values, counted from the lowest. From
/// published figures alone, so it tells nobody anything that the table does not.
/// <code>
/// h = half the unit that the boundary Q is rounded to
/// x − Q > h: above the boundary      Q − x > h: below      else: AT the boundary of the two parts
/// </code>
/// Quarters where quartiles and median are published, else thirds, else halves. Whether low or high is better is the caller's word.
/// </summary>
/// <remarks>Source: privacy.md §2.3 (why no exact rank), issue "From contributions to a published benchmark", item 5.</remarks>
public sealed record Standing
{
    private Standing(int parts, int lowest, int highest, NoStanding? reason)
    {
        Parts = parts;
        Lowest = lowest;
        Highest = highest;
        Reason = reason;
    }

    /// <summary>2, 3 or 4; 0 without a standing.</summary>
    public int Parts { get; }

    /// <summary>The lowest part that the value may be in, from 1.</summary>
    public int Lowest { get; }

    /// <summary>The highest part that the value may be in; above <see cref="Lowest"/> at a boundary.</summary>
    public int Highest { get; }

    /// <summary>Why there is no standing; null if there is one.</summary>
    public NoStanding? Reason { get; }

    /// <summary>Whether the value is too near a boundary to say on which side it lies.</summary>
    public bool AtBoundary => Lowest != Highest;

    /// <summary>The standing of a value in a group, or in the cell that the group was joined into.</summary>
    /// <param name="indicator">The protected indicator.</param>
    /// <param name="group">The group's name, or `all`.</param>
    /// <param name="value">The member's value in that edition; null if it contributed none.</param>
    public static Standing Of(ProtectedIndicator indicator, string group, ContributedValue? value)
    {
        ArgumentNullException.ThrowIfNull(indicator);
        if (indicator.CellOf(group) is not { } cell)
        {
            return new(0, 0, 0, NoStanding.NotPlanned);
        }

        if (value is not { } own)
        {
            return new(0, 0, 0, NoStanding.NotContributed);
        }

        return Boundaries(cell) is { Length: > 0 } boundaries ? Of(boundaries, own.Exact()) : new(0, 0, 0, NoStanding.Withheld);
    }

    private static Standing Of(ProtectedFigure[] boundaries, Rational value)
    {
        var below = boundaries.Count(boundary => Distance(boundary) > Half(boundary));
        var above = boundaries.Count(boundary => Rational.Zero - Distance(boundary) > Half(boundary));
        return new(boundaries.Length + 1, below + 1, boundaries.Length + 1 - above, null);

        Rational Distance(ProtectedFigure boundary) => value - Rational.Of(boundary.Value);
        static Rational Half(ProtectedFigure boundary) => Rational.Of(boundary.RoundedTo) / Rational.Of(2);
    }

    private static ProtectedFigure[] Boundaries(ProtectedCell cell)
    {
        Statistic[][] schemes =
        [
            [Statistic.LowerQuartile, Statistic.Median, Statistic.UpperQuartile],
            [Statistic.LowerTertile, Statistic.UpperTertile],
            [Statistic.Median],
        ];
        return schemes
            .Where(scheme => scheme.All(statistic => cell.Find(statistic) is not null))
            .Select(scheme => Array.ConvertAll(scheme, statistic => cell.Find(statistic)!))
            .FirstOrDefault([]);
    }
}
