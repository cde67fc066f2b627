using System.Threading.RateLimiting;

namespace Hub.Silo.Access;

/// <summary>What one caller (a person, a machine by its client, an address without a token) may have under way at once: calls, open streams, bytes.</summary>
internal sealed class Quotas : IDisposable
{
    private readonly PartitionedRateLimiter<string> calls = Concurrency(Limits.CallsInFlightMax);
    private readonly PartitionedRateLimiter<string> streams = Concurrency(Limits.StreamsMax);
    private readonly PartitionedRateLimiter<string> bytes = PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetTokenBucketLimiter(key, _ => new TokenBucketRateLimiterOptions
        {
            TokenLimit = Limits.BytesMax,
            TokensPerPeriod = Limits.BytesMax,
            ReplenishmentPeriod = Limits.BytesPeriod,
            QueueLimit = 0,
        }));

    /// <summary>A lease for one call, to be disposed at its end; or a refusal with the time to wait.</summary>
    public Decision<RateLimitLease> Enter(string caller, bool stream) =>
        Leased((stream ? streams : calls).AttemptAcquire(caller), stream ? "open streams" : "calls in flight");

    /// <summary>Counts the bytes of one message.</summary>
    public Refusal? Count(string caller, int size) =>
        Leased(bytes.AttemptAcquire(caller, Math.Min(size, Limits.BytesMax)), "bytes").Refusal;

    public void Dispose()
    {
        calls.Dispose();
        streams.Dispose();
        bytes.Dispose();
    }

    private static Decision<RateLimitLease> Leased(RateLimitLease lease, string what)
    {
        if (lease.IsAcquired)
        {
            return lease;
        }

        lease.Dispose();
        return new Refusal(ErrorReason.QuotaExceeded, $"Too many {what} of this caller. Wait for answers before you send more.")
        {
            RetryAfter = Limits.RetryAfter,
        };
    }

    private static PartitionedRateLimiter<string> Concurrency(int max) => PartitionedRateLimiter.Create<string, string>(key =>
        RateLimitPartition.GetConcurrencyLimiter(key, _ => new ConcurrencyLimiterOptions { PermitLimit = max, QueueLimit = 0 }));
}
