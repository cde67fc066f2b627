using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using RpcStatus = Google.Rpc.Status;

namespace Hub.Client;

/// <summary>Turns what came back into a <see cref="HubException"/>: the Hub's own refusals in full, anything else as far as it can be read.</summary>
internal static class ErrorMapping
{
    private const string Domain = "hub.v1";
    private const int ViolationsMax = 20;

    public static HubException ToException(RpcException e, Uri address)
    {
        var status = e.Trailers.GetRpcStatus(ignoreParseError: true);
        return status is null || Detail<ErrorInfo>(status) is not { Domain: Domain } ? NotFromHub(e, address) : ToException(status, e);
    }

    public static HubException ToException(RpcStatus status, Exception? inner = null)
    {
        var info = Detail<ErrorInfo>(status);
        var fields = Detail<BadRequest>(status);
        return new HubException(Message(status, info, fields), (StatusCode)status.Code, inner)
        {
            Reason = Reason(info?.Reason),
            ReasonName = info?.Reason,
            Details = info is null ? new Dictionary<string, string>() : new Dictionary<string, string>(info.Metadata),
            Violations = fields is null ? [] : [.. fields.FieldViolations.Select(ToViolation)],
            RetryAfter = Detail<RetryInfo>(status)?.RetryDelay?.ToTimeSpan(),
        };
    }

    public static FieldViolation ToViolation(BadRequest.Types.FieldViolation violation) => new(violation.Field, violation.Description);

    private static HubException NotFromHub(RpcException e, Uri address)
    {
        // An exception beside the status was thrown on this side of the wire: nobody refused anything, the call was cut off.
        var broken = e.Status.DebugException is not null;
        var what = e.Status.Detail.StartsWith("Bad gRPC response", StringComparison.Ordinal)
            ? "Something between here and the Hub answered in its place, such as a proxy or a firewall; or the address is not the Hub's."
            : broken ? "The connection to the Hub failed." : "The call failed without an answer of the Hub.";
        // An address of HTTP/1.1 answers so, and the rest of its text helps nobody.
        var detail = e.Status.Detail.Contains("HTTP_1_1_REQUIRED", StringComparison.Ordinal)
            ? "it speaks HTTP/1.1 only. Use the Hub's address for gRPC, or HubTransport.GrpcWeb." : $"{e.StatusCode}: {e.Status.Detail}";
        return new HubException($"{what} {address.GetLeftPart(UriPartial.Authority)}: {detail}", e.StatusCode, e) { IsLostReply = broken };
    }

    // The Hub's own text repeats the first violation, for those who read nothing else.
    private static string Message(RpcStatus status, ErrorInfo? info, BadRequest? fields)
    {
        var details = info is { Metadata.Count: > 0 } ? $" ({string.Join(", ", info.Metadata.Select(pair => $"{pair.Key}: {pair.Value}"))})" : "";
        var text = fields is { FieldViolations.Count: > 0 }
            ? string.Concat(fields.FieldViolations.Select(v => $"\n  {v.Field}: {v.Description}")) : $" {status.Message}";
        if (fields is { FieldViolations.Count: ViolationsMax }) text += "\n  There may be more: ValidateAsync tells all.";
        return $"{info?.Reason ?? ((StatusCode)status.Code).ToString()}:{text}{details}";
    }

    // Names are unique without regard to underscores and case, so COLLECTION_CLOSED is CollectionClosed.
    private static ErrorReason Reason(string? name) =>
        name is not null && !char.IsDigit(name.FirstOrDefault()) &&
        System.Enum.TryParse<ErrorReason>(name.Replace("_", "", StringComparison.Ordinal), ignoreCase: true, out var reason)
            ? reason : ErrorReason.Unspecified;

    private static T? Detail<T>(RpcStatus status) where T : class, IMessage<T>, new()
    {
        try
        {
            return status.Details.Select(any => any.TryUnpack<T>(out var detail) ? detail : null).FirstOrDefault(detail => detail is not null);
        }
        catch (InvalidProtocolBufferException)
        {
            return null;
        }
    }
}
