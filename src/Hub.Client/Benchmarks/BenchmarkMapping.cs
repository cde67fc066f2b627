using System.Globalization;

namespace Hub.Client;

/// <summary>What was published, from the contract to the SDK's own types.</summary>
internal static class BenchmarkMapping
{
    public static Benchmark ToBenchmark(V1.Benchmark sent) => new()
    {
        Name = sent.Name,
        Indicator = sent.Indicator,
        IndicatorVersion = sent.IndicatorVersion,
        Unit = sent.Unit,
        Group = sent.Group,
        JoinedGroups = [.. sent.JoinedGroups],
        Contributors = sent.Contributors is { } band ? new ContributorBand(band.Min, band.Max == 0 ? null : band.Max) : null,
        Figures = [.. sent.Figures.Select(ToFigure)],
        LadderStep = (LadderStep)sent.LadderStep,
        Lower = ToDecimal(sent.Lower),
        Upper = ToDecimal(sent.Upper),
        ProtectionWidth = ToDecimal(sent.ProtectionWidth),
        Polarity = (Polarity)sent.Polarity,
        ComparabilityNotes = [.. sent.ComparabilityNotes.Select(CatalogueMapping.ToText)],
    };

    public static Standing ToStanding(V1.Standing sent) => new()
    {
        Benchmark = sent.Benchmark,
        Parts = sent.Parts,
        LowestPart = sent.LowestPart,
        HighestPart = sent.HighestPart,
        IsAtBoundary = sent.AtBoundary,
        Assessment = (Assessment)sent.Assessment,
        Reason = sent.NoStandingReason == V1.NoStandingReason.Unspecified ? null : (NoStandingReason)sent.NoStandingReason,
        Submission = sent.Submission,
        SubmissionVersion = sent.SubmissionVersion,
    };

    public static ReleaseChange ToChange(V1.WatchReleasesResponse sent) => new(
        (ReleaseEvent)sent.Event, ReleaseMapping.ToRelease(sent.Release ?? new V1.Release()), sent.EventTime?.ToDateTimeOffset(), sent.Position);

    private static ProtectedFigure ToFigure(V1.Figure sent) => sent.ContentCase == V1.Figure.ContentOneofCase.Value
        ? new PublishedFigure(
            (Statistic)sent.Statistic, (Audience)sent.Audience, ToDecimal(sent.Value.Value), ToDecimal(sent.Value.RoundingBase))
        : new WithheldFigure((Statistic)sent.Statistic, (Audience)sent.Audience, (WithheldReason)sent.WithheldReason);

    // The Hub's decimals fit a decimal exactly, trailing zeros included.
    private static decimal ToDecimal(Google.Type.Decimal? sent) =>
        decimal.Parse(sent?.Value ?? "0", NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture);
}
