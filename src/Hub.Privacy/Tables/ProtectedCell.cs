namespace Hub.Privacy;

/// <summary>Why a figure of the plan is not published. Each is announced; none is a choice about a single cell by its values.</summary>
public enum WithheldRule
{
    /// <summary>The set has fewer contributors than the statistic needs.</summary>
    TooFewContributors,

    /// <summary>Its window would share too many ranks with another quantile of the cell, which is published instead.</summary>
    WindowsOverlap,

    /// <summary>The group's contributors are in the cell `other`.</summary>
    JoinedIntoOther,

    /// <summary>The sets differ in too few members from each other or from what was shown before (structure alone).</summary>
    MinimumDifference,

    /// <summary>The indicator as a whole went down the ladder.</summary>
    Ladder,
}

/// <summary>A published figure.</summary>
/// <param name="Statistic">Its kind.</param>
/// <param name="Value">Its value, a multiple of <paramref name="RoundedTo"/> with exactly its decimals.</param>
/// <param name="RoundedTo">The unit of its rounding, half to even.</param>
public sealed record ProtectedFigure(Statistic Statistic, decimal Value, decimal RoundedTo);

/// <summary>A figure of the plan that is not published.</summary>
/// <param name="Statistic">Its kind.</param>
/// <param name="Rule">The rule that withholds it.</param>
public sealed record WithheldStatistic(Statistic Statistic, WithheldRule Rule);

/// <summary>One set of a protected indicator.</summary>
public sealed class ProtectedCell
{
    internal ProtectedCell()
    {
    }

    /// <summary>The group's code, `all` or `other`.</summary>
    public required string Group { get; init; }

    /// <summary>Of `other`: the groups that were joined into it, by code; those without a contributor are not among them.</summary>
    public required IReadOnlyList<string> Joined { get; init; }

    /// <summary>The band of the number of contributors; null where nothing of the cell is published.</summary>
    public required ContributorBand? Band { get; init; }

    /// <summary>The published figures, by kind.</summary>
    public required IReadOnlyList<ProtectedFigure> Figures { get; init; }

    /// <summary>The plan's figures that are withheld, by kind.</summary>
    public required IReadOnlyList<WithheldStatistic> Withheld { get; init; }

    /// <summary>The figure of a kind; null if it is withheld or not planned.</summary>
    /// <param name="statistic">The kind.</param>
    public ProtectedFigure? Find(Statistic statistic) => Figures.FirstOrDefault(figure => figure.Statistic == statistic);
}
