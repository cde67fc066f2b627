using System.Globalization;
using Google.Protobuf;
using Grpc.Core;

namespace Hub.Silo.Hosting;

/// <summary>
/// Adds the details to statuses that gRPC itself makes before any interceptor runs (a message that is too large or malformed,
/// an unknown method), so that every error of the Hub has one shape.
/// </summary>
internal sealed class BareStatusMiddleware(RequestDelegate next)
{
    private const string Details = "grpc-status-details-bin";

    public async Task InvokeAsync(HttpContext context)
    {
        await next(context);
        if (!context.Response.SupportsTrailers() || Trailer(context, "grpc-status") is not { } code || Trailer(context, Details) is not null)
        {
            return;
        }

        if (Reason((StatusCode)int.Parse(code, CultureInfo.InvariantCulture)) is { } reason)
        {
            var refusal = new Refusal(reason, Uri.UnescapeDataString(Trailer(context, "grpc-message") ?? ""));
            context.Response.AppendTrailer(Details, Convert.ToBase64String(Statuses.From(refusal).ToByteArray()).TrimEnd('='));
        }
    }

    private static ErrorReason? Reason(StatusCode code) => code switch
    {
        StatusCode.ResourceExhausted => ErrorReason.MessageTooLarge,
        StatusCode.Unimplemented => ErrorReason.Unimplemented,
        StatusCode.DeadlineExceeded => ErrorReason.DeadlineExceeded,
        StatusCode.InvalidArgument => ErrorReason.FieldInvalid,
        StatusCode.Internal or StatusCode.Unknown => ErrorReason.Internal,
        _ => null,
    };

    private static string? Trailer(HttpContext context, string name)
    {
        var trailers = context.Features.Get<Microsoft.AspNetCore.Http.Features.IHttpResponseTrailersFeature>()!.Trailers;
        return trailers.TryGetValue(name, out var value) ? value.ToString() : null;
    }
}
