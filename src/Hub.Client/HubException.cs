using Grpc.Core;

namespace Hub.Client;

/// <summary>
/// A call did not succeed. The root of everything that the SDK throws about the Hub, its log and the issuer; a cancelled call throws
/// <see cref="OperationCanceledException"/>.
/// </summary>
public class HubException : Exception
{
    internal HubException(string message, StatusCode statusCode, Exception? inner = null) : base(message, inner) => StatusCode = statusCode;

    /// <summary>The gRPC status.</summary>
    public StatusCode StatusCode { get; }

    /// <summary>Why the Hub refused; <see cref="ErrorReason.Unspecified"/> if the answer was not the Hub's.</summary>
    public ErrorReason Reason { get; internal init; }

    /// <summary>The reason as the Hub wrote it, also one that this version of the SDK does not know; null if the answer was not the Hub's.</summary>
    public string? ReasonName { get; internal init; }

    /// <summary>Fields at fault, in the order of the request; at most 20. All of them: <see cref="SubmissionClient.ValidateAsync"/>.</summary>
    public IReadOnlyList<FieldViolation> Violations { get; internal init; } = [];

    /// <summary>When the same call may be repeated, if the Hub said so.</summary>
    public TimeSpan? RetryAfter { get; internal init; }

    /// <summary>Finds a fault in the operator's log; only with <see cref="ErrorReason.Internal"/>.</summary>
    public string? CorrelationId => Details.GetValueOrDefault("correlation_id");

    /// <summary>What else the reason names, as documented with it: for example <c>scope</c> or <c>submission</c>.</summary>
    public IReadOnlyDictionary<string, string> Details { get; internal init; } = new Dictionary<string, string>();

    /// <summary>
    /// The request id of the act that failed, if it was one. Where the outcome is unknown (<see cref="IsTransient"/>), repeating the act
    /// with this id is safe: it happens once.
    /// </summary>
    public Guid? RequestId { get; internal set; }

    /// <summary>
    /// The submission that the Hub says it recorded, although its receipt could not be accepted: <c>administrations/{code}/submissions/{uuid}</c>.
    /// The act is not to be made anew; when the cause is found, repeating it with <see cref="RequestId"/> returns the same
    /// receipt, and <see cref="SubmissionClient.GetReceiptAsync"/> reads it. Null if nothing was recorded or the outcome is unknown.
    /// </summary>
    public string? RecordedName { get; internal set; }

    /// <inheritdoc/>
    public override string Message => RecordedName is { } name
        ? $"{base.Message} The Hub answered that it has recorded {name}: when the cause is found, read the receipt of that, and do not submit anew."
        : base.Message;

    /// <summary>Whether the same call can succeed later: unreachable, too slow, or told to wait.</summary>
    public bool IsTransient =>
        IsLostReply || StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded ||
        (StatusCode == StatusCode.ResourceExhausted && RetryAfter is not null);

    /// <summary>The connection broke under the call: whether it took effect is unknown.</summary>
    internal bool IsLostReply { get; init; }
}
