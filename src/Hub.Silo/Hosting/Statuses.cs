using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Hub.V1;
using Status = Google.Rpc.Status;

namespace Hub.Silo.Hosting;

/// <summary>Makes google.rpc.Status from a refusal: the one place where an error gets its wire form.</summary>
internal static class Statuses
{
    public const string Domain = "hub.v1";

    // Other gRPC implementations take 8 KB of trailers at most, and base64 adds a third.
    private const int BytesMax = 4096;
    private const int ViolationsMax = 20;
    private const int MessageCharsMax = 500;

    /// <summary>The answer to bytes that are no message. It does not quote them: a parser's text may hold a figure.</summary>
    public static Refusal Malformed { get; } = new(
        ErrorReason.MessageMalformed,
        "The message is not one of this RPC. Encode it with the protos of hub.v1; as JSON, check syntax, names of fields and types of values against /openapi/v1.json.");

    public static StatusCode CodeOf(ErrorReason reason) => reason switch
    {
        ErrorReason.TokenMissing or ErrorReason.TokenInvalid => StatusCode.Unauthenticated,
        ErrorReason.ScopeInsufficient or ErrorReason.NotPermitted or ErrorReason.AdministrationSuspended or ErrorReason.PersonRequired
            => StatusCode.PermissionDenied,
        ErrorReason.FieldInvalid or ErrorReason.PageTokenInvalid or ErrorReason.MessageMalformed => StatusCode.InvalidArgument,
        ErrorReason.RequestIdReused or ErrorReason.SubmissionExists => StatusCode.AlreadyExists,
        ErrorReason.EtagMismatch => StatusCode.Aborted,
        ErrorReason.MessageTooLarge or ErrorReason.QuotaExceeded => StatusCode.ResourceExhausted,
        ErrorReason.NotFound => StatusCode.NotFound,
        ErrorReason.CollectionNotOpen or ErrorReason.CollectionClosed or ErrorReason.SubmissionWithdrawn or ErrorReason.SubmissionErased
            or ErrorReason.ChangeNotPending or ErrorReason.ConfirmationBySamePerson or ErrorReason.ChangeNotApplicable
            or ErrorReason.CollectionOpen or ErrorReason.PlanRefused or ErrorReason.PolicyRefused or ErrorReason.ReviewByProposer
            or ErrorReason.ReviewRepeated or ErrorReason.ReleaseState or ErrorReason.PublishTimeTooEarly or ErrorReason.CollectionErased
            or ErrorReason.ErasureUnconfirmed => StatusCode.FailedPrecondition,
        ErrorReason.LedgerUnavailable or ErrorReason.SiloNotReady => StatusCode.Unavailable,
        ErrorReason.DeadlineExceeded => StatusCode.DeadlineExceeded,
        ErrorReason.Unimplemented => StatusCode.Unimplemented,
        _ => StatusCode.Internal,
    };

    /// <summary>The name of a reason as it stands in ErrorInfo, without the enum's prefix.</summary>
    public static string NameOf(ErrorReason reason) =>
        ErrorReasonReflection.Descriptor.EnumTypes[0].FindValueByNumber((int)reason).Name["ERROR_REASON_".Length..];

    public static Status From(Refusal refusal)
    {
        var status = new Status
        {
            Code = (int)CodeOf(refusal.Reason),
            Message = refusal.Detail.Length <= MessageCharsMax ? refusal.Detail : refusal.Detail[..MessageCharsMax],
        };
        var info = new ErrorInfo { Domain = Domain, Reason = NameOf(refusal.Reason) };
        info.Metadata.Add(refusal.Metadata.ToDictionary());
        status.Details.Add(Any.Pack(info));
        if (refusal.RetryAfter is { } delay)
        {
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) }));
        }

        AddViolations(status, refusal.Violations);
        return status;
    }

    /// <summary>
    /// The status that stands for one without details, which gRPC made by itself before or beside a service; null if it says all there
    /// is. Whatever a service throws has its details from <see cref="ErrorInterceptor"/>, so unknown and internal are what failed apart
    /// from it: reading the message or its frame.
    /// </summary>
    public static Status? OfBare(StatusCode code, string text) => code switch
    {
        StatusCode.Unknown or StatusCode.Internal or StatusCode.InvalidArgument => From(Malformed),
        StatusCode.ResourceExhausted => From(new Refusal(ErrorReason.MessageTooLarge, text)),
        StatusCode.Unimplemented => From(new Refusal(ErrorReason.Unimplemented, text)),
        StatusCode.DeadlineExceeded => From(new Refusal(ErrorReason.DeadlineExceeded, text)),
        _ => null,
    };

    public static BadRequest.Types.FieldViolation From(Violation violation) => new()
    {
        Field = violation.Field,
        Description = violation.Description,
    };

    // As many as fit; how many there are in all stands in the message, and ValidateSubmission tells them all.
    private static void AddViolations(Status status, IReadOnlyList<Violation> violations)
    {
        for (var count = Math.Min(violations.Count, ViolationsMax); count > 0; count--)
        {
            var bad = new BadRequest();
            bad.FieldViolations.AddRange(violations.Take(count).Select(From));
            var detail = Any.Pack(bad);
            if (status.CalculateSize() + detail.CalculateSize() + 8 <= BytesMax)
            {
                status.Details.Add(detail);
                return;
            }
        }
    }
}
