using System.Globalization;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Hub.Silo.Access;
using V1 = Hub.V1;

namespace Hub.Silo.Administrations;

/// <summary>Proto to domain and back; nothing is decided here but what a name or a UUID is.</summary>
internal static partial class SubmissionMapping
{
    private const string Self = "self";

    /// <summary>Whether a name's administration is the caller's own.</summary>
    public static bool IsOwn(string administration, Caller caller) => administration == Self || administration == caller.Administration;

    public static Decision<string> ParseParent(string parent, Caller caller) =>
        Parent().Match(parent) is { Success: true } match && IsOwn(match.Groups[1].Value, caller)
            ? caller.Administration!
            : Refusal.NotPermitted();

    /// <summary>Whichever administration an operator names.</summary>
    public static Decision<string> ParseAnyParent(string parent) =>
        Parent().Match(parent) is { Success: true } match ? match.Groups[1].Value : Refusal.NotFound("such erasure");

    public static V1.Erasure ToProto(Disclosures.PendingErasure pending) => new()
    {
        Administration = $"administrations/{pending.Administration}",
        Collection = pending.Collection,
        RequestTime = pending.RequestedAt.ToTimestamp(),
    };

    public static Decision<Guid> ParseName(string name, Caller caller) =>
        Name().Match(name) is { Success: true } match && IsOwn(match.Groups[1].Value, caller) && Guid.TryParseExact(match.Groups[2].Value, "D", out var id)
            ? id
            : Refusal.NotPermitted();

    public static Decision<(Guid Submission, int Version)> ParseReceiptName(string name, Caller caller) =>
        ReceiptName().Match(name) is { Success: true } match
        && ParseName(match.Groups[1].Value, caller) is { IsRefused: false } id
        && int.TryParse(match.Groups[2].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? (id.Value, version)
            : Refusal.NotPermitted();

    public static Draft ToDraft(V1.Submission? submission) => submission is null
        ? new Draft("", [])
        : new Draft(submission.Collection, [.. submission.Values.Select(ToDraft)]);

    public static V1.Submission ToProto(SubmissionAnswer answer, string administration)
    {
        var submission = new V1.Submission
        {
            Name = $"administrations/{administration}/submissions/{answer.Id:D}",
            Collection = answer.Collection,
            State = (V1.SubmissionState)answer.Status,
            Version = answer.Version,
            Etag = answer.Etag,
            CreateTime = answer.CreateTime.ToTimestamp(),
            UpdateTime = answer.UpdateTime.ToTimestamp(),
            Reason = answer.Reason,
            CountsFromEdition = answer.CountsFromEdition,
            ErasureRequested = answer.IsErasureRequested,
        };
        submission.Values.AddRange(answer.Values.Select(v => ToProto(v, answer.Collection)));
        return submission;
    }

    public static V1.Receipt ToReceipt(SubmissionAnswer answer, string administration)
    {
        var receipt = answer.Receipt!;
        var proto = new V1.Receipt
        {
            Name = $"administrations/{administration}/submissions/{answer.Id:D}/receipts/{answer.Version}",
            Header = UnsafeByteOperations.UnsafeWrap(receipt.Header),
            Salt = UnsafeByteOperations.UnsafeWrap(receipt.Salt),
            Payload = UnsafeByteOperations.UnsafeWrap(receipt.Payload),
            Position = receipt.Position,
            Checkpoint = receipt.Checkpoint,
        };
        proto.Proof.AddRange(receipt.Proof.Select(hash => UnsafeByteOperations.UnsafeWrap(hash)));
        return proto;
    }

    private static DraftValue ToDraft(V1.IndicatorValue value) => new(
        value.Indicator,
        value.FigureCase switch
        {
            V1.IndicatorValue.FigureOneofCase.Decimal => DraftFigure.Decimal,
            V1.IndicatorValue.FigureOneofCase.Ratio => DraftFigure.Ratio,
            V1.IndicatorValue.FigureOneofCase.AbsenceReason => DraftFigure.Absence,
            _ => DraftFigure.None,
        },
        value.Decimal?.Value,
        value.Ratio?.Numerator?.Value,
        value.Ratio?.Denominator?.Value,
        (int)value.AbsenceReason,
        (int)value.Disclosure);

    private static V1.IndicatorValue ToProto(SubmittedValue value, string collection)
    {
        var instrument = collection[..collection.IndexOf("/periods/", StringComparison.Ordinal)];
        var proto = new V1.IndicatorValue { Indicator = $"{instrument}/indicators/{value.Indicator}", Disclosure = (V1.Disclosure)value.Disclosure };
        if (value.Decimal is { } number)
        {
            proto.Decimal = new Google.Type.Decimal { Value = number.Text };
        }
        else if (value.Ratio is { } ratio)
        {
            proto.Ratio = new V1.Ratio
            {
                Numerator = new Google.Type.Decimal { Value = ratio.Numerator.Text },
                Denominator = new Google.Type.Decimal { Value = ratio.Denominator.Text },
            };
        }
        else
        {
            proto.AbsenceReason = (V1.AbsenceReason)value.Absence!;
        }

        return proto;
    }

    [GeneratedRegex(@"\Aadministrations/([^/]+)\z")]
    private static partial Regex Parent();

    [GeneratedRegex(@"\Aadministrations/([^/]+)/submissions/([^/]+)\z")]
    private static partial Regex Name();

    [GeneratedRegex(@"\A(administrations/[^/]+/submissions/[^/]+)/receipts/([^/]+)\z")]
    private static partial Regex ReceiptName();
}
