namespace Hub.Privacy;

/// <summary>What an indicator's value is.</summary>
public enum ValueKind
{
    /// <summary>A quantity in a unit of its own.</summary>
    Level,

    /// <summary>A point on a scale.</summary>
    Score,

    /// <summary>A numerator over a denominator, both contributed.</summary>
    Rate,

    /// <summary>A change derived from two levels; refused, since its members' values are not variables of their own here.</summary>
    Variation,
}

/// <summary>The catalogue's facts on one indicator that protection needs.</summary>
/// <param name="Code">The indicator's code, unique in its instrument.</param>
/// <param name="Lower">L, the least legal value; null where the catalogue states none (then the plan is refused).</param>
/// <param name="Upper">U, the greatest legal value; null where the catalogue states none (then the plan is refused).</param>
/// <param name="Width">W, the protection width in the indicator's unit: nobody may narrow a member's value down to less.</param>
/// <param name="DecimalsMax">The most decimals that a value may have; a rate's numerator and denominator are taken as
/// whole numbers by the audit, the coarsest grid that an attacker may assume.</param>
/// <param name="Kind">Level, score, rate or variation.</param>
/// <remarks>Source: privacy.md §1. Polarity is not here: it changes words, never a figure.</remarks>
public sealed record IndicatorFacts(
    string Code, decimal? Lower, decimal? Upper, decimal? Width, int DecimalsMax, ValueKind Kind);
