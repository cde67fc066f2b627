namespace Hub.Privacy;

/// <summary>
/// The facts that an indicator needs before it can be protected: a finite legal range, and a protection width above zero
/// and within it. Without finite ends a mean bounds nobody, and without a width nothing is promised.
/// </summary>
/// <remarks>Source: privacy.md §1, "W_i is a catalogue field".</remarks>
internal static class FactsRules
{
    public static void Check(string code, IndicatorFacts? facts, List<Refusal> refusals)
    {
        var field = $"indicators[{code}]";
        if (facts is null || !Names.IsName(code))
        {
            refusals.Add(new(RefusalRule.UnknownIndicator, field, "Name an indicator of the catalogue."));
            return;
        }

        if (facts.DecimalsMax is < 0 or > Limits.DecimalsMax)
        {
            refusals.Add(new(RefusalRule.InvalidDecimals, $"{field}.decimals_max", $"Give 0 to {Limits.DecimalsMax} decimals."));
        }

        if (!Enum.IsDefined(facts.Kind) || facts.Kind == ValueKind.Variation)
        {
            refusals.Add(new(RefusalRule.DerivedVariation, $"{field}.kind", "Plan a level, a score or a rate; variations are not published."));
        }

        CheckRange(facts, field, refusals);
    }

    private static void CheckRange(IndicatorFacts facts, string field, List<Refusal> refusals)
    {
        if (facts is not { Lower: { } lower, Upper: { } upper } || !IsWithinLimits(lower) || !IsWithinLimits(upper) || lower >= upper)
        {
            refusals.Add(new(RefusalRule.InvalidRange, $"{field}.range",
                $"Give finite ends, the lower below the upper, within ±{Limits.MagnitudeMax} and {Limits.DecimalsMax} decimals."));
            return;
        }

        if (facts.Width is not { } width || width <= 0m || !IsWithinLimits(width) || width > upper - lower)
        {
            refusals.Add(new(RefusalRule.InvalidWidth, $"{field}.width",
                $"Give a width above 0 and within the range, with at most {Limits.DecimalsMax} decimals."));
        }
    }

    private static bool IsWithinLimits(decimal value) =>
        Math.Abs(value) <= Limits.MagnitudeMax && Rounding.Plain(value).Scale <= Limits.DecimalsMax;
}
