using System.Numerics;

namespace Hub.Privacy;

/// <summary>
/// The interval that means leave, for members whose sets never showed a quantile: worlds that keep the exact total of an
/// atom keep every mean ever shown, and every rounding.
/// <code>
/// a_j = x_j·b_j with b_j known to all (a level: b = 1), l_j ≤ a_j ≤ u_j, l_j = ⌈L·b_j⌉, u_j = ⌊U·b_j⌋ on the indicator's grid
/// R = the atom's members outside the coalition C, v among them; d_j = a_j − l_j, e_j = u_j − a_j, g_j = u_j − l_j
/// a_v ≤ min(u_v, l_v + Σ_R d)         the others as low as they can be
/// a_v ≥ max(l_v, u_v − Σ_R e)         the others as high as they can be
/// width·b_v = min( g_v, Σ_R d, Σ_R e, Σ_{R∖v} g )
/// </code>
/// Each of the four is smallest for one greedy coalition (the c largest d, e or g of others), and the minimum over C of a
/// minimum is the minimum of the minima: exact without enumeration. Opened values are in no atom with others, so they are known
/// here. For levels this is privacy.md's x_v ≤ min(U, S − Σ_K x − (n − |K| − 1)·L). Adding the rounding would be unsound: `all` less the
/// other cells can cut the interval to a sliver.
/// </summary>
/// <remarks>Source: privacy.md §5.1, "Means of a laminar plan"; the form with weights b and the grid is derived here. A step
/// that uses it is conditional on the announced ladder step (privacy.md §5, "two bits").</remarks>
internal static class LaminarMeansInterval
{
    /// <summary>For each entry, in the order given, the width that is left to the worst coalition of c others.</summary>
    public static Rational[] Widths(IReadOnlyList<Entry> entries, Measure measure, int coalition)
    {
        var below = new Rational[entries.Count];
        var above = new Rational[entries.Count];
        var range = new Rational[entries.Count];
        for (var j = 0; j < entries.Count; j++)
        {
            var (least, greatest) = Ends(entries[j], measure);
            below[j] = entries[j].Numerator - least;
            above[j] = greatest - entries[j].Numerator;
            range[j] = greatest - least;
        }

        var (d, e, g) = (new Greedy(below, coalition), new Greedy(above, coalition), new Greedy(range, coalition));
        return [.. entries.Select((entry, v) => Smallest(range[v], d.With(v), e.With(v), g.Without(v)) / entry.Denominator)];
    }

    private static Rational Smallest(Rational a, Rational b, Rational c, Rational d) =>
        Rational.Min(Rational.Min(a, b), Rational.Min(c, d));

    /// <summary>The least and greatest numerator on the grid; the true one is always possible.</summary>
    private static (Rational Least, Rational Greatest) Ends(Entry entry, Measure measure)
    {
        var grid = Rational.Of(measure.IsRate ? BigInteger.One : Rational.PowerOfTen(measure.DecimalsMax));
        var least = Rational.Of((Rational.Of(measure.Lower) * entry.Denominator * grid).Ceiling()) / grid;
        var greatest = Rational.Of((Rational.Of(measure.Upper) * entry.Denominator * grid).Floor()) / grid;
        return (Rational.Min(least, entry.Numerator), Rational.Max(greatest, entry.Numerator));
    }

    /// <summary>Sums over all but the c largest of the others.</summary>
    private sealed class Greedy
    {
        private readonly Rational[] _values;
        private readonly int[] _largest;
        private readonly Rational _total;
        private readonly int _coalition;

        public Greedy(Rational[] values, int coalition)
        {
            _values = values;
            _coalition = coalition;
            _total = values.Aggregate(Rational.Zero, (sum, value) => sum + value);
            var order = Enumerable.Range(0, values.Length).ToArray();
            Array.Sort(order, (a, b) => values[b].CompareTo(values[a]));
            _largest = [.. order.Take(coalition + 1)];
        }

        /// <summary>The sum over v and the others that the coalition leaves.</summary>
        public Rational With(int v) =>
            _largest.Where(j => j != v).Take(_coalition).Aggregate(_total, (sum, j) => sum - _values[j]);

        /// <summary>The sum over the others that the coalition leaves, without v.</summary>
        public Rational Without(int v) => With(v) - _values[v];
    }
}
