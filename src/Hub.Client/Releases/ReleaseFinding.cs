namespace Hub.Client;

/// <summary>Why a step of the ladder was passed over for a whole indicator.</summary>
/// <param name="Indicator"><c>instruments/{instrument}/indicators/{code}</c></param>
/// <param name="Step">The step that was passed over.</param>
/// <param name="Rule">Why. Never whose value.</param>
public sealed record ReleaseFinding(string Indicator, LadderStep Step, FindingRule Rule);

/// <summary>What a finding says.</summary>
public enum FindingRule
{
    /// <summary>Newer than this version of the SDK.</summary>
    Unspecified = 0,

    /// <summary>Two published sets would differ in too few administrations.</summary>
    MinimumDifference = 1,

    /// <summary>A group has too few changed or too few unchanged contributions since what was shown before.</summary>
    EditionDifference = 2,

    /// <summary>Somebody could have been narrowed down to less than the protection width.</summary>
    AuditOnValues = 3,
}

/// <summary>A published cell of a rate in which few contributors weigh much. A warning, no refusal.</summary>
/// <param name="Indicator"><c>instruments/{instrument}/indicators/{code}</c></param>
/// <param name="Group"><c>groups/{group}@{version}</c></param>
/// <param name="OfDenominator">Whether the denominators are dominated, else the numerators.</param>
/// <param name="Rule">Which rule is not met.</param>
public sealed record DominanceWarning(string Indicator, string Group, bool OfDenominator, DominanceRule Rule);

/// <summary>Rules of dominance.</summary>
public enum DominanceRule
{
    /// <summary>Newer than this version of the SDK.</summary>
    Unspecified = 0,

    /// <summary>The total less the largest and the insiders is under 10 % of the largest.</summary>
    PPercent = 1,

    /// <summary>The largest has more than half of the total.</summary>
    LargestOverHalf = 2,

    /// <summary>The two largest have more than 67 % of the total.</summary>
    TwoLargestOverTwoThirds = 3,
}
