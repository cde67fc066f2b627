using System.Diagnostics.CodeAnalysis;

namespace Hub.Privacy;

/// <summary>Why a step of the ladder was passed over for a whole indicator: what the reviewer may know, never whose value.</summary>
public enum FindingRule
{
    /// <summary>Two published sets differ in too few members (structure alone).</summary>
    MinimumDifference,

    /// <summary>A cell has too few changed or too few unchanged members since an earlier edition (structure alone).</summary>
    EditionDifference,

    /// <summary>Somebody could have been narrowed down to less than the protection width.</summary>
    AuditOnValues,
}

/// <summary>One finding of the audit.</summary>
/// <param name="Indicator">The indicator.</param>
/// <param name="Step">The step that was passed over.</param>
/// <param name="Rule">Why.</param>
public sealed record Finding(string Indicator, LadderStep Step, FindingRule Rule);

/// <summary>Which dominance rule a published cell of a rate does not meet.</summary>
public enum DominanceRule
{
    /// <summary>The p % rule with c insiders and p = 10.</summary>
    PPercent,

    /// <summary>The largest contributor has more than 50 % of the total.</summary>
    LargestOverHalf,

    /// <summary>The two largest contributors have more than 67 % of the total.</summary>
    TwoLargestOverTwoThirds,
}

/// <summary>A warning for the reviewer, never part of the table: it depends on values. Who shows it records it as shown.</summary>
/// <param name="Indicator">The indicator, a rate.</param>
/// <param name="Group">The cell.</param>
/// <param name="OfDenominator">Whether the denominators are dominated, else the numerators.</param>
/// <param name="Rule">The rule that is not met.</param>
public sealed record DominanceWarning(string Indicator, string Group, bool OfDenominator, DominanceRule Rule);

/// <summary>Either refusals or a protected table with the findings for its reviewer.</summary>
public sealed class ProtectionResult
{
    private ProtectionResult(
        IReadOnlyList<Refusal> refusals, ProtectedTable? table, IReadOnlyList<Finding> findings, IReadOnlyList<DominanceWarning> warnings)
    {
        Refusals = refusals;
        Table = table;
        Findings = findings;
        Warnings = warnings;
    }

    /// <summary>Whether a table was made.</summary>
    [MemberNotNullWhen(true, nameof(Table))]
    public bool IsProtected => Table is not null;

    /// <summary>All refusals, not the first alone; empty if a table was made.</summary>
    public IReadOnlyList<Refusal> Refusals { get; }

    /// <summary>The table; null if refused.</summary>
    public ProtectedTable? Table { get; }

    /// <summary>Which steps of the ladder were passed over, and why.</summary>
    public IReadOnlyList<Finding> Findings { get; }

    /// <summary>Warnings of dominance in published cells of rates.</summary>
    public IReadOnlyList<DominanceWarning> Warnings { get; }

    internal static ProtectionResult Refused(IReadOnlyList<Refusal> refusals) => new(refusals, null, [], []);

    internal static ProtectionResult Protected(
        ProtectedTable table, IReadOnlyList<Finding> findings, IReadOnlyList<DominanceWarning> warnings) =>
        new([], table, findings, warnings);
}
