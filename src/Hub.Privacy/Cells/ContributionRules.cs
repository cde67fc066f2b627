namespace Hub.Privacy;

/// <summary>
/// What reaches the computation is checked again, whoever checked it before: one contribution for each member, a value of the
/// indicator's kind, within its legal range and decimals. A refusal names the indicator, never the member or the value.
/// </summary>
internal static class ContributionRules
{
    public static void Check(IndicatorFacts facts, IReadOnlyList<Contribution> contributions, List<Refusal> refusals)
    {
        var measure = Measure.Of(facts);
        var field = $"contributions[{measure.Code}]";
        if (contributions.Count > Limits.ContributorsMax)
        {
            refusals.Add(new(RefusalRule.TooManyContributors, field, $"Give at most {Limits.ContributorsMax} contributions."));
            return;
        }

        if (PlanRules.Repeated(contributions.Select(contribution => contribution.Member)).Any())
        {
            refusals.Add(new(RefusalRule.DuplicateMember, field, "Give one contribution for each member."));
        }

        refusals.AddRange(contributions
            .Select(contribution => Mistake(measure, contribution.Value))
            .OfType<RefusalRule>().Distinct().Order()
            .Select(rule => new Refusal(rule, field, Remedy(rule))));
    }

    private static RefusalRule? Mistake(Measure measure, ContributedValue? contributed)
    {
        if (contributed is not { } value)
        {
            return RefusalRule.ErasedContribution;
        }

        if (value.IsRate != measure.IsRate)
        {
            return RefusalRule.WrongValueKind;
        }

        if (value.Denominator <= 0m)
        {
            return RefusalRule.InvalidDenominator;
        }

        var decimals = Math.Max(Rounding.Plain(value.Numerator).Scale, Rounding.Plain(value.Denominator).Scale);
        if (decimals > measure.DecimalsMax)
        {
            return RefusalRule.TooManyDecimals;
        }

        var exact = value.Exact();
        return exact < Rational.Of(measure.Lower) || exact > Rational.Of(measure.Upper) ? RefusalRule.ValueOutOfRange : null;
    }

    private static string Remedy(RefusalRule rule) => rule switch
    {
        RefusalRule.ErasedContribution => "Leave erased values out; a period that showed them has no further edition.",
        RefusalRule.WrongValueKind => "Give a rate as numerator and denominator, anything else as one value.",
        RefusalRule.InvalidDenominator => "Give a denominator above zero.",
        RefusalRule.TooManyDecimals => "Give no more decimals than the indicator's decimals_max.",
        _ => "Give values within the indicator's legal range.",
    };
}
