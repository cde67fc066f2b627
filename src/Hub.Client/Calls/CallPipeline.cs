using System.Security.Cryptography;
using Grpc.Core;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;
using Polly.Timeout;

namespace Hub.Client;

/// <summary>
/// How a call lives through faults: one deadline over all, repetitions with growing and spread delays where repeating is safe, and one
/// circuit breaker for the whole channel.
/// </summary>
internal sealed partial class CallPipeline
{
    /// <summary>Repetitions of one call, at most.</summary>
    public const int RetriesMax = 6;

    private static readonly TimeSpan DelayFirst = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan DelayMax = TimeSpan.FromSeconds(5);
    private static readonly ResiliencePropertyKey<DateTimeOffset> StopAt = new("hub.stop-at");

    private readonly TimeProvider time;
    private readonly TimeSpan deadline;
    private readonly ResiliencePipeline repeated;
    private readonly ResiliencePipeline once;
    private readonly ResiliencePipeline lasting;
    private readonly ILogger logger;

    public CallPipeline(HubClientOptions options, ILogger<CallPipeline> logger)
    {
        (time, deadline, this.logger) = (options.TimeProvider, options.Deadline, logger);
        var breaker = New().AddCircuitBreaker(Breaker()).Build();
        var timeout = new TimeoutStrategyOptions { Timeout = deadline };
        var retry = Retry(options.Randomness);
        repeated = New().AddTimeout(timeout).AddRetry(retry).AddPipeline(breaker).Build();
        once = New().AddTimeout(timeout).AddPipeline(breaker).Build();
        lasting = New().AddRetry(retry).AddPipeline(breaker).Build();
    }

    /// <summary>Randomness unless the options name another: safe for several threads.</summary>
    public static double Random() => RandomNumberGenerator.GetInt32(1 << 30) / (double)(1 << 30);

    /// <summary>Runs a call within the deadline; attempts are repeated only if that is safe.</summary>
    public async Task<T> ExecuteAsync<T>(bool safeToRepeat, Func<CancellationToken, Task<T>> attempt, CancellationToken cancellationToken)
    {
        HubException? last = null;
        try
        {
            return await RunAsync(safeToRepeat ? repeated : once, time.GetUtcNow() + deadline, attempt, e => last = e, cancellationToken)
                .ConfigureAwait(false);
        }
        catch (TimeoutRejectedException e)
        {
            throw new HubException($"The call took longer than its deadline of {deadline}.", StatusCode.DeadlineExceeded, last ?? (Exception)e);
        }
    }

    /// <summary>Opens, and opens again, something that lasts longer than any deadline.</summary>
    public Task ExecuteLastingAsync(Func<CancellationToken, Task> attempt, CancellationToken cancellationToken) =>
        RunAsync(lasting, DateTimeOffset.MaxValue, async token =>
        {
            await attempt(token).ConfigureAwait(false);
            return true;
        }, _ => { }, cancellationToken);

    private static async Task<T> RunAsync<T>(
        ResiliencePipeline pipeline, DateTimeOffset stopAt, Func<CancellationToken, Task<T>> attempt, Action<HubException> failed,
        CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(continueOnCapturedContext: false, cancellationToken);
        context.Properties.Set(StopAt, stopAt);
        try
        {
            return await pipeline.ExecuteAsync(async inner =>
            {
                try
                {
                    return await attempt(inner.CancellationToken).ConfigureAwait(false);
                }
                catch (HubException e)
                {
                    failed(e);
                    throw;
                }
            }, context).ConfigureAwait(false);
        }
        catch (BrokenCircuitException e)
        {
            throw new HubException(
                "The Hub did not answer several times in a row; for a moment it is not asked again.", StatusCode.Unavailable, e)
            {
                RetryAfter = e.RetryAfter,
            };
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private ResiliencePipelineBuilder New() => new() { TimeProvider = time };

    private static CircuitBreakerStrategyOptions Breaker() => new()
    {
        ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is HubException e && IsOutage(e)),
        FailureRatio = 0.5,
        MinimumThroughput = 10,
        SamplingDuration = TimeSpan.FromSeconds(30),
        BreakDuration = TimeSpan.FromSeconds(5),
    };

    private RetryStrategyOptions Retry(Func<double> randomness) => new()
    {
        ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is HubException e && IsWorthRepeating(e, args.Context)),
        MaxRetryAttempts = RetriesMax,
        BackoffType = DelayBackoffType.Exponential,
        UseJitter = true,
        Delay = DelayFirst,
        MaxDelay = DelayMax,
        Randomizer = randomness,
        DelayGenerator = args => ValueTask.FromResult((args.Outcome.Exception as HubException)?.RetryAfter),
        OnRetry = args =>
        {
            LogRetry(logger, args.AttemptNumber + 1, (args.Outcome.Exception as HubException)?.StatusCode, args.RetryDelay);
            return ValueTask.CompletedTask;
        },
    };

    // The issuer's failures have repetitions of their own, and say nothing of the Hub.
    private static bool IsOutage(HubException e) =>
        e is not TokenException && (e.IsLostReply || e.StatusCode is StatusCode.Unavailable or StatusCode.DeadlineExceeded);

    // Told to wait beyond the deadline, the caller learns so at once.
    private bool IsWorthRepeating(HubException e, ResilienceContext context) =>
        e.IsTransient && e is not TokenException &&
        (e.RetryAfter ?? TimeSpan.Zero) < context.Properties.GetValue(StopAt, DateTimeOffset.MaxValue) - time.GetUtcNow();

    [LoggerMessage(LogLevel.Information, "Repetition {Attempt} after {Status}, in {Delay}.")]
    private static partial void LogRetry(ILogger logger, int attempt, StatusCode? status, TimeSpan delay);
}
