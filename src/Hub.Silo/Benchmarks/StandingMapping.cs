using Hub.Privacy;
using Hub.V1;
using Standing = Hub.Privacy.Standing;

namespace Hub.Silo.Benchmarks;

/// <summary>A standing to the wire, with its words.</summary>
internal static class StandingMapping
{
    public static V1.Standing ToProto(Standing standing, OwnContribution own, string benchmark, Catalogue.Polarity polarity) => new()
    {
        Benchmark = benchmark,
        Parts = standing.Parts,
        LowestPart = standing.Lowest,
        HighestPart = standing.Highest,
        AtBoundary = standing.AtBoundary,
        Assessment = standing.Reason is null ? Assess(standing.Parts, standing.Lowest, standing.Highest, polarity) : Assessment.Unspecified,
        NoStandingReason = Reason(standing, own),
        Submission = own.Submission,
        SubmissionVersion = own.Version,
    };

    /// <summary>
    /// In the better half, the worse half, or in the middle: a middle third, or at the middle boundary. Polarity chooses the words
    /// alone; where neither direction is better, nothing is.
    /// </summary>
    public static Assessment Assess(int parts, int lowest, int highest, Catalogue.Polarity polarity)
    {
        // In twelfths of the values, so that halves, thirds and quarters have whole ends; at a boundary the ends are boundaries.
        var isAtBoundary = lowest != highest;
        var from = 12 / parts * (isAtBoundary ? lowest : lowest - 1);
        var to = 12 / parts * (isAtBoundary ? highest - 1 : highest);
        var isMiddle = isAtBoundary ? from <= 6 && to >= 6 : from < 6 && to > 6;
        return polarity == Catalogue.Polarity.Ambiguous ? Assessment.Neither
            : isMiddle ? Assessment.Middle
            : from >= 6 == (polarity == Catalogue.Polarity.BetterHigh) ? Assessment.Better
            : Assessment.Worse;
    }

    private static NoStandingReason Reason(Standing standing, OwnContribution own) => standing.Reason switch
    {
        null => NoStandingReason.Unspecified,
        NoStanding.Withheld => NoStandingReason.Withheld,
        _ => own.IsErased ? NoStandingReason.Erased : NoStandingReason.NotContributed,
    };
}
