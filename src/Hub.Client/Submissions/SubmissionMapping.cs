using System.Collections.ObjectModel;

namespace Hub.Client;

/// <summary>Submissions between the contract and the SDK's own types.</summary>
internal static class SubmissionMapping
{
    /// <summary>Figures by the full names of their indicators.</summary>
    public static IReadOnlyDictionary<string, Figure> ByName(string collection, IEnumerable<KeyValuePair<string, Figure>> figures)
    {
        var periods = collection.LastIndexOf("/periods/", StringComparison.Ordinal);
        var instrument = periods < 0 ? collection : collection[..periods];
        return new ReadOnlyDictionary<string, Figure>(figures.ToDictionary(
            pair => pair.Key.Contains('/') ? pair.Key : $"{instrument}/indicators/{pair.Key}",
            pair => pair.Value, StringComparer.Ordinal));
    }

    public static Guid IdOf(string name) =>
        Guid.TryParse(EntryPayload.CodeOf(name), out var id)
            ? id : throw new ArgumentException("A submission is named administrations/{code}/submissions/{uuid}.", nameof(name));

    public static V1.Submission ToProto(SubmissionDraft draft) => ToProto(new V1.Submission { Collection = draft.Collection }, draft.Figures);

    public static V1.Submission ToProto(Submission current, IReadOnlyDictionary<string, Figure> figures) =>
        ToProto(new V1.Submission { Name = current.Name, Collection = current.Collection, Etag = current.Etag }, figures);

    public static Submission ToSubmission(V1.Submission sent) => new()
    {
        Name = sent.Name,
        Collection = sent.Collection,
        Figures = new ReadOnlyDictionary<string, Figure>(sent.Values.ToDictionary(v => v.Indicator, ToFigure, StringComparer.Ordinal)),
        State = (SubmissionState)sent.State,
        Version = sent.Version,
        Etag = sent.Etag,
        CreateTime = sent.CreateTime?.ToDateTimeOffset(),
        UpdateTime = sent.UpdateTime?.ToDateTimeOffset(),
        CountsFromEdition = sent.CountsFromEdition,
        Reason = sent.Reason,
        IsErasureRequested = sent.ErasureRequested,
    };

    public static Erasure ToErasure(V1.Erasure sent) =>
        new(sent.Administration, sent.Collection, sent.RequestTime?.ToDateTimeOffset());

    private static V1.Submission ToProto(V1.Submission submission, IReadOnlyDictionary<string, Figure> figures)
    {
        submission.Values.AddRange(figures.Select(pair => ToValue(pair.Key, pair.Value)));
        return submission;
    }

    private static V1.IndicatorValue ToValue(string indicator, Figure figure)
    {
        var value = new V1.IndicatorValue { Indicator = indicator, Disclosure = (V1.Disclosure)figure.Disclosure };
        if (figure.Absence is { } reason) value.AbsenceReason = (V1.AbsenceReason)reason;
        else if (figure.Value is { } text) value.Decimal = new Google.Type.Decimal { Value = text };
        else value.Ratio = ToRatio(figure);
        return value;
    }

    private static V1.Ratio ToRatio(Figure figure) => new()
    {
        Numerator = new Google.Type.Decimal { Value = figure.Numerator },
        Denominator = new Google.Type.Decimal { Value = figure.Denominator },
    };

    private static Figure ToFigure(V1.IndicatorValue value)
    {
        var figure = value.FigureCase switch
        {
            V1.IndicatorValue.FigureOneofCase.Decimal => Figure.Decimal(value.Decimal.Value),
            V1.IndicatorValue.FigureOneofCase.Ratio => Figure.Ratio(value.Ratio.Numerator?.Value ?? "", value.Ratio.Denominator?.Value ?? ""),
            _ => Figure.Absent((AbsenceReason)value.AbsenceReason),
        };
        return value.Disclosure == V1.Disclosure.Unspecified ? figure : figure with { Disclosure = (Disclosure)value.Disclosure };
    }
}
