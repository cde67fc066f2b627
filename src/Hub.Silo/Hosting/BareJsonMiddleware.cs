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
            await (await RefuseAsync(context.Request, rpc) is { } refusal
                ? WriteAsync(context.Response, Statuses.From(refusal)) : AnswerAsync(context));
        }
        else if (context.Request.Path.StartsWithSegments("/v1", StringComparison.Ordinal))
        {
            await AnswerNobodyAsync(context);
        }
        else
        {
            await next(context);
        }
    }

    // Nothing but RPCs lives below /v1, and whoever shares the application is not to answer for them.
    private static async Task AnswerNobodyAsync(HttpContext context)
    {
        context.Response.StatusCode = StatusCodes.Status404NotFound;
        if (context.GetEndpoint()?.RequestDelegate is { } wrongMethod)
        {
            // Routing's own answer: it sets the status and tells the methods that there are.
            await wrongMethod(context);
        }

        await WriteAsync(context.Response, Statuses.From(new Refusal(ErrorReason.Unimplemented, Nobody)));
    }

    /// <summary>Why query and body are no message of this RPC; null if they are one.</summary>
    private static async Task<Refusal?> RefuseAsync(HttpRequest request, GrpcJsonTranscodingMetadata rpc)
    {
        var rule = HttpRuleShape.Of(rpc.HttpRule);
        var type = rpc.MethodDescriptor.InputType;
        if (JsonShape.InQuery(request.Query, type, rule).ToList() is { Count: > 0 } misplaced)
        {
            return Malformed(misplaced);
        }

        if (!rule.HasBody)
        {
            return null;
        }

        if (!request.HasJsonContentType())
        {
            return Malformed([new("content-type", "The body of this RPC is JSON.", "Send the header content-type: application/json with it.")]);
        }

        if (await ReadAsync(request.Body, request.HttpContext.RequestAborted) is not { } body)
        {
            return new Refusal(ErrorReason.MessageTooLarge, $"The message is larger than {HubHosting.MessageBytesMax} bytes. Send less at once.");
        }

        request.Body = body;
        return JsonShape.InBody(Encoding.UTF8.GetString(body.GetBuffer(), 0, (int)body.Length), type) is { Count: > 0 } places ? Malformed(places) : null;
    }

    private static Refusal Malformed(IReadOnlyList<Violation> places) =>
        new(ErrorReason.MessageMalformed, $"The message is not one of this RPC, see /openapi/v1.json. {places[0].Field}: {places[0].Description}")
        {
            Violations = places,
        };

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
