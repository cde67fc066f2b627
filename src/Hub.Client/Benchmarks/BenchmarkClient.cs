using Hub.Transparency;
using static Hub.V1.BenchmarkService;

namespace Hub.Client;

/// <summary>
/// What was published, as far as the caller may read it, where the caller stands in it, and the proof that its own submission was there
/// when it was computed. Scope <c>hub.read</c>.
/// </summary>
public sealed class BenchmarkClient
{
    private const string AllCollections = "instruments/-/periods/-";
    private readonly BenchmarkServiceClient rpc;
    private readonly HubCalls calls;
    private readonly WatchStream watch;
    private readonly ContributionProof proof;

    internal BenchmarkClient(BenchmarkServiceClient rpc, HubCalls calls, WatchStream watch, ContributionProof proof) =>
        (this.rpc, this.calls, this.watch, this.proof) = (rpc, calls, watch, proof);

    /// <summary>The published releases without their benchmarks, by collection and edition. Fetched page by page as they are read.</summary>
    /// <param name="collection"><c>instruments/{instrument}/periods/{period}</c>, with <c>-</c> for any; all unless given.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public IAsyncEnumerable<Release> ListReleasesAsync(string collection = AllCollections, CancellationToken cancellationToken = default) =>
        Paging.ReadAsync(async (page, token) =>
        {
            var request = new V1.ListReleasesRequest { Parent = collection, PageToken = page };
            var answer = await calls.CallAsync(rpc.ListReleasesAsync, request, token).ConfigureAwait(false);
            return new Page<Release>(answer.Releases.Select(ReleaseMapping.ToRelease), answer.NextPageToken);
        }, cancellationToken);

    /// <summary>One release with what the caller may read of its benchmarks.</summary>
    /// <param name="name"><c>{collection}/releases/{edition}</c>, or <c>{collection}/releases/latest</c></param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused (one that is not open yet does not exist), or did not answer.</exception>
    public async Task<Release> GetReleaseAsync(string name, CancellationToken cancellationToken = default)
    {
        var request = new V1.GetReleaseRequest { Name = name };
        var answer = await calls.CallAsync(rpc.GetReleaseAsync, request, cancellationToken).ConfigureAwait(false);
        return ReleaseMapping.ToRelease(answer.Release);
    }

    /// <summary>The figures of one indicator in one group.</summary>
    /// <param name="release"><c>{collection}/releases/{edition}</c>, or <c>{collection}/releases/latest</c></param>
    /// <param name="indicator">Its code, or its full name.</param>
    /// <param name="group"><c>groups/{group}</c>, with or without its version. If it was joined, the answer is of <c>groups/other</c>.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public async Task<PublishedBenchmark> GetBenchmarkAsync(
        string release, string indicator, string group = "groups/all", CancellationToken cancellationToken = default)
    {
        var request = new V1.GetBenchmarkRequest { Name = NameOf(release, indicator, group) };
        var answer = await calls.CallAsync(rpc.GetBenchmarkAsync, request, cancellationToken).ConfigureAwait(false);
        return new PublishedBenchmark(BenchmarkMapping.ToBenchmark(answer.Benchmark), ReleaseMapping.ToRelease(answer.Release));
    }

    /// <summary>Where the caller's own figure, in the version that is in the edition, lies in a group.</summary>
    /// <param name="release"><c>{collection}/releases/{edition}</c>, or <c>{collection}/releases/latest</c></param>
    /// <param name="indicator">Its code, or its full name.</param>
    /// <param name="group"><c>groups/{group}</c>, with or without its version.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public async Task<OwnStanding> GetStandingAsync(
        string release, string indicator, string group = "groups/all", CancellationToken cancellationToken = default)
    {
        var request = new V1.GetStandingRequest { Name = NameOf(release, indicator, group) };
        var answer = await calls.CallAsync(rpc.GetStandingAsync, request, cancellationToken).ConfigureAwait(false);
        return new OwnStanding(BenchmarkMapping.ToStanding(answer.Standing), BenchmarkMapping.ToBenchmark(answer.Benchmark));
    }

    /// <summary>
    /// Tells of each release that opens, or is withdrawn afterwards, within a second of it; without end. A stream that breaks is taken up
    /// again where it was.
    /// </summary>
    /// <param name="collection"><c>instruments/{instrument}/periods/{period}</c>, with <c>-</c> for any; all unless given.</param>
    /// <param name="after">The <see cref="ReleaseChange.Position"/> of the last change that is known; from the first release on unless given.</param>
    /// <param name="cancellationToken">Ends the watching.</param>
    /// <exception cref="HubException">The Hub refused, or cannot be reached.</exception>
    public IAsyncEnumerable<ReleaseChange> WatchAsync(
        string collection = AllCollections, string? after = null, CancellationToken cancellationToken = default) =>
        watch.ReadAsync(collection, after ?? "", cancellationToken);

    /// <summary>One release as CSV: what the caller may read of it.</summary>
    /// <param name="name"><c>{collection}/releases/{edition}</c>, or <c>{collection}/releases/latest</c></param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public async Task<ReleaseExport> ExportReleaseAsync(string name, CancellationToken cancellationToken = default)
    {
        var request = new V1.ExportReleaseRequest { Name = name };
        var answer = await calls.CallAsync(rpc.ExportReleaseAsync, request, cancellationToken).ConfigureAwait(false);
        return new ReleaseExport(answer.FileName, answer.Csv);
    }

    /// <summary>
    /// Proves that the caller's own submission was in the log when a release was computed: the release's checkpoint is signed by the pinned
    /// key and continues what was seen of the log, the receipt's entry is before the release's fence, and it is in the checkpoint's tree.
    /// </summary>
    /// <param name="release">The release.</param>
    /// <param name="receipt">Of a submission or correction of the caller in the release's collection.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <returns>The verified checkpoint.</returns>
    /// <exception cref="ReceiptRefusedException">It is not proved; the message says what fails.</exception>
    /// <exception cref="LogInconsistentException">The log's history does not hold.</exception>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public Task<Checkpoint> ProveContributionAsync(Release release, VerifiedReceipt receipt, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(release);
        ArgumentNullException.ThrowIfNull(receipt);
        return proof.ProveAsync(release, receipt, cancellationToken);
    }

    private static string NameOf(string release, string indicator, string group) =>
        $"{release}/indicators/{EntryPayload.CodeOf(indicator)}/{group}";
}
