namespace Hub.Privacy;

/// <summary>
/// Minimum differences, on structure alone. A set is a set of (member, version).
/// <code>
/// any two published sets A, B of one indicator and period:  |A \ B| = 0 or ≥ 5, |B \ A| = 0 or ≥ 5
/// a further edition, each cell:  0 or ≥ 10 changed members, 0 or ≥ 10 unchanged ones
/// </code>
/// Changed, seen from a new cell: its (member, version) is not in the earlier edition; seen from an earlier cell: it is not
/// in the new one. So corrections, joiners and leavers count alike.
/// </summary>
/// <remarks>Source: privacy.md §3, "minimum difference" and "editions".</remarks>
internal static class DifferenceRules
{
    /// <summary>The first rule that the new cells break against each other and against earlier editions; null if none.</summary>
    public static FindingRule? Check(IReadOnlyList<Cell> cells, IReadOnlyList<IReadOnlyList<Cell>> editions, PrivacyPolicy policy)
    {
        var current = cells.Select(Keys).ToArray();
        var earlier = editions.Select(edition => edition.Select(Keys).ToArray()).ToArray();
        if (earlier.Any(edition => !EditionHolds(current, edition, policy.EditionDifferenceMin)))
        {
            return FindingRule.EditionDifference;
        }

        var shown = earlier.SelectMany(edition => edition).Concat(current).ToArray();
        return current.All(a => shown.All(b => PairHolds(a, b, policy.DifferenceMin))) ? null : FindingRule.MinimumDifference;
    }

    private static bool PairHolds(HashSet<(string, int)> a, HashSet<(string, int)> b, int minimum)
    {
        var common = a.Count(b.Contains);
        return IsNoneOrAtLeast(a.Count - common, minimum) && IsNoneOrAtLeast(b.Count - common, minimum);
    }

    private static bool EditionHolds(HashSet<(string, int)>[] current, HashSet<(string, int)>[] earlier, int minimum)
    {
        var now = current.SelectMany(set => set).ToHashSet();
        var then = earlier.SelectMany(set => set).ToHashSet();
        return earlier.Length == 0
            || (current.All(set => SplitHolds(set, then, minimum)) && earlier.All(set => SplitHolds(set, now, minimum)));
    }

    private static bool SplitHolds(HashSet<(string, int)> set, HashSet<(string, int)> edition, int minimum)
    {
        var unchanged = set.Count(edition.Contains);
        return IsNoneOrAtLeast(unchanged, minimum) && IsNoneOrAtLeast(set.Count - unchanged, minimum);
    }

    private static bool IsNoneOrAtLeast(int count, int minimum) => count == 0 || count >= minimum;

    private static HashSet<(string, int)> Keys(Cell cell) => [.. cell.Entries.Select(entry => (entry.Member, entry.Version))];
}
