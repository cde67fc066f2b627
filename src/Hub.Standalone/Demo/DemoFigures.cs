using Hub.Client;

namespace Hub.Standalone.Demo;

/// <summary>What each administration of the samples submits to each collection of the catalogue.</summary>
internal sealed class DemoFigures
{
    /// <summary>One administration's value of this series is first submitted as its publisher had it before, and then corrected.</summary>
    private const string CorrectedOnce = "IC.FRM.BRIB.ZS";

    private readonly Dictionary<(string Series, string Year), Dictionary<string, string>> figures;

    private readonly IReadOnlyList<SampleRevision> revisions;

    private DemoFigures(
        Dictionary<(string Series, string Year), Dictionary<string, string>> figures, IReadOnlyList<SampleRevision> revisions, SampleRevision correction)
    {
        this.figures = figures;
        this.revisions = revisions;
        Correction = correction;
    }

    /// <summary>The one value that the demo corrects.</summary>
    public SampleRevision Correction { get; }

    public static DemoFigures Read(IEnumerable<Collection> collections)
    {
        var series = collections.SelectMany(c => c.Indicators).Select(CodeOf).Distinct();
        var figures = series.SelectMany(Samples.ReadFigures)
            .GroupBy(f => (f.Series, f.Year))
            .ToDictionary(g => g.Key, g => g.ToDictionary(f => f.Code, f => f.Value));
        var revisions = Samples.ReadRevisions().Where(r => r.Earlier != r.Later).ToList();
        var correction = revisions.First(r => r.Series == CorrectedOnce);
        foreach (var revision in revisions.Where(r => r.Series != CorrectedOnce).Append(correction))
        {
            figures[(revision.Series, revision.Year)][revision.Code] = revision.Earlier;
        }

        return new DemoFigures(figures, revisions, correction);
    }

    /// <summary>Codes of the administrations that have a figure in a collection.</summary>
    public IReadOnlyList<string> Contributors(Collection collection) =>
        [.. collection.Indicators.SelectMany(i => Of(i, collection).Keys).Distinct().Order(StringComparer.Ordinal)];

    /// <summary>A draft with the figures that there are; what is not published is not available.</summary>
    public SubmissionDraft Draft(Collection collection, string code) => new(
        collection.Name,
        collection.Indicators.Select(i => KeyValuePair.Create(i, Of(i, collection).TryGetValue(code, out var value)
            ? Figure.Decimal(value)
            : Figure.Absent(AbsenceReason.NotAvailable))));

    /// <summary>What the publisher revised of a collection's values.</summary>
    public IReadOnlyList<SampleRevision> RevisionsOf(Collection collection) => [.. revisions.Where(r =>
        collection.Name.EndsWith($"/periods/{r.Year}", StringComparison.Ordinal) && collection.Indicators.Any(i => CodeOf(i) == r.Series))];

    /// <summary>The collection that the correction belongs to.</summary>
    public Collection CorrectedCollection(IEnumerable<Collection> collections) => collections.Single(c =>
        c.Name.EndsWith($"/periods/{Correction.Year}", StringComparison.Ordinal) && c.Indicators.Any(i => CodeOf(i) == Correction.Series));

    public static string CodeOf(string indicator) => indicator[(indicator.LastIndexOf('/') + 1)..];

    private Dictionary<string, string> Of(string indicator, Collection collection) =>
        figures.GetValueOrDefault((CodeOf(indicator), collection.Name[(collection.Name.LastIndexOf('/') + 1)..])) ?? [];
}
