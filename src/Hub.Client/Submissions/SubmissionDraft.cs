namespace Hub.Client;

/// <summary>
/// What is to be submitted to one collection, under a request id of its own. Immutable, so sending the same draft again is always safe: it
/// is recorded once.
/// </summary>
public sealed class SubmissionDraft
{
    /// <summary>A draft.</summary>
    /// <param name="collection">The collection, for example <c>instruments/lpi/periods/2023</c>.</param>
    /// <param name="figures">
    /// One figure for each indicator of the collection, by the indicator's code or its full name <c>instruments/lpi/indicators/{code}</c>.
    /// </param>
    /// <exception cref="ArgumentException">An indicator is named twice.</exception>
    public SubmissionDraft(string collection, IEnumerable<KeyValuePair<string, Figure>> figures)
    {
        ArgumentNullException.ThrowIfNull(collection);
        ArgumentNullException.ThrowIfNull(figures);
        (Collection, Figures) = (collection, SubmissionMapping.ByName(collection, figures));
    }

    /// <summary>A draft.</summary>
    /// <param name="collection">The collection, for example <c>instruments/lpi/periods/2023</c>.</param>
    /// <param name="figures">One figure for each indicator of the collection, by the indicator's code or its full name.</param>
    /// <exception cref="ArgumentException">An indicator is named twice.</exception>
    public SubmissionDraft(string collection, params (string Indicator, Figure Figure)[] figures)
        : this(collection, figures.Select(pair => KeyValuePair.Create(pair.Indicator, pair.Figure)))
    {
    }

    /// <summary>The collection.</summary>
    public string Collection { get; }

    /// <summary>The figures by the full names of their indicators.</summary>
    public IReadOnlyDictionary<string, Figure> Figures { get; }

    /// <summary>Names this act and becomes the submission's id. A fresh one unless set; set it to repeat an act of an earlier run.</summary>
    public Guid RequestId { get; init; } = Guid.NewGuid();

    /// <summary>Collection and request id; never a figure.</summary>
    public override string ToString() => $"{Collection}, {Figures.Count} figures, request {RequestId}";
}
