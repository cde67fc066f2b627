namespace Hub.Privacy;

/// <summary>
/// The swap audit: is a member safe because it could be any of its mates?
/// <code>
/// within an atom every permutation of the values is consistent with all that was shown, so for a coalition C of mates, |C| ≤ c,
/// the attacker cannot tell x_v from any x_u, u a mate outside C:
///   width(v) ≥ min over C of  max({x_v} ∪ {x_u}) − min({x_v} ∪ {x_u})
/// the minimum takes i mates from the top and c − i from the bottom of the sorted values, i = 0…c
/// safe: width(v) ≥ W
/// </code>
/// v's own value is never among those removed. Sound: it says safe only if the other worlds exist, by name. It may
/// refuse what a stronger auditor admits. O(n log n) for the sorting, O(c) for each member; no solver.
/// </summary>
/// <remarks>Source: privacy.md §5.1, "Swap witness".</remarks>
internal static class SwapAudit
{
    /// <summary>For each value, in the order given, the width that is left to the worst coalition of c mates.</summary>
    public static Rational[] Widths(IReadOnlyList<Rational> values, int coalition)
    {
        var order = Enumerable.Range(0, values.Count).ToArray();
        Array.Sort(order, (a, b) => values[a].CompareTo(values[b]));
        var sorted = Array.ConvertAll(order, index => values[index]);
        var widths = new Rational[values.Count];
        for (var place = 0; place < sorted.Length; place++)
        {
            widths[order[place]] = Width(sorted, place, coalition);
        }

        return widths;
    }

    private static Rational Width(Rational[] sorted, int place, int coalition)
    {
        var mates = sorted.Length - 1;
        if (mates <= coalition)
        {
            return Rational.Zero;
        }

        var narrowest = Left(sorted, place, 0, coalition);
        for (var top = 1; top <= coalition; top++)
        {
            narrowest = Rational.Min(narrowest, Left(sorted, place, top, coalition - top));
        }

        return narrowest;
    }

    /// <summary>The spread that is left when so many mates are taken from the top and from the bottom.</summary>
    private static Rational Left(Rational[] sorted, int place, int top, int bottom)
    {
        var mates = sorted.Length - 1;
        var high = Mate(sorted, place, mates - 1 - top);
        var low = Mate(sorted, place, bottom);
        return Rational.Max(sorted[place], high) - Rational.Min(sorted[place], low);
    }

    private static Rational Mate(Rational[] sorted, int place, int index) => sorted[index < place ? index : index + 1];
}
