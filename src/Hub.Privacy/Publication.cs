namespace Hub.Privacy;

/// <summary>
/// From contributions to a protected table, in this order: the policy, the plan, the contributions and the memory are checked
/// and all mistakes named together; then each indicator goes down the ladder until everything ever shown of it, with what is
/// about to be shown, is safe for everybody; then the figures are computed and rounded. Pure: the same request gives the same
/// bytes, whatever the order of its lists of contributions.
/// </summary>
public static class Publication
{
    /// <summary>Protects one instrument's period.</summary>
    /// <param name="request">Everything that the computation depends on.</param>
    /// <returns>All refusals, or a table with the findings for its reviewer.</returns>
    public static ProtectionResult Protect(PublicationRequest request) => Protect(request, Controls.All);

    internal static ProtectionResult Protect(PublicationRequest request, Controls controls)
    {
        ArgumentNullException.ThrowIfNull(request);
        var refusals = Check(request, controls);
        if (refusals.Count > 0)
        {
            return ProtectionResult.Refused(refusals);
        }

        var protectedIndicators = request.Plan.Indicators
            .OrderBy(planned => planned.Code, StringComparer.Ordinal)
            .Select(planned => IndicatorRequest.Of(request, planned))
            .Select(indicator => (indicator, descent: Ladder.Descend(indicator, controls)))
            .ToArray();
        return ProtectionResult.Protected(
            TableOf(request, protectedIndicators.Select(pair => FigureRules.Indicator(pair.indicator, pair.descent, controls))),
            [.. protectedIndicators.SelectMany(pair => pair.descent.Findings)],
            [.. protectedIndicators.SelectMany(pair => Warnings(pair.indicator, pair.descent))]);
    }

    private static List<Refusal> Check(PublicationRequest request, Controls controls)
    {
        var refusals = new List<Refusal>();
        if (request.Edition < 1 || !Names.IsName(request.Instrument) || !Names.IsName(request.Period))
        {
            refusals.Add(new(RefusalRule.InvalidName, "request", "Name instrument and period, and count editions from 1."));
        }

        refusals.AddRange(controls.PolicyChecked ? PolicyRules.Check(request.Policy) : []);
        refusals.AddRange(PlanRules.Check(request.Plan, request.Policy, request.Indicators, request.Partitions));
        if (refusals.Count > 0)
        {
            return refusals;
        }

        foreach (var planned in request.Plan.Indicators)
        {
            ContributionRules.Check(
                request.Indicators.Single(facts => facts.Code == planned.Code),
                request.Contributions.TryGetValue(planned.Code, out var contributions) ? contributions : [],
                refusals);
        }

        MemoryRules.Check(request, refusals);
        return refusals;
    }

    private static ProtectedTable TableOf(PublicationRequest request, IEnumerable<ProtectedIndicator> indicators) => new()
    {
        Instrument = request.Instrument,
        Period = request.Period,
        Edition = request.Edition,
        Plan = request.Plan.Name,
        PlanVersion = request.Plan.Version,
        Policy = request.Policy.Name,
        PolicyVersion = request.Policy.Version,
        Indicators = [.. indicators],
    };

    private static IEnumerable<DominanceWarning> Warnings(IndicatorRequest request, Descent descent) =>
        request.Measure.IsRate && request.Families.Contains(StatisticFamily.Mean)
            ? descent.Cells
                .Where(cell => descent.Withheld(request.Policy, StatisticFamily.Mean, cell.Entries.Count) is null)
                .SelectMany(cell => Dominance.Check(request.Measure.Code, cell, request.Policy.Coalition))
            : [];
}
