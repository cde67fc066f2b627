using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;

namespace Hub.SystemTests.Client;

/// <summary>Errors as the Hub answers them.</summary>
internal static class Refusals
{
    public static Google.Rpc.Status Status(StatusCode code, string reason, TimeSpan? retryAfter = null, params (string Field, string Text)[] violations)
    {
        var info = new ErrorInfo { Domain = "hub.v1", Reason = reason, Metadata = { ["correlation_id"] = "c-1" } };
        var status = new Google.Rpc.Status { Code = (int)code, Message = "Refused.", Details = { Any.Pack(info) } };
        if (retryAfter is { } delay) status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) }));
        if (violations.Length > 0)
        {
            var fields = violations.Select(v => new BadRequest.Types.FieldViolation { Field = v.Field, Description = v.Text });
            status.Details.Add(Any.Pack(new BadRequest { FieldViolations = { fields } }));
        }

        return status;
    }

    public static RpcException Of(StatusCode code, string reason, TimeSpan? retryAfter = null, params (string Field, string Text)[] violations) =>
        Status(code, reason, retryAfter, violations).ToRpcException();
}
