namespace Hub.Client;

/// <summary>Where the caller's own figure lies in a group, told from published figures alone.</summary>
public sealed record Standing
{
    /// <summary>The benchmark that it is told from, by its edition's number.</summary>
    public required string Benchmark { get; init; }

    /// <summary>2 halves, 3 thirds or 4 quarters; 0 without a standing.</summary>
    public required int Parts { get; init; }

    /// <summary>The part that the figure lies in, counted from 1 for the least values.</summary>
    public required int LowestPart { get; init; }

    /// <summary>The same as <see cref="LowestPart"/>, or a later one where the figure is too near to a boundary to say.</summary>
    public required int HighestPart { get; init; }

    /// <summary>Whether it lies within half the rounding base of a boundary.</summary>
    public required bool IsAtBoundary { get; init; }

    /// <summary>The same in words, by the indicator's polarity; <see cref="Assessment.None"/> without a standing.</summary>
    public required Assessment Assessment { get; init; }

    /// <summary>Why there is no standing; null if there is one.</summary>
    public NoStandingReason? Reason { get; init; }

    /// <summary>The caller's submission that is in the edition; empty for none.</summary>
    public string Submission { get; init; } = "";

    /// <summary>Its version that is in the edition, whatever was corrected later; 0 for none.</summary>
    public long SubmissionVersion { get; init; }
}

/// <summary>A standing, and the benchmark that it was told from.</summary>
/// <param name="Standing">Where the caller's figure lies, or why that is not told.</param>
/// <param name="Benchmark">What it was told from.</param>
public sealed record OwnStanding(Standing Standing, Benchmark Benchmark);

/// <summary>A standing in words.</summary>
public enum Assessment
{
    /// <summary>No standing.</summary>
    None = 0,

    /// <summary>In the better half of the values.</summary>
    Better = 1,

    /// <summary>In the middle: in the middle third, or at the middle boundary.</summary>
    Middle = 2,

    /// <summary>In the worse half of the values.</summary>
    Worse = 3,

    /// <summary>Of this indicator neither direction is better.</summary>
    Neither = 4,
}

/// <summary>Why there is no standing.</summary>
public enum NoStandingReason
{
    /// <summary>The caller's administration has no figure of this indicator in the edition.</summary>
    NotContributed = 1,

    /// <summary>The group's quantiles are withheld: see the benchmark's figures.</summary>
    Withheld = 2,

    /// <summary>The content of the caller's submission was erased since.</summary>
    Erased = 3,
}
