namespace Hub.Privacy;

/// <summary>An indicator's facts once <see cref="PlanRules"/> has found them whole: finite range, positive width.</summary>
internal sealed record Measure(string Code, decimal Lower, decimal Upper, decimal Width, int DecimalsMax, ValueKind Kind)
{
    public bool IsRate => Kind == ValueKind.Rate;

    public static Measure Of(IndicatorFacts facts) =>
        new(facts.Code, facts.Lower!.Value, facts.Upper!.Value, facts.Width!.Value, facts.DecimalsMax, facts.Kind);
}
