using System.Text;
using Google.Protobuf;
using Google.Protobuf.Reflection;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using HttpRequest = Microsoft.AspNetCore.Http.HttpRequest;
using HttpResponse = Microsoft.AspNetCore.Http.HttpResponse;
using Status = Google.Rpc.Status;

namespace Hub.Silo.Hosting;

/// <summary>
/// Gives JSON errors that are made before any interceptor runs the shape of all others, and reads a body more strictly than
/// the transcoding does: it passes over a field that it does not know, such as a misspelt `disclosure`.
/// </summary>
internal sealed class BareJsonMiddleware(RequestDelegate next)
{
    /// <summary>The types in the details of an error, which JSON spells out.</summary>
    public static readonly TypeRegistry ErrorDetails = TypeRegistry.FromMessages(ErrorInfo.Descriptor, BadRequest.Descriptor, RetryInfo.Descriptor);

    private static readonly JsonFormatter Formatter = new(new JsonFormatter.Settings(formatDefaultValues: true, ErrorDetails));
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default.WithTypeRegistry(ErrorDetails));
    private const int PartBytes = 16 * 1024;
    private const string Nobody = "There is no RPC at this address with this method. The addresses are in /openapi/v1.json.";

    public async Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<GrpcJsonTranscodingMetadata>() is { } rpc)
        {
            await (await RefuseAsync(context.Request, rpc.MethodDescriptor.InputType) is { } refusal
                ? WriteAsync(context.Response, Statuses.From(refusal)) : AnswerAsync(context));
            return;
        }

        await next(context);
        if (context.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal) && context.Response is { HasStarted: false, StatusCode: 404 or 405 } nobody)
        {
            await WriteAsync(nobody, Statuses.From(new Refusal(ErrorReason.Unimplemented, Nobody)));
        }
    }

    /// <summary>Why the body is no message of this type; null if it is one, or if there is none.</summary>
    private static async Task<Refusal?> RefuseAsync(HttpRequest request, MessageDescriptor type)
    {
        if (!request.HasJsonContentType())
        {
            return null;
        }

        if (await ReadAsync(request.Body, request.HttpContext.RequestAborted) is not { } body)
        {
            return new Refusal(ErrorReason.MessageTooLarge, $"The message is larger than {HubHosting.MessageBytesMax} bytes. Send less at once.");
        }

        request.Body = body;
        try
        {
            Parser.Parse(Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length), type);
            return null;
        }
        catch (IOException)
        {
            // Its text quotes what was sent.
            return Statuses.Malformed;
        }
    }

    // Who calls is not known yet: memory is taken for what has come, not for what may come.
    private static async Task<MemoryStream?> ReadAsync(Stream sent, CancellationToken cancellationToken)
    {
        var body = new MemoryStream();
        var part = new byte[PartBytes];
        while (await sent.ReadAsync(part, cancellationToken) is > 0 and var length)
        {
            if (body.Length + length > HubHosting.MessageBytesMax)
            {
                return null;
            }

            body.Write(part, 0, length);
        }

        body.Position = 0;
        return body;
    }

    private async Task AnswerAsync(HttpContext context)
    {
        var sent = context.Response.Body;
        using var held = new HeldError(context.Response, sent);
        context.Response.Body = held;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = sent;
        }

        if (held.Length > 0)
        {
            var bare = Parser.Parse<Status>(Encoding.UTF8.GetString(held.ToArray()));
            await WriteAsync(context.Response, bare.Details.Count > 0 ? bare : Statuses.OfBare((StatusCode)bare.Code, bare.Message) ?? bare);
        }
    }

    private static Task WriteAsync(HttpResponse response, Status status)
    {
        response.ContentType = "application/json; charset=utf-8";
        response.StatusCode = (StatusCode)status.Code switch
        {
            StatusCode.InvalidArgument => StatusCodes.Status400BadRequest,
            StatusCode.ResourceExhausted => StatusCodes.Status429TooManyRequests,
            _ => response.StatusCode,
        };
        return response.WriteAsync(Formatter.Format(status));
    }

    /// <summary>Passes an answer on as it is written; an error it keeps until it is whole.</summary>
    private sealed class HeldError(HttpResponse response, Stream sent) : MemoryStream
    {
        private bool IsError => response is { HasStarted: false, StatusCode: >= StatusCodes.Status400BadRequest };

        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) =>
            IsError ? base.WriteAsync(buffer, cancellationToken) : sent.WriteAsync(buffer, cancellationToken);

        public override Task WriteAsync(byte[] buffer, int offset, int count, CancellationToken cancellationToken) =>
            WriteAsync(buffer.AsMemory(offset, count), cancellationToken).AsTask();

        public override Task FlushAsync(CancellationToken cancellationToken) =>
            IsError ? Task.CompletedTask : sent.FlushAsync(cancellationToken);
    }
}
