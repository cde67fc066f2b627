namespace Hub.Privacy;

/// <summary>
/// From contributors to cells: `all`, and the groups of one partition. Groups with fewer contributors than the minimum, and
/// contributors in no group, are joined into `other`; while `other` is under the minimum, the smallest remaining cell (ties
/// by code) joins it. So the cells cover `all` without a remainder, and nothing is withheld that a difference would tell.
/// Decided from who contributed alone, never from values.
/// </summary>
/// <remarks>Source: privacy.md §3, "cells under the minimum".</remarks>
internal static class CellRules
{
    /// <summary>The cells, `all` first, then by code, `other` last. Groups without any contributor have no cell.</summary>
    public static IReadOnlyList<Cell> Form(IReadOnlyList<Entry> entries, Partition? partition, int contributorsMin)
    {
        var all = new Cell(Group.All, [], entries);
        if (partition is null || entries.Count < contributorsMin)
        {
            return [all];
        }

        var (cells, ungrouped) = Split(entries, partition);
        var small = cells.Where(cell => cell.Entries.Count < contributorsMin).ToList();
        cells.RemoveAll(small.Contains);
        var other = Join(small, ungrouped);
        while (other.Entries.Count > 0 && other.Entries.Count < contributorsMin)
        {
            var smallest = cells.MinBy(cell => (cell.Entries.Count, cell.Group), BySizeThenCode)!;
            cells.Remove(smallest);
            small.Add(smallest);
            other = Join(small, ungrouped);
        }

        return [all, .. cells, .. other.Entries.Count > 0 ? [other] : Array.Empty<Cell>()];
    }

    /// <summary>The sets of a table that was shown, rebuilt from its own record of what was joined.</summary>
    public static IReadOnlyList<Cell> Rebuild(ProtectedIndicator shown, IReadOnlyList<Entry> entries, Partition? partition)
    {
        var groups = (partition?.Groups ?? []).ToDictionary(group => group.Name, group => group.Members.ToHashSet());
        var grouped = groups.Values.SelectMany(members => members).ToHashSet();
        return [.. shown.Cells.Where(cell => cell.Figures.Count > 0).Select(cell => new Cell(cell.Group, cell.Joined,
            [.. entries.Where(entry => IsIn(cell, entry.Member, groups, grouped))]))];
    }

    private static bool IsIn(
        ProtectedCell cell, string member, Dictionary<string, HashSet<string>> groups, HashSet<string> grouped) => cell.Group switch
        {
            Group.All => true,
            Group.Other => !grouped.Contains(member) || cell.Joined.Any(joined => groups[joined].Contains(member)),
            _ => groups[cell.Group].Contains(member),
        };

    private static (List<Cell> Cells, List<Entry> Ungrouped) Split(IReadOnlyList<Entry> entries, Partition partition)
    {
        var groupOf = partition.Groups
            .SelectMany(group => group.Members.Select(member => (member, group.Name)))
            .ToDictionary(pair => pair.member, pair => pair.Name);
        var cells = entries.Where(entry => groupOf.ContainsKey(entry.Member))
            .GroupBy(entry => groupOf[entry.Member])
            .OrderBy(group => group.Key, StringComparer.Ordinal)
            .Select(group => new Cell(group.Key, [], [.. group]))
            .ToList();
        return (cells, entries.Where(entry => !groupOf.ContainsKey(entry.Member)).ToList());
    }

    private static Cell Join(List<Cell> small, List<Entry> ungrouped) => new(
        Group.Other,
        [.. small.Select(cell => cell.Group).Order(StringComparer.Ordinal)],
        [.. small.SelectMany(cell => cell.Entries), .. ungrouped]);

    private static readonly Comparer<(int Size, string Code)> BySizeThenCode = Comparer<(int Size, string Code)>.Create(
        (a, b) => a.Size != b.Size ? a.Size.CompareTo(b.Size) : string.CompareOrdinal(a.Code, b.Code));
}
