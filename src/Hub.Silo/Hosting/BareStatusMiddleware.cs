using System.Globalization;
using Google.Protobuf;
using Grpc.Core;
using Microsoft.AspNetCore.Http.Features;

namespace Hub.Silo.Hosting;

/// <summary>
/// Adds the details to statuses that gRPC itself makes before any interceptor runs (a message that is too large or malformed,
/// an unknown method), so that every error of the Hub has one shape. <see cref="BareJsonMiddleware"/> does it for JSON.
/// </summary>
internal sealed class BareStatusMiddleware(RequestDelegate next)
{
    private const string Details = "grpc-status-details-bin";

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
        if (!fields.TryGetValue("grpc-status", out var code) || fields.ContainsKey(Details)
            || Statuses.OfBare((StatusCode)int.Parse(code.ToString(), CultureInfo.InvariantCulture), Uri.UnescapeDataString(fields["grpc-message"].ToString())) is not { } status)
        {
            return;
        }

        fields["grpc-status"] = status.Code.ToString(CultureInfo.InvariantCulture);
        fields["grpc-message"] = Uri.EscapeDataString(status.Message);
        fields[Details] = Convert.ToBase64String(status.ToByteArray()).TrimEnd('=');
    }
}
