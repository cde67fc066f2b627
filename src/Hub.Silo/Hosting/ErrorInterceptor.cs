using Grpc.Core;
using Grpc.Core.Interceptors;
using Hub.Silo.Ledger;
using Orleans.Runtime;

namespace Hub.Silo.Hosting;

/// <summary>The outermost interceptor: every failure leaves as a google.rpc.Status with details, and a driver's text never does.</summary>
internal sealed partial class ErrorInterceptor(ILogger<ErrorInterceptor> log) : Interceptor
{
    private static readonly TimeSpan RetryAfter = TimeSpan.FromSeconds(1);

    public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
        TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            return await continuation(request, context);
        }
        catch (Exception e)
        {
            throw Answer(e, context);
        }
    }

    public override async Task ServerStreamingServerHandler<TRequest, TResponse>(
        TRequest request, IServerStreamWriter<TResponse> responses, ServerCallContext context, ServerStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(request, responses, context);
        }
        catch (Exception e)
        {
            throw Answer(e, context);
        }
    }

    public override async Task DuplexStreamingServerHandler<TRequest, TResponse>(
        IAsyncStreamReader<TRequest> requests, IServerStreamWriter<TResponse> responses, ServerCallContext context, DuplexStreamingServerMethod<TRequest, TResponse> continuation)
    {
        try
        {
            await continuation(requests, responses, context);
        }
        catch (Exception e)
        {
            throw Answer(e, context);
        }
    }

    private RpcException Answer(Exception exception, ServerCallContext context) => exception switch
    {
        RpcException already => already,
        _ when context.CancellationToken.IsCancellationRequested => Cancelled(context),
        _ => Statuses.From(Refuse(exception, context.Method)).ToRpcException(),
    };

    /// <summary>The refusal that stands for an exception, for those who answer within a stream.</summary>
    internal Refusal Refuse(Exception exception, string method)
    {
        switch (exception)
        {
            case HubException known:
                return known.Refusal;
            case LedgerUnavailableException or OrleansMessageRejectionException or SiloUnavailableException or TimeoutException:
                LogPassing(log, method, exception);
                return new Refusal(ErrorReason.LedgerUnavailable, "The Hub could not confirm this act in time. Repeat it with the same request_id.")
                {
                    RetryAfter = RetryAfter,
                };
            default:
                var correlationId = Guid.NewGuid().ToString("N");
                LogUnexpected(log, method, correlationId, exception);
                return new Refusal(ErrorReason.Internal, $"A fault of the Hub. Tell its operator the correlation id {correlationId}.")
                {
                    Metadata = new Dictionary<string, string> { ["correlation_id"] = correlationId },
                };
        }
    }

    private static RpcException Cancelled(ServerCallContext context) => context.Deadline < DateTime.MaxValue
        ? Statuses.From(new Refusal(ErrorReason.DeadlineExceeded, "The call took longer than its deadline. Repeat it with the same request_id.")).ToRpcException()
        : new RpcException(new Status(StatusCode.Cancelled, "The caller cancelled the call."));

    [LoggerMessage(Level = LogLevel.Warning, Message = "{Method} met a passing fault.")]
    private static partial void LogPassing(ILogger logger, string method, Exception exception);

    [LoggerMessage(Level = LogLevel.Error, Message = "{Method} failed unexpectedly; correlation id {CorrelationId}.")]
    private static partial void LogUnexpected(ILogger logger, string method, string correlationId, Exception exception);
}
