using Microsoft.AspNetCore.RateLimiting;

namespace Hub.Authority;

/// <summary>
/// Takes a body in whole, within a few seconds, before its request asks for one of the permits: a body that trickles in would
/// hold it meanwhile, and some dozens of them all.
/// </summary>
internal sealed class WholeBody(RequestDelegate next, TimeProvider time)
{
    private const int PartBytes = 4096;

    public async Task InvokeAsync(HttpContext http)
    {
        // What is under no limit of ours, such as the calls of a Hub that shares the application, may be a stream.
        if (http.GetEndpoint()?.Metadata.GetMetadata<DisableRateLimitingAttribute>() is not null)
        {
            await next(http);
            return;
        }

        using var late = new CancellationTokenSource(Limits.BodyPatience, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(late.Token, http.RequestAborted);
        try
        {
            if (await ReadAsync(http.Request.Body, ended.Token) is not { } body)
            {
                http.Response.StatusCode = StatusCodes.Status413PayloadTooLarge;
                return;
            }

            http.Request.Body = body;
        }
        catch (OperationCanceledException) when (late.IsCancellationRequested)
        {
            http.Response.StatusCode = StatusCodes.Status408RequestTimeout;
            return;
        }

        await next(http);
    }

    private static async Task<MemoryStream?> ReadAsync(Stream sent, CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        var part = new byte[PartBytes];
        while (await sent.ReadAsync(part, cancellationToken) is > 0 and var length)
        {
            if (body.Length + length > Limits.RequestBytesMax)
            {
                return null;
            }

            body.Write(part, 0, length);
        }

        body.Position = 0;
        return body;
    }
}
