using Hub.Silo.Catalogue;

namespace Hub.Silo.Administrations;

/// <summary>Whether the values of a draft are what their indicators ask for: every mistake, in the order of the request.</summary>
internal static class ValueRules
{
    private const string Values = "submission.values";

    /// <summary>The values to record; violations are added to <paramref name="violations"/>, and then the result means nothing.</summary>
    public static IReadOnlyList<SubmittedValue> Check(Draft draft, Collection collection, List<Violation> violations)
    {
        if (draft.Values.Count > Limits.ValuesMax)
        {
            violations.Add(new Violation(Values, $"There are {draft.Values.Count} values.", $"Send at most {Limits.ValuesMax}."));
            return [];
        }

        var expected = collection.Indicators.ToDictionary(i => i.Name);
        var seen = new Dictionary<string, int>();
        var values = new List<SubmittedValue>(draft.Values.Count);
        for (var i = 0; i < draft.Values.Count; i++)
        {
            if (Identify(draft.Values[i], new Field(i), expected, seen, violations) is { } indicator)
            {
                values.Add(Check(draft.Values[i], new Field(i), indicator, violations));
            }
        }

        var missing = collection.Indicators.Where(i => i.ValueKind != ValueKind.DerivedVariation && !seen.ContainsKey(i.Name));
        violations.AddRange(missing.Select(i => new Violation(
            Values, $"There is no value for {i.Name}.", "Send its figure, or an absence_reason.")));
        return values;
    }

    private static Indicator? Identify(
        DraftValue value, Field field, Dictionary<string, Indicator> expected, Dictionary<string, int> seen, List<Violation> violations)
    {
        if (!expected.TryGetValue(value.Indicator, out var indicator))
        {
            violations.Add(new Violation(field.Of("indicator"), "The collection has no such indicator.", "Use a name from Collection.indicators."));
            return null;
        }

        if (!seen.TryAdd(value.Indicator, field.Index))
        {
            violations.Add(new Violation(field.Of("indicator"), $"It stands already at {new Field(seen[value.Indicator])}.", "Send one value for each indicator."));
            return null;
        }

        if (indicator.ValueKind == ValueKind.DerivedVariation)
        {
            violations.Add(new Violation(field.Of("indicator"), "A variation is derived from its level and never submitted.", "Leave it out."));
            return null;
        }

        return indicator;
    }

    private static SubmittedValue Check(DraftValue value, Field field, Indicator indicator, List<Violation> violations)
    {
        var recorded = new SubmittedValue(indicator.Code, CheckDisclosure(value, field, violations));
        var isRate = indicator.ValueKind == ValueKind.Rate;
        switch (value.Figure)
        {
            case DraftFigure.Decimal when !isRate:
                return recorded with { Decimal = CheckDecimal(value.Decimal, field, indicator, violations) };
            case DraftFigure.Ratio when isRate:
                return recorded with { Ratio = CheckRatio(value, field, indicator, violations) };
            case DraftFigure.Absence when Enum.IsDefined((Absence)value.Absence):
                return recorded with { Absence = (Absence)value.Absence };
            case DraftFigure.Absence:
                violations.Add(new Violation(field.Of("absence_reason"), "It is not one of the reasons.", "Use NOT_AVAILABLE, NOT_APPLICABLE or NOT_DISCLOSED."));
                return recorded;
            default:
                violations.Add(isRate
                    ? new Violation(field.Of("ratio"), "A rate needs its numerator and denominator.", "Send ratio, or an absence_reason.")
                    : new Violation(field.Of("decimal"), "A level or a score needs one decimal.", "Send decimal, or an absence_reason."));
                return recorded;
        }
    }

    private static Disclosure CheckDisclosure(DraftValue value, Field field, List<Violation> violations)
    {
        if (value.Disclosure == 0)
        {
            return Disclosure.AGGREGATES_ONLY;
        }

        if (!Enum.IsDefined((Disclosure)value.Disclosure))
        {
            violations.Add(new Violation(field.Of("disclosure"), "It is not one of the choices.", "Use OWN_ONLY, AGGREGATES_ONLY, MEMBERS or PUBLIC."));
        }

        return (Disclosure)value.Disclosure;
    }

    private static ExactDecimal? CheckDecimal(string? text, Field field, Indicator indicator, List<Violation> violations)
    {
        if (Parse(text, field, "decimal.value", indicator, violations) is not { } value)
        {
            return null;
        }

        if (!value.IsWithin(indicator.Lower, indicator.Upper))
        {
            violations.Add(new Violation(
                field.Of("decimal.value"), $"It is outside the legal range of {indicator.Lower} to {indicator.Upper} ({indicator.Unit}).", "Check the value and its unit."));
        }

        return value;
    }

    private static SubmittedRatio? CheckRatio(DraftValue value, Field field, Indicator indicator, List<Violation> violations)
    {
        var numerator = Parse(value.Numerator, field, "ratio.numerator.value", indicator, violations);
        var denominator = Parse(value.Denominator, field, "ratio.denominator.value", indicator, violations);
        if (numerator is { Value: < 0 })
        {
            violations.Add(new Violation(field.Of("ratio.numerator.value"), "A numerator is not negative.", "Check the value."));
        }

        if (denominator is { Value: <= 0 })
        {
            violations.Add(new Violation(field.Of("ratio.denominator.value"), "A denominator is greater than zero.", "Without cases, send absence_reason NOT_APPLICABLE."));
        }
        else if (numerator is { Value: >= 0 } && denominator is not null && !indicator.Allows(numerator, denominator))
        {
            violations.Add(new Violation(
                field.Of("ratio"), $"The rate is outside the legal range of {indicator.Lower} to {indicator.Upper} ({indicator.Unit}).", "Check both parts."));
        }

        return numerator is null || denominator is null ? null : new SubmittedRatio(numerator, denominator);
    }

    private static ExactDecimal? Parse(string? text, Field field, string part, Indicator indicator, List<Violation> violations)
    {
        if (!ExactDecimal.TryParse(text, out var value, out var rule))
        {
            violations.Add(new Violation(field.Of(part), rule, "Send for example 12.5."));
            return null;
        }

        if (value.Decimals > indicator.DecimalsMax)
        {
            violations.Add(new Violation(field.Of(part), $"It has more than {indicator.DecimalsMax} digits after the point.", "Round it as the indicator's definition says."));
        }

        return value;
    }

    /// <summary>A value of the request, which is named only where something is wrong with it.</summary>
    private readonly record struct Field(int Index)
    {
        public string Of(string part) => $"{this}.{part}";

        public override string ToString() => $"{Values}[{Index}]";
    }
}
