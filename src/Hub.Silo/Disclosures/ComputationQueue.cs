using System.Collections.Concurrent;
using System.Threading.Channels;
using Hub.Silo.Ledger;

namespace Hub.Silo.Disclosures;

/// <summary>
/// Works off the releases that were asked for, one after the other. What is in it is only a reminder: the ledger says what is
/// unfinished, and a start resumes that.
/// </summary>
internal sealed partial class ComputationQueue(
    ILedger ledger, IGrainFactory grains, ComputationThread thread, TimeProvider time, ILogger<ComputationQueue> logger)
    : BackgroundService, IHostedLifecycleService
{
    private readonly Channel<ReleaseName> waiting = Channel.CreateBounded<ReleaseName>(Limits.QueueLength);
    private readonly ConcurrentDictionary<ReleaseName, bool> known = [];

    /// <summary>False when the queue is full: the release stays unfinished in the ledger until the next call resumes it.</summary>
    public bool TryEnqueue(ReleaseName release)
    {
        if (!known.TryAdd(release, true))
        {
            return true;
        }

        if (waiting.Writer.TryWrite(release))
        {
            return true;
        }

        known.TryRemove(release, out _);
        return false;
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Ends before anything else stops: a conclusion still under way needs the cluster. What is left, the next start resumes.</summary>
    public Task StoppingAsync(CancellationToken cancellationToken) => StopAsync(cancellationToken);

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await foreach (var release in waiting.Reader.ReadAllAsync(stoppingToken))
            {
                known.TryRemove(release, out _);
                await TryComputeAsync(release, stoppingToken);
            }
        }
        catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
        {
            // The host does not take this for an end while it is only about to stop.
        }
    }

    private async Task TryComputeAsync(ReleaseName release, CancellationToken cancellationToken)
    {
        var delay = Limits.RetryDelay;
        for (var attempt = 1; attempt <= Limits.AttemptsMax; attempt++, delay *= 2)
        {
            try
            {
                await ComputeAsync(release, cancellationToken);
                return;
            }
            catch (Exception e) when (e is not OperationCanceledException || !cancellationToken.IsCancellationRequested)
            {
                LogFailed(logger, release, attempt, e);
                await Task.Delay(delay, time, cancellationToken);
            }
        }

        LogGivenUp(logger, release, Limits.AttemptsMax);
    }

    // The audit's own version is the expected version: if something else was shown meanwhile, all is read and audited again.
    private async Task ComputeAsync(ReleaseName release, CancellationToken cancellationToken)
    {
        var isConcluded = false;
        while (!isConcluded && await ComputationInput.ReadAsync(ledger, release, cancellationToken) is { } input)
        {
            var entry = await thread.RunAsync(() => DisclosureEntries.ToEntry(Compute(input, cancellationToken)));
            var conclusion = new ConcludeCommand(release, input.Memory.Version, entry.Kind, entry.Payload.ToArray());
            isConcluded = await grains.GetGrain<IDisclosureGrain>(release.Instrument).ConcludeAsync(conclusion);
        }
    }

    // The computation is pure: what failed once fails again, so the fault is told instead of tried for ever.
    private DisclosureEvent Compute(ComputationInput input, CancellationToken cancellationToken)
    {
        try
        {
            return ComputationRules.Compute(input, cancellationToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var correlationId = Guid.NewGuid().ToString("N");
            // Without the exception's text, which could hold a figure.
            LogFault(logger, input.Computation.Release, correlationId, e.GetType().Name, e.StackTrace);
            var violation = new Violation("release", "The computation failed by a fault of the Hub.", $"Tell its operator the correlation id {correlationId}.");
            return new Refused(input.Computation.Release.ToString(), [violation]);
        }
    }

    [LoggerMessage(LogLevel.Error, "The computation of {Release} has a fault, {CorrelationId}: {Fault} {Place}")]
    private static partial void LogFault(ILogger logger, ReleaseName release, string correlationId, string fault, string? place);

    [LoggerMessage(LogLevel.Error, "The computation of {Release} was given up after {Attempts} attempts. The next proposal or start resumes it.")]
    private static partial void LogGivenUp(ILogger logger, ReleaseName release, int attempts);

    [LoggerMessage(LogLevel.Warning, "The computation of {Release} could not be done in attempt {Attempt}.")]
    private static partial void LogFailed(ILogger logger, ReleaseName release, int attempt, Exception reason);
}
