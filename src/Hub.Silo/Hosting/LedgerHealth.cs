using Hub.Silo.Ledger;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hub.Silo.Hosting;

/// <summary>A silo that has lost touch with the ledger is not ready: it still serves what is published, and changes nothing.</summary>
internal sealed class LedgerHealth(ILedgerTail tail) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(tail.IsFresh ? HealthCheckResult.Healthy() : HealthCheckResult.Unhealthy("The ledger was not read for two seconds."));
}
