using System.Globalization;

namespace Hub.Privacy;

/// <summary>
/// Members that no published set ever told apart: in the same sets of all editions, with the same pattern of corrections and
/// openness. <paramref name="Versions"/> has, for each version in the order in which it was first shown, the members' entries
/// in one order: <c>Versions[k][i]</c> is member i's value that stood wherever version k stood; <c>Opened[k]</c> says
/// whether it is known to all.
/// </summary>
internal sealed record Atom(IReadOnlyList<IReadOnlyList<Entry>> Versions, IReadOnlyList<bool> Opened, bool HasQuantiles)
{
    public int Members => Versions[0].Count;

    /// <summary>The versions that are still to be protected.</summary>
    public IEnumerable<IReadOnlyList<Entry>> Closed => Versions.Where((_, k) => !Opened[k]);

    /// <summary>All denominators of member i, as a text that is equal where they are.</summary>
    public string Denominators(int i) => string.Join(' ', Versions.Select(version => version[i].Denominator));
}

/// <summary>
/// Forms the atoms of one indicator and period over everything ever shown of it.
/// </summary>
/// <remarks>
/// Why one indicator and period at a time is enough. Let O be all that was ever shown of the instrument. Each figure in O is
/// a function of the values of one indicator and one period alone (no trend, panel or variation is published yet), and so is
/// each ladder step; every other decision (plan, cells, thresholds, differences) depends on who contributed, not on values.
/// So O = ⋃ O(i, p), and a world that differs from the truth only in the values of (i, p) and leaves O(i, p) as it is leaves O
/// as it is. A witness for x[v, i, p] within (i, p) is therefore a witness against everything shown. Once a figure joins two periods,
/// this no longer holds and both must be treated together.
///
/// Why a swap changes nothing. Exchanging the whole version vectors of two members of an atom replaces, in every set shown,
/// one multiset of values by the same multiset: the members stand in the same sets, and where one's version k stands, the
/// other's does. Every statistic is symmetric.
///
/// A value that its owner opened is known to all: no other member's value is exchanged for it, it counts towards no coalition, and
/// members with another pattern of openness are no mates. Who opened a correction has not opened what stood before it: mates
/// exchange their closed versions, and the opened ones stay. Source: privacy.md §5.1.
/// </remarks>
internal static class Atoms
{
    public static IReadOnlyList<Atom> Of(IReadOnlyList<ShownSet> sets)
    {
        var traces = new Dictionary<string, Trace>(StringComparer.Ordinal);
        for (var index = 0; index < sets.Count; index++)
        {
            foreach (var entry in sets[index].Entries)
            {
                if (!traces.TryGetValue(entry.Member, out var trace))
                {
                    traces.Add(entry.Member, trace = new Trace());
                }

                trace.Add(index, sets[index], entry);
            }
        }

        return [.. traces.Values.GroupBy(trace => trace.Pattern).Select(Collect)];
    }

    private static Atom Collect(IGrouping<string, Trace> mates)
    {
        var traces = mates.ToArray();
        var versions = Enumerable.Range(0, traces[0].Versions.Count)
            .Select(k => (IReadOnlyList<Entry>)[.. traces.Select(trace => trace.Versions[k])])
            .ToArray();
        return new(versions, traces[0].Opened, traces[0].HasQuantiles);
    }

    /// <summary>Where one member's versions stood.</summary>
    private sealed class Trace
    {
        private readonly List<(int Set, int Ordinal)> _places = [];

        public List<Entry> Versions { get; } = [];

        public List<bool> Opened { get; } = [];

        public bool HasQuantiles { get; private set; }

        public string Pattern => string.Join(' ', _places.Select(place =>
            string.Create(CultureInfo.InvariantCulture, $"{place.Set}:{place.Ordinal}{(Opened[place.Ordinal] ? "!" : "")}")));

        public void Add(int index, ShownSet set, Entry entry)
        {
            var ordinal = Versions.FindIndex(seen => seen.Version == entry.Version);
            if (ordinal < 0)
            {
                ordinal = Versions.Count;
                Versions.Add(entry);
                Opened.Add(false);
            }

            _places.Add((index, ordinal));
            Opened[ordinal] |= entry.Disclosed;
            HasQuantiles |= set.HasQuantiles;
        }
    }
}
