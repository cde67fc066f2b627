using Grpc.Core;
using Hub.Silo.Access;
using Hub.Silo.Hosting;
using Hub.Silo.Releases;
using Hub.V1;

namespace Hub.Silo.Benchmarks;

/// <summary>The gRPC face of what was published. It asks what is open, and who reads; the answers are there already.</summary>
internal sealed class BenchmarkService(PublishedEditions editions, OpenReleases open, ReleaseWatch watch) : V1.BenchmarkService.BenchmarkServiceBase
{
    public override Task<ListReleasesResponse> ListReleases(ListReleasesRequest request, ServerCallContext context)
    {
        var isMeant = ReleaseMapping.ToFilter(request.Parent).OrThrow();
        var page = Paging.Take(request, [.. open.Now().Releases.Where(r => isMeant(r.Name))], r => r.Name.Key).OrThrow();
        return Task.FromResult(new ListReleasesResponse
        {
            Releases = { page.Items.Select(release => BenchmarkMapping.ToProto(release)) },
            NextPageToken = page.NextPageToken,
        });
    }

    public override async Task<GetReleaseResponse> GetRelease(GetReleaseRequest request, ServerCallContext context) =>
        (await ReadReleaseAsync(request, context)).Message;

    public override async Task<GetBenchmarkResponse> GetBenchmark(GetBenchmarkRequest request, ServerCallContext context) =>
        (await ReadBenchmarkAsync(request, context)).Message;

    public override async Task<ExportReleaseResponse> ExportRelease(ExportReleaseRequest request, ServerCallContext context) =>
        (await ReadExportAsync(request, context)).Message;

    public async ValueTask<Prepared<GetReleaseResponse>> ReadReleaseAsync(GetReleaseRequest request, ServerCallContext context)
    {
        var edition = editions.Find(EditionName.Parse(request.Name)).OrThrow();
        return edition.GetRelease(await ReaderAsync(edition, context));
    }

    public async ValueTask<Prepared<GetBenchmarkResponse>> ReadBenchmarkAsync(GetBenchmarkRequest request, ServerCallContext context)
    {
        var (name, edition) = Find(request.Name);
        return edition.GetBenchmark(name, await ReaderAsync(edition, context)) ?? throw NoBenchmark();
    }

    public override async Task<GetStandingResponse> GetStanding(GetStandingRequest request, ServerCallContext context)
    {
        var (name, edition) = Find(request.Name);
        var reader = await ReaderAsync(edition, context);
        var (indicator, _) = edition.Find(name) ?? throw NoBenchmark();
        var benchmark = edition.GetBenchmark(name, reader)!.Message.Benchmark;
        var own = reader.Own ?? OwnContribution.None;
        var standing = Privacy.Standing.Of(indicator, name.Group, own.Values.TryGetValue(name.Indicator, out var value) ? value : null);
        return new GetStandingResponse
        {
            Standing = StandingMapping.ToProto(standing, own, benchmark.Name, (Catalogue.Polarity)benchmark.Polarity),
            Benchmark = benchmark,
        };
    }

    public override Task WatchReleases(
        WatchReleasesRequest request, IServerStreamWriter<WatchReleasesResponse> responseStream, ServerCallContext context) =>
        watch.RunAsync(request, responseStream, context);

    public async ValueTask<Prepared<ExportReleaseResponse>> ReadExportAsync(ExportReleaseRequest request, ServerCallContext context)
    {
        var edition = Shown(editions.Find(EditionName.Parse(request.Name)).OrThrow());
        return edition.Export(await ReaderAsync(edition, context));
    }

    private (BenchmarkName Name, PublishedEdition Edition) Find(string text)
    {
        var name = BenchmarkName.Parse(text);
        var edition = Shown(editions.Find(name?.Edition).OrThrow());
        return (name!.Value, edition);
    }

    private ValueTask<Reader> ReaderAsync(PublishedEdition edition, ServerCallContext context) =>
        editions.ReaderAsync(context.Caller(), edition, context.CancellationToken);

    private static PublishedEdition Shown(PublishedEdition edition) => edition.Release.Status != ReleaseStatus.Withdrawn ? edition
        : throw new HubException(new Refusal(ErrorReason.ReleaseState, "The release was withdrawn; GetRelease tells why.")
        {
            Metadata = new Dictionary<string, string> { ["state"] = "WITHDRAWN" },
        });

    private static HubException NoBenchmark() => new(Refusal.NotFound("such benchmark"));
}
