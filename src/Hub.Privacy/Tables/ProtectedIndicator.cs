namespace Hub.Privacy;

/// <summary>The announced steps by which a whole indicator is protected, from most to least shown (privacy.md §5.5).</summary>
public enum LadderStep
{
    /// <summary>Everything that structure allows.</summary>
    Full,

    /// <summary>Means only.</summary>
    WithoutQuantiles,

    /// <summary>Means only, and small cells joined into `other`.</summary>
    SmallCellsJoined,

    /// <summary>Nothing of this indicator.</summary>
    NotPublished,
}

/// <summary>One indicator of a protected table.</summary>
public sealed class ProtectedIndicator
{
    internal ProtectedIndicator()
    {
    }

    /// <summary>The indicator's code.</summary>
    public required string Code { get; init; }

    /// <summary>L of the legal range.</summary>
    public required decimal Lower { get; init; }

    /// <summary>U of the legal range.</summary>
    public required decimal Upper { get; init; }

    /// <summary>W, the protection width that the audit was made with.</summary>
    public required decimal Width { get; init; }

    /// <summary>Level, score or rate.</summary>
    public required ValueKind Kind { get; init; }

    /// <summary>The partition's name; null if the plan has `all` alone.</summary>
    public required string? Partition { get; init; }

    /// <summary>The statistics of the plan, with their audiences.</summary>
    public required IReadOnlyList<PlannedStatistic> Statistics { get; init; }

    /// <summary>The step of the ladder that was taken.</summary>
    public required LadderStep Step { get; init; }

    /// <summary>`all` first, then the plan's groups by code, then `other`, if there is one.</summary>
    public required IReadOnlyList<ProtectedCell> Cells { get; init; }

    /// <summary>The cell of a group, or the cell that it was joined into; null if the plan has no such group.</summary>
    /// <param name="group">The group's name.</param>
    public ProtectedCell? CellOf(string group) =>
        Cells.FirstOrDefault(cell => cell.Joined.Contains(group)) ?? Cells.FirstOrDefault(cell => cell.Group == group);

    /// <summary>Who may read a figure by the plan.</summary>
    /// <param name="cell">The cell.</param>
    /// <param name="statistic">The figure's kind.</param>
    /// <exception cref="ArgumentException">The plan has no such statistic.</exception>
    public Audience AudienceOf(ProtectedCell cell, Statistic statistic)
    {
        ArgumentNullException.ThrowIfNull(cell);
        var planned = Statistics.FirstOrDefault(planned => planned.Family == statistic.Family())
            ?? throw new ArgumentException("The plan has no such statistic.", nameof(statistic));
        return cell.Group == Group.All ? planned.OfAll : planned.OfCells;
    }
}
