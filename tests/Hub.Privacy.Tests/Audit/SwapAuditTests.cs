using CsCheck;

namespace Hub.Privacy.Tests.Audit;

public sealed class SwapAuditTests
{
    /// <summary>If all that is known of an atom is which values stand in it, the audit's width is the attacker's, exactly.</summary>
    [Fact]
    public void Widths_EveryPermutationAndEveryCoalition_AreTheAttackersTrueWidths() =>
        Gen.Select(Gen.Int[0, 6].Array[1, 6], Gen.Int[1, 3]).Sample(
            (values, coalition) =>
            {
                var owners = Enumerable.Range(0, values.Length).ToArray();
                var consistent = Permutations(values).ToArray();
                var widths = SwapAudit.Widths([.. values.Select(value => Rational.Of(value))], coalition);
                for (var v = 0; v < values.Length; v++)
                {
                    Assert.Equal(0, widths[v].CompareTo(Rational.Of(Worlds.Width(consistent, values, owners, v, coalition))));
                }
            },
            iter: 300);

    [Fact]
    public void Widths_NoMoreMatesThanInsiders_AreZero() =>
        Assert.All(SwapAudit.Widths([Rational.Of(0), Rational.Of(50), Rational.Of(70), Rational.Of(100)], 3), width => Assert.Equal(0, width.Sign));

    [Fact]
    public void Widths_OwnValueAtTheTop_IsNeverTakenAway()
    {
        var widths = SwapAudit.Widths([Rational.Of(100), Rational.Of(0), Rational.Of(0)], 1);

        Assert.Equal("100/1", widths[0].ToString());
        Assert.Equal("0/1", widths[1].ToString());
    }

    [Fact]
    public void Widths_TenThousandValues_StayNearlyLinear()
    {
        var values = Enumerable.Range(0, 10_000).Select(i => Rational.Of((int)(i * 7919L % 10_007))).ToArray();

        Assert.All(SwapAudit.Widths(values, 3), width => Assert.True(width >= Rational.Of(9_000)));
    }

    private static IEnumerable<int[]> Permutations(int[] values) => values.Length == 0
        ? [[]]
        : Enumerable.Range(0, values.Length).SelectMany(first =>
            Permutations([.. values[..first], .. values[(first + 1)..]]).Select(rest => (int[])[values[first], .. rest]));
}
