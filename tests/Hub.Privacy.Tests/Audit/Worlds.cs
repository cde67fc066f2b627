namespace Hub.Privacy.Tests.Audit;

/// <summary>
/// The attacker without any theory: lists every data set on a grid, keeps those that look the same, and lets every coalition
/// look at them. Slow, and right by construction.
/// </summary>
internal static class Worlds
{
    /// <summary>Every vector with one of its own grid's values in each place.</summary>
    public static IEnumerable<int[]> All(int[][] grids)
    {
        var world = new int[grids.Length];
        return Fill(0);

        IEnumerable<int[]> Fill(int place)
        {
            if (place == grids.Length)
            {
                yield return [.. world];
                yield break;
            }

            foreach (var value in grids[place])
            {
                world[place] = value;
                foreach (var full in Fill(place + 1))
                {
                    yield return full;
                }
            }
        }
    }

    /// <summary>How far apart v's value is in the worlds that agree with the truth wherever the worst coalition of c owners knows it.</summary>
    /// <param name="consistent">The worlds that look as the truth does, the truth among them.</param>
    /// <param name="truth">The truth.</param>
    /// <param name="owners">The owner of each place.</param>
    /// <param name="v">The place that is attacked.</param>
    /// <param name="coalition">c.</param>
    public static int Width(IReadOnlyList<int[]> consistent, int[] truth, int[] owners, int v, int coalition)
    {
        var others = owners.Distinct().Where(owner => owner != owners[v]).ToArray();
        return Subsets(others, Math.Min(coalition, others.Length)).Min(insiders =>
        {
            var known = Enumerable.Range(0, truth.Length).Where(place => insiders.Contains(owners[place])).ToArray();
            var possible = consistent.Where(world => Array.TrueForAll(known, place => world[place] == truth[place])).Select(world => world[v]).ToArray();
            return possible.Max() - possible.Min();
        });
    }

    public static IEnumerable<int[]> Subsets(int[] items, int size)
    {
        if (size == 0)
        {
            return [[]];
        }

        return Enumerable.Range(0, items.Length - size + 1)
            .SelectMany(first => Subsets(items[(first + 1)..], size - 1).Select(rest => (int[])[items[first], .. rest]));
    }
}
