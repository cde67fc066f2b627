using System.Collections.Concurrent;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Hub.SystemTests.Client;

/// <summary>What the fake Hub has recorded: the first answer to each request id, and the payloads of entries as the silo writes them.</summary>
internal sealed class FakeRecords
{
    private readonly ConcurrentDictionary<string, Lazy<(V1.Submission Submission, V1.Receipt Receipt)>> answers = new();

    private readonly ConcurrentDictionary<string, V1.Submission> current = new();

    public V1.Submission Current(string name) => current[name];

    public long VersionOf(string name) => current.TryGetValue(name, out var known) ? known.Version : 0;

    public void Keep(V1.Submission submission) => current[submission.Name] = submission;

    public (V1.Submission Submission, V1.Receipt Receipt) Once(string requestId, Func<(V1.Submission, V1.Receipt)> act) =>
        answers.GetOrAdd(requestId, _ => new Lazy<(V1.Submission, V1.Receipt)>(act)).Value;

    public static string Payload(string id, string collection, IEnumerable<V1.IndicatorValue>? values, string? reason)
    {
        var payload = new JsonObject { ["submission"] = id, ["collection"] = collection };
        if (values is not null) payload["values"] = new JsonArray([.. values.Select(Value)]);
        if (reason is not null) payload["reason"] = reason;
        return payload.ToJsonString(new JsonSerializerOptions());
    }

    private static JsonObject Value(V1.IndicatorValue sent)
    {
        var value = new JsonObject { ["indicator"] = sent.Indicator[(sent.Indicator.LastIndexOf('/') + 1)..], ["disclosure"] = Name(sent.Disclosure) };
        switch (sent.FigureCase)
        {
            case V1.IndicatorValue.FigureOneofCase.Decimal:
                value["decimal"] = sent.Decimal.Value;
                break;
            case V1.IndicatorValue.FigureOneofCase.Ratio:
                value["ratio"] = new JsonObject { ["numerator"] = sent.Ratio.Numerator.Value, ["denominator"] = sent.Ratio.Denominator.Value };
                break;
            default:
                value["absence"] = Name(sent.AbsenceReason);
                break;
        }

        return value;
    }

    private static string Name<T>(T member) where T : struct, Enum => JsonNamingPolicy.SnakeCaseUpper.ConvertName(member.ToString());
}
