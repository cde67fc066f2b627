using System.Runtime.CompilerServices;
using Grpc.Core;
using static Hub.V1.BenchmarkService;

namespace Hub.Client;

/// <summary>Watching without end over streams that do end: each next one goes on after the last change that was told.</summary>
internal sealed class WatchStream(BenchmarkServiceClient rpc, HubCalls calls, CallPipeline pipeline, TimeProvider time)
{
    // A Hub that ends each stream at once must not be asked without pause.
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    // A stream that stood so long was a good one: that it breaks says nothing of the next.
    private static readonly TimeSpan GoodStream = TimeSpan.FromSeconds(30);

    public async IAsyncEnumerable<ReleaseChange> ReadAsync(
        string collection, string after, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        while (true)
        {
            using var call = await OpenAsync(collection, after, cancellationToken).ConfigureAwait(false);
            for (var isThere = call is not null; isThere; isThere = await IsNextThereAsync(call, cancellationToken).ConfigureAwait(false))
            {
                var change = BenchmarkMapping.ToChange(call!.ResponseStream.Current);
                after = change.Position;
                yield return change;
            }

            await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>A stream with its first message there; null if it ended without one.</summary>
    private async Task<AsyncServerStreamingCall<V1.WatchReleasesResponse>?> OpenAsync(
        string collection, string after, CancellationToken cancellationToken)
    {
        var request = new V1.WatchReleasesRequest { Parent = collection, AfterPosition = after };
        AsyncServerStreamingCall<V1.WatchReleasesResponse>? opened = null;
        await pipeline.ExecuteLastingAsync(
            async token => opened = await calls.WithTokenAsync((bearer, _) => OpenAsync(request, bearer, cancellationToken), token).ConfigureAwait(false),
            cancellationToken).ConfigureAwait(false);
        return opened;
    }

    private async Task<AsyncServerStreamingCall<V1.WatchReleasesResponse>?> OpenAsync(
        V1.WatchReleasesRequest request, string token, CancellationToken cancellationToken)
    {
        var begun = time.GetTimestamp();
        var call = rpc.WatchReleases(request, new CallOptions(HubCalls.Bearer(token), cancellationToken: cancellationToken));
        try
        {
            if (await call.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false)) return call;
        }
        catch (RpcException e)
        {
            call.Dispose();
            cancellationToken.ThrowIfCancellationRequested();
            var failure = calls.ToException(e);
            return failure.IsTransient && time.GetElapsedTime(begun) > GoodStream ? null : throw failure;
        }

        call.Dispose();
        return null;
    }

    private async Task<bool> IsNextThereAsync(AsyncServerStreamingCall<V1.WatchReleasesResponse>? call, CancellationToken cancellationToken)
    {
        try
        {
            return await call!.ResponseStream.MoveNext(cancellationToken).ConfigureAwait(false);
        }
        catch (RpcException e)
        {
            cancellationToken.ThrowIfCancellationRequested();
            // A stream that told something has served; whether the Hub is there is learnt by opening the next.
            var failure = calls.ToException(e);
            return failure.IsTransient ? false : throw failure;
        }
    }
}
