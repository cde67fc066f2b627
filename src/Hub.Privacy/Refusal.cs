namespace Hub.Privacy;

/// <summary>The rule by which a request is refused as a whole. Each is decided on structure, or on input that should never
/// have reached this point; none tells a value.</summary>
public enum RefusalRule
{
    /// <summary>The policy contradicts itself.</summary>
    PolicyContradiction,

    /// <summary>A plan without any indicator, or an indicator without any statistic.</summary>
    NothingPlanned,

    /// <summary>The plan names more than <see cref="Limits.IndicatorsMax"/> indicators.</summary>
    TooManyIndicators,

    /// <summary>The plan names an indicator that the catalogue's facts do not have.</summary>
    UnknownIndicator,

    /// <summary>An indicator stands twice in the plan or in the facts.</summary>
    DuplicateIndicator,

    /// <summary>A statistic stands twice, or is unknown.</summary>
    DuplicateStatistic,

    /// <summary>The policy publishes no quantiles, and the plan asks for some.</summary>
    StatisticNotInPolicy,

    /// <summary>The plan names a partition that was not given.</summary>
    UnknownGroup,

    /// <summary>More than one partition for an indicator, or another one than an earlier edition's.</summary>
    OverlappingPartitions,

    /// <summary>Two groups of one partition share a member.</summary>
    OverlappingGroups,

    /// <summary>A group or partition without members.</summary>
    EmptyGroup,

    /// <summary>A name is empty, stands twice, or is reserved.</summary>
    InvalidName,

    /// <summary>A member stands twice in a group or among the contributions.</summary>
    DuplicateMember,

    /// <summary>The legal range is missing, empty, or beyond the limits.</summary>
    InvalidRange,

    /// <summary>The protection width is missing, not positive, or wider than the legal range.</summary>
    InvalidWidth,

    /// <summary>The number of decimals is beyond the limits.</summary>
    InvalidDecimals,

    /// <summary>A variation derived from two levels; not built.</summary>
    DerivedVariation,

    /// <summary>More than <see cref="Limits.ContributorsMax"/> contributors.</summary>
    TooManyContributors,

    /// <summary>A value outside the legal range.</summary>
    ValueOutOfRange,

    /// <summary>A value with more decimals than the indicator has.</summary>
    TooManyDecimals,

    /// <summary>A rate without numerator and denominator, or a level with them.</summary>
    WrongValueKind,

    /// <summary>A denominator that is not positive.</summary>
    InvalidDenominator,

    /// <summary>A value of this period was erased: the collection is closed to new editions.</summary>
    ErasedContribution,

    /// <summary>The record of what was shown does not fit together: a version with two values, a group that is missing.</summary>
    MemoryContradiction,
}

/// <summary>A named refusal: which rule, which field, and what to do.</summary>
/// <param name="Rule">The rule.</param>
/// <param name="Field">The path of the field in the request. It names no member.</param>
/// <param name="Remedy">What the caller can do, in a sentence. It holds no value.</param>
public sealed record Refusal(RefusalRule Rule, string Field, string Remedy);
