namespace Hub.Privacy;

/// <summary>
/// Is everything ever shown of one indicator and period, with what is about to be shown, safe for everybody? Each version of
/// each member's value must have a width of at least W left, by the swap audit or, where its sets never showed a quantile, by the
/// interval of laminar means. Each is sound for a member by itself, so a member may take either.
/// </summary>
/// <remarks>
/// Rates. The attacker is assumed to know every denominator (numbers of declarations are often public), so a swap exchanges
/// rates and each member keeps its denominator. Σa/Σb stays only if the denominators are equal. Quantiles would stay with any,
/// but numerators are whole numbers: two fifths are no number of sixths, and the world in which they are exchanged does not
/// exist. So mates of a rate have equal denominators, whatever was shown. The interval needs none: it weighs with them. An
/// attacker who does not know them has more worlds to doubt, not fewer.
/// Source: privacy.md §§1, 4, 5.1. Owners who opened their value need no protection.
/// </remarks>
internal static class ReleaseAudit
{
    public static bool IsSafe(IReadOnlyList<ShownSet> sets, Measure measure, int coalition)
    {
        var width = Rational.Of(measure.Width);
        var audit = new Widths(measure, coalition);
        return Atoms.Of(sets).All(atom => atom.Closed.All(entries => audit.Of(atom, entries).All(left => left >= width)));
    }

    /// <summary>What is left to each member's value of one version, by the better of the two audits.</summary>
    internal sealed record Widths(Measure Measure, int Coalition)
    {
        public Rational[] Of(Atom atom, IReadOnlyList<Entry> entries)
        {
            var swap = Swap(atom, entries);
            return atom.HasQuantiles
                ? swap
                : [.. LaminarMeansInterval.Widths(entries, Measure, Coalition).Zip(swap, Rational.Max)];
        }

        private Rational[] Swap(Atom atom, IReadOnlyList<Entry> entries)
        {
            var widths = new Rational[entries.Count];
            foreach (var mates in Enumerable.Range(0, entries.Count).GroupBy(i => Measure.IsRate ? atom.Denominators(i) : ""))
            {
                int[] members = [.. mates];
                var left = SwapAudit.Widths(Array.ConvertAll(members, i => entries[i].Value), Coalition);
                for (var place = 0; place < members.Length; place++)
                {
                    widths[members[place]] = left[place];
                }
            }

            return widths;
        }
    }
}
