namespace Hub.Privacy;

/// <summary>
/// Dominance in a pooled ratio, on numerators and denominators apart, by absolute value. Warnings, not the protection: neither
/// total is released.
/// <code>
/// p % rule with c insiders:  X − x_v − (opened values) − (the c largest other units) ≥ 10 % · x_v, for the largest unopened v
/// (1, 50):  the largest ≤ 50 % of X          (2, 67):  the two largest ≤ 67 % of X
/// </code>
/// </summary>
/// <remarks>Source: privacy.md §4, "Pooled ratio"; ESSnet Handbook ch. 4.2; ABS DataLab output rules.</remarks>
internal static class Dominance
{
    private const int P = 10;

    /// <summary>The warnings of a published cell of a rate.</summary>
    public static IEnumerable<DominanceWarning> Check(string indicator, Cell cell, int coalition) =>
        Check(indicator, cell, coalition, ofDenominator: false).Concat(Check(indicator, cell, coalition, ofDenominator: true));

    /// <summary>The rules that a set of units does not meet, and whether each unit is opened.</summary>
    public static IEnumerable<DominanceRule> Broken(IReadOnlyList<(Rational Value, bool Opened)> units, int coalition, int percent = P)
    {
        var total = units.Aggregate(Rational.Zero, (sum, unit) => sum + unit.Value.Abs());
        if (!IsProtected(units, total, coalition, percent))
        {
            yield return DominanceRule.PPercent;
        }

        if (IsOver(units, total, count: 1, percent: 50))
        {
            yield return DominanceRule.LargestOverHalf;
        }

        if (IsOver(units, total, count: 2, percent: 67))
        {
            yield return DominanceRule.TwoLargestOverTwoThirds;
        }
    }

    /// <summary>Whether the (n, k) rule is broken: the n largest hold more than k % of the total.</summary>
    public static bool IsOver(IReadOnlyList<(Rational Value, bool Opened)> units, Rational total, int count, int percent)
    {
        var largest = Largest(units).Take(count).Aggregate(Rational.Zero, (sum, value) => sum + value);
        return largest * Rational.Of(100) > total * Rational.Of(percent);
    }

    private static IEnumerable<DominanceWarning> Check(string indicator, Cell cell, int coalition, bool ofDenominator)
    {
        var units = cell.Entries.Select(entry => (ofDenominator ? entry.Denominator : entry.Numerator, entry.Disclosed)).ToArray();
        return Broken(units, coalition).Select(rule => new DominanceWarning(indicator, cell.Group, ofDenominator, rule));
    }

    private static bool IsProtected(IReadOnlyList<(Rational Value, bool Opened)> units, Rational total, int coalition, int percent)
    {
        var closed = Largest(units.Where(unit => !unit.Opened)).ToArray();
        if (closed.Length == 0)
        {
            return true;
        }

        var known = Largest(units.Where(unit => unit.Opened)).Concat(closed.Skip(1).Take(coalition));
        var rest = known.Aggregate(total - closed[0], (left, value) => left - value);
        return rest * Rational.Of(100) >= closed[0] * Rational.Of(percent);
    }

    private static IEnumerable<Rational> Largest(IEnumerable<(Rational Value, bool Opened)> units) =>
        units.Select(unit => unit.Value.Abs()).OrderDescending();
}
