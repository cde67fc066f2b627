namespace Hub.Privacy;

/// <summary>
/// Is everything ever shown of one indicator and period, with what is about to be shown, safe for everybody? Each version of
/// each member's value must have a width of at least W left, by the swap audit or, where its sets never showed a quantile, by the
/// interval of laminar means. Each is sound for a member by itself, so a member may take either.
/// </summary>
/// <remarks>
/// Rates. The attacker is assumed to know every denominator (numbers of declarations are often public), so a swap exchanges
/// rates and each member keeps its denominator. Quantiles of rates stay as they are; Σa/Σb stays only if the denominators
/// are equal, so once a mean was shown, mates are those with equal denominators. The interval needs no equal denominators:
/// it weighs with them. An attacker who does not know them has more worlds to doubt, not fewer.
/// Source: privacy.md §§1, 4, 5.1. Owners who opened their value need no protection.
/// </remarks>
internal static class ReleaseAudit
{
    public static bool IsSafe(IReadOnlyList<ShownSet> sets, Measure measure, int coalition)
    {
        var width = Rational.Of(measure.Width);
        var audit = new Widths(measure, coalition, measure.IsRate && sets.Any(set => set.HasMean));
        return Atoms.Of(sets).Where(atom => !atom.Disclosed).All(atom =>
            atom.Versions.All(entries => audit.Of(atom, entries).All(left => left >= width)));
    }

    /// <summary>What is left to each member's value of one version, by the better of the two audits.</summary>
    internal sealed record Widths(Measure Measure, int Coalition, bool EqualDenominators)
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
            foreach (var mates in Enumerable.Range(0, entries.Count).GroupBy(i => EqualDenominators ? atom.Denominators(i) : ""))
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
