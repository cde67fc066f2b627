namespace Hub.Client;

/// <summary>One statistic of a group: a <see cref="PublishedFigure"/>, or a <see cref="WithheldFigure"/> that says why there is none.</summary>
public abstract record ProtectedFigure
{
    private protected ProtectedFigure(Statistic statistic, Audience audience) => (Statistic, Audience) = (statistic, audience);

    /// <summary>What is told.</summary>
    public Statistic Statistic { get; }

    /// <summary>Who may read it by the plan.</summary>
    public Audience Audience { get; }
}

/// <summary>A figure that is shown.</summary>
public sealed record PublishedFigure : ProtectedFigure
{
    internal PublishedFigure(Statistic statistic, Audience audience, decimal value, decimal roundingBase)
        : base(statistic, audience) => (Value, RoundingBase) = (value, roundingBase);

    /// <summary>A multiple of the rounding base, with exactly its decimals, in the benchmark's unit.</summary>
    public decimal Value { get; }

    /// <summary>The true statistic lies within half of this, on either side.</summary>
    public decimal RoundingBase { get; }
}

/// <summary>A figure that is not shown to this caller.</summary>
public sealed record WithheldFigure : ProtectedFigure
{
    internal WithheldFigure(Statistic statistic, Audience audience, WithheldReason reason)
        : base(statistic, audience) => Reason = reason;

    /// <summary>Why.</summary>
    public WithheldReason Reason { get; }
}

/// <summary>What a figure tells of a group. Quantiles are smoothed, so that none is anybody's value.</summary>
public enum Statistic
{
    /// <summary>Newer than this version of the SDK.</summary>
    Unspecified = 0,

    /// <summary>The mean; of a rate the sum of the numerators over the sum of the denominators.</summary>
    Mean = 1,

    /// <summary>A tenth lie below.</summary>
    P10 = 2,

    /// <summary>A quarter lie below.</summary>
    LowerQuartile = 3,

    /// <summary>A third lie below.</summary>
    LowerTertile = 4,

    /// <summary>Half lie below.</summary>
    Median = 5,

    /// <summary>A third lie above.</summary>
    UpperTertile = 6,

    /// <summary>A quarter lie above.</summary>
    UpperQuartile = 7,

    /// <summary>A tenth lie above.</summary>
    P90 = 8,
}

/// <summary>Why a figure is not shown. None is a choice about a single group by its values.</summary>
public enum WithheldReason
{
    /// <summary>Newer than this version of the SDK.</summary>
    Unspecified = 0,

    /// <summary>The group has fewer contributors than the statistic needs.</summary>
    TooFewContributors = 1,

    /// <summary>The group's finer statistics are shown instead; both together would tell too much.</summary>
    WindowsOverlap = 2,

    /// <summary>The group's contributors are in <c>groups/other</c>.</summary>
    JoinedIntoOther = 3,

    /// <summary>Two published sets would differ in too few administrations.</summary>
    MinimumDifference = 4,

    /// <summary>The indicator as a whole went down the ladder: see <see cref="Benchmark.LadderStep"/>.</summary>
    Ladder = 5,

    /// <summary>It is for a narrower audience than the caller: see <see cref="ProtectedFigure.Audience"/>.</summary>
    Audience = 6,
}

/// <summary>Who may read a figure.</summary>
public enum Audience
{
    /// <summary>Newer than this version of the SDK.</summary>
    Unspecified = 0,

    /// <summary>Administrations that contributed to this indicator in this edition.</summary>
    Contributors = 1,

    /// <summary>All member administrations.</summary>
    Members = 2,

    /// <summary>Everybody, partner systems included.</summary>
    Public = 3,
}

/// <summary>The announced steps by which a whole indicator is protected, from most to least shown.</summary>
public enum LadderStep
{
    /// <summary>Newer than this version of the SDK.</summary>
    Unspecified = 0,

    /// <summary>Everything that the numbers of contributors allow.</summary>
    Full = 1,

    /// <summary>Means only.</summary>
    WithoutQuantiles = 2,

    /// <summary>Means only, and small groups joined into <c>groups/other</c>.</summary>
    SmallGroupsJoined = 3,

    /// <summary>Nothing of this indicator.</summary>
    NotPublished = 4,
}
