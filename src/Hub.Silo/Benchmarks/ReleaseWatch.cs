using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Hub.Silo.Access;
using Hub.Silo.Registry;
using Hub.Silo.Releases;
using Hub.V1;

namespace Hub.Silo.Benchmarks;

/// <summary>Tells a watcher of what opens and what is taken back, until he goes, the silo stops, he is suspended, or his time is over.</summary>
internal sealed class ReleaseWatch(OpenReleases open, CurrentRegistry registry, IHostApplicationLifetime lifetime, TimeProvider time)
{
    public async Task RunAsync(WatchReleasesRequest request, IServerStreamWriter<WatchReleasesResponse> responses, ServerCallContext context)
    {
        var isMeant = ReleaseMapping.ToFilter(request.Parent).OrThrow();
        var told = WatchPosition.Read(request.AfterPosition, request.Parent).OrThrow();
        using var over = new CancellationTokenSource(Limits.WatchMax, time);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken, lifetime.ApplicationStopping, over.Token);
        try
        {
            while (!IsSuspended(context.Caller()))
            {
                var shelf = open.Now();
                foreach (var moment in told.Untold(ReleaseMoment.Of(shelf).Where(moment => isMeant(moment.Release.Name))))
                {
                    told = told.After(moment);
                    await responses.WriteAsync(ToProto(moment, told.Write(request.Parent)), ended.Token);
                }

                await open.WaitAsync(shelf, ended.Token);
            }
        }
        catch (OperationCanceledException) when (!context.CancellationToken.IsCancellationRequested)
        {
            // The stream ends as a stream does, and the watcher takes it up again elsewhere or later.
        }
    }

    private bool IsSuspended(Caller caller) => caller.Administration is { } code && registry.Find(code) is { IsSuspended: true };

    private static WatchReleasesResponse ToProto(ReleaseMoment moment, string position) => new()
    {
        Position = position,
        Event = moment.Event,
        Release = BenchmarkMapping.ToProto(moment.Release),
        EventTime = moment.Time.ToTimestamp(),
    };
}
