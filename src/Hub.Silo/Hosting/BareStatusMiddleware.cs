using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace Hub.Silo.Hosting;

/// <summary>
/// Adds the details to statuses that gRPC itself makes before any interceptor runs (a message that is too large or malformed,
/// an unknown method), so that every error of the Hub has one shape.
/// </summary>
internal sealed class BareStatusMiddleware(RequestDelegate next)
{
    private const string Details = "grpc-status-details-bin";
    private const string Malformed = "The message is not one of this RPC. Encode it with the protos of hub.v1.";
    private static readonly string UnknownCode = ((int)StatusCode.Unknown).ToString(CultureInfo.InvariantCulture);
    private static readonly string InvalidCode = ((int)StatusCode.InvalidArgument).ToString(CultureInfo.InvariantCulture);

    public async Task InvokeAsync(HttpContext context)
    {
        // A status without a message before it stands among the headers, and may be sent by a timer (a deadline) before this returns.
        context.Response.OnStarting(() =>
        {
            AddDetails(context.Response.Headers);
            return Task.CompletedTask;
        });
        await next(context);
        if (context.Features.Get<IHttpResponseTrailersFeature>()?.Trailers is { IsReadOnly: false } trailers)
        {
            AddDetails(trailers);
        }
    }

    private static void AddDetails(IHeaderDictionary fields)
    {
        if (!fields.TryGetValue("grpc-status", out var code) || fields.ContainsKey(Details))
        {
            return;
        }

        // Whatever a service throws has its status from ErrorInterceptor; unknown is what failed before it: reading the message.
        if (code == UnknownCode)
        {
            code = InvalidCode;
            (fields["grpc-status"], fields["grpc-message"]) = (InvalidCode, Uri.EscapeDataString(Malformed));
        }

        if (Reason((StatusCode)int.Parse(code.ToString(), CultureInfo.InvariantCulture)) is { } reason)
        {
            var refusal = new Refusal(reason, Uri.UnescapeDataString(fields["grpc-message"].ToString()));
            fields[Details] = Convert.ToBase64String(Statuses.From(refusal).ToByteArray()).TrimEnd('=');
        }
    }

    private static ErrorReason? Reason(StatusCode code) => code switch
    {
        StatusCode.ResourceExhausted => ErrorReason.MessageTooLarge,
        StatusCode.Unimplemented => ErrorReason.Unimplemented,
        StatusCode.DeadlineExceeded => ErrorReason.DeadlineExceeded,
        StatusCode.InvalidArgument => ErrorReason.FieldInvalid,
        StatusCode.Internal => ErrorReason.Internal,
        _ => null,
    };
}
