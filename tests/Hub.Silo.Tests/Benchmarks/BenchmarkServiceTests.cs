using Grpc.Core;
using Grpc.Net.Client;
using Hub.Silo.Access;
using Hub.Silo.Benchmarks;
using Hub.Silo.Tests.Releases;
using Hub.V1;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hub.Silo.Tests.Benchmarks;

/// <summary>24 of 26 members contribute: 13 of region A, 11 of region B. M25 does not.</summary>
public sealed class BenchmarkServiceTests : IAsyncLifetime
{
    private const string Latest = $"{ReleaseSite.Collection}/releases/latest";
    private static readonly decimal[] Spread = [.. Enumerable.Range(0, 24).Select(i => 2m + (i * 4m))];

    private ReleaseSite site = null!;
    private GrpcChannel channel = null!;
    private IReadOnlyList<Submission> submissions = null!;

    private V1.BenchmarkService.BenchmarkServiceClient Benchmarks => new(channel);

    private CallOptions Partner => ReleaseSite.Bearer(site.Hub.MachineToken("partner", null, Scopes.Read));

    public async ValueTask InitializeAsync()
    {
        site = await ReleaseSite.StartAsync(26);
        submissions = await site.SubmitAsync(Spread);
        await site.CloseAsync();
        await site.PublishAsync();
        channel = site.Hub.Channel();
    }

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await site.DisposeAsync();
    }

    [Fact]
    public async Task GetBenchmark_ByAudience_ShowsToEachWhatThePlanSays()
    {
        var contributor = await GetAsync("groups/all", site.AsMember(0));
        var member = await GetAsync("groups/all", site.AsMember(25));
        var partner = await GetAsync("groups/all", Partner);
        var unknown = await GetAsync("groups/all", ReleaseSite.Bearer(site.Hub.MachineToken("x", "ZZ", Scopes.Read)));

        Assert.Equal(("48.00", "Value"), (Find(contributor, Statistic.Mean).Value.Value.Value, Find(contributor, Statistic.Median).ContentCase.ToString()));
        Assert.Equal(WithheldReason.Audience, Find(member, Statistic.Median).WithheldReason);
        Assert.Equal("48.00", Find(partner, Statistic.Mean).Value.Value.Value);
        Assert.Equal(partner, unknown);
        // Of the region the mean is for members, and a partner is not told even whether there is one.
        Assert.Equal(Figure.ContentOneofCase.Value, Find(await GetAsync("groups/region.A@1", site.AsMember(25)), Statistic.Mean).ContentCase);
        Assert.Equal(WithheldReason.Audience, Find(await GetAsync("groups/region.A", Partner), Statistic.Mean).WithheldReason);
    }

    [Fact]
    public async Task GetRelease_ByAudience_IsTheSameFiguresAsOneByOneAndMadeOnce()
    {
        var whole = await Benchmarks.GetReleaseAsync(new GetReleaseRequest { Name = Latest }, site.AsMember(3));

        foreach (var benchmark in whole.Release.Benchmarks)
        {
            Assert.Equal(benchmark, (await Benchmarks.GetBenchmarkAsync(new GetBenchmarkRequest { Name = benchmark.Name }, site.AsMember(3))).Benchmark);
        }

        var editions = site.Hub.Services.GetRequiredService<PublishedEditions>();
        var edition = editions.Find(EditionName.Parse(Latest)).Value;
        var one = await editions.ReaderAsync(new Caller("a", null, "M03", new HashSet<string>()), edition, TestContext.Current.CancellationToken);
        var other = await editions.ReaderAsync(new Caller("b", null, "M04", new HashSet<string>()), edition, TestContext.Current.CancellationToken);
        Assert.Same(edition.GetRelease(one), edition.GetRelease(other));
        Assert.Same(edition, editions.Find(EditionName.Parse(Latest)).Value);
    }

    [Fact]
    public async Task GetStanding_OfThreeMembers_LiesWhereTheirFiguresLie()
    {
        var low = await StandingAsync("groups/all", 0);
        var high = await StandingAsync("groups/all", 23);
        var none = await StandingAsync("groups/all", 25);
        var half = await StandingAsync("groups/region.A", 0);

        Assert.Equal((4, 1, 1, Assessment.Worse), (low.Parts, low.LowestPart, low.HighestPart, low.Assessment));
        Assert.Equal((4, 4, 4, Assessment.Better), (high.Parts, high.LowestPart, high.HighestPart, high.Assessment));
        Assert.Equal((0, NoStandingReason.NotContributed, ""), (none.Parts, none.NoStandingReason, none.Submission));
        Assert.Equal((2, 1, Assessment.Worse), (half.Parts, half.LowestPart, half.Assessment));
        Assert.Equal((submissions[0].Name, 1), (low.Submission, low.SubmissionVersion));
        await RefusedAsync(ErrorReason.NotPermitted, () => Benchmarks.GetStandingAsync(new GetStandingRequest { Name = Name("groups/all") }, Partner));
    }

    [Fact]
    public async Task Edition_AfterACorrection_IsAsItWasWithAFootnote()
    {
        var before = await Benchmarks.GetReleaseAsync(new GetReleaseRequest { Name = Latest }, site.AsMember(0));
        var standing = await StandingAsync("groups/all", 0);

        await site.CorrectAsync(0, submissions[0], 99m);

        var after = await Benchmarks.GetReleaseAsync(new GetReleaseRequest { Name = Latest }, site.AsMember(0));
        Assert.Equal(before.Release.Benchmarks, after.Release.Benchmarks);
        Assert.Equal([FootnoteKind.ChangedSince], after.Release.Footnotes.Select(f => f.Kind));
        Assert.Equal(standing, await StandingAsync("groups/all", 0));
    }

    [Fact]
    public async Task Release_Withdrawn_IsKnownButNotShown()
    {
        await site.WithdrawAsync($"{ReleaseSite.Collection}/releases/1", site.AsOperator());

        var release = (await Benchmarks.GetReleaseAsync(new GetReleaseRequest { Name = $"{ReleaseSite.Collection}/releases/1" }, site.AsMember(0))).Release;
        Assert.Equal((ReleaseState.Withdrawn, "A mistake in the plan", 0), (release.State, release.WithdrawReason, release.Benchmarks.Count));
        var name = Name("groups/all").Replace("latest", "1", StringComparison.Ordinal);
        await RefusedAsync(ErrorReason.ReleaseState, () => Benchmarks.GetBenchmarkAsync(new GetBenchmarkRequest { Name = name }, site.AsMember(0)));
        await RefusedAsync(ErrorReason.ReleaseState, () => Benchmarks.GetStandingAsync(new GetStandingRequest { Name = name }, site.AsMember(0)));
        await RefusedAsync(ErrorReason.ReleaseState, () => Benchmarks.ExportReleaseAsync(new ExportReleaseRequest { Name = release.Name }, site.AsMember(0)));
        await RefusedAsync(ErrorReason.NotFound, () => Benchmarks.GetReleaseAsync(new GetReleaseRequest { Name = Latest }, site.AsMember(0)));
    }

    [Fact]
    public async Task GetRelease_OverJson_IsTheSame()
    {
        using var http = site.Hub.Http();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/v1/{ReleaseSite.Collection}/releases/1");
        request.Headers.Authorization = new("Bearer", site.Hub.MachineToken("partner", null, Scopes.Read));
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        var json = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        var whole = await Benchmarks.GetReleaseAsync(new GetReleaseRequest { Name = $"{ReleaseSite.Collection}/releases/1" }, Partner);
        Assert.Equal(whole, Google.Protobuf.JsonParser.Default.Parse<GetReleaseResponse>(json));
    }

    [Theory]
    [InlineData("instruments/test/periods/2024/releases/2")]
    [InlineData("instruments/test/periods/2023/releases/latest")]
    [InlineData("instruments/test/periods/2024/releases/0")]
    [InlineData("instruments/test/periods/2024/releases/latest/")]
    [InlineData("")]
    public async Task GetRelease_NotThere_IsNotFound(string name) =>
        await RefusedAsync(ErrorReason.NotFound, () => Benchmarks.GetReleaseAsync(new GetReleaseRequest { Name = name }, site.AsMember(0)));

    [Theory]
    [InlineData("groups/region.A@2")]
    [InlineData("groups/region.C")]
    [InlineData("groups/all@1")]
    public async Task GetBenchmark_NotThere_IsNotFound(string group) =>
        await RefusedAsync(ErrorReason.NotFound, () => Benchmarks.GetBenchmarkAsync(new GetBenchmarkRequest { Name = Name(group) }, site.AsMember(0)));

    [Fact]
    public async Task ListReleases_ByCollection_HasNoFigures()
    {
        var listed = await Benchmarks.ListReleasesAsync(new ListReleasesRequest { Parent = "instruments/-/periods/-" }, Partner);

        Assert.Equal([$"{ReleaseSite.Collection}/releases/1"], listed.Releases.Select(r => r.Name));
        Assert.Empty(listed.Releases[0].Benchmarks);
        Assert.Empty((await Benchmarks.ListReleasesAsync(new ListReleasesRequest { Parent = "instruments/test/periods/2023" }, Partner)).Releases);
        await RefusedAsync(ErrorReason.FieldInvalid, () => Benchmarks.ListReleasesAsync(new ListReleasesRequest { Parent = "test" }, Partner));
    }

    [Fact]
    public async Task ExportRelease_ByAPartner_HasNoFigureThatIsNotPublic()
    {
        var own = await Benchmarks.ExportReleaseAsync(new ExportReleaseRequest { Name = Latest }, site.AsMember(0));
        var partner = await Benchmarks.ExportReleaseAsync(new ExportReleaseRequest { Name = Latest }, Partner);

        Assert.Equal("test-2024-1.csv", own.FileName);
        Assert.True(own.Csv.Split("\r\n").Count(line => line.Contains(",A,", StringComparison.Ordinal)) > 1);
        var shown = partner.Csv.Split("\r\n").Skip(1).Where(line => line.Length > 0 && line.Split(',')[4].Length > 0).ToList();
        Assert.Single(shown);
        Assert.Contains(",A,F,,PUBLIC,", shown[0], StringComparison.Ordinal);
    }

    private static Figure Find(Benchmark benchmark, Statistic statistic) => benchmark.Figures.Single(f => f.Statistic == statistic);

    private static string Name(string group) => $"{Latest}/indicators/{ReleaseSite.Indicator}/{group}";

    private async Task<Benchmark> GetAsync(string group, CallOptions caller) =>
        (await Benchmarks.GetBenchmarkAsync(new GetBenchmarkRequest { Name = Name(group) }, caller)).Benchmark;

    private async Task<Standing> StandingAsync(string group, int member) =>
        (await Benchmarks.GetStandingAsync(new GetStandingRequest { Name = Name(group) }, site.AsMember(member))).Standing;

    private static async Task RefusedAsync<T>(ErrorReason reason, Func<AsyncUnaryCall<T>> call)
    {
        var refused = await Assert.ThrowsAsync<RpcException>(async () => await call());
        Assert.Equal(Silo.Hosting.Statuses.NameOf(reason), refused.GetRpcStatus()!.GetDetail<Google.Rpc.ErrorInfo>()!.Reason);
    }
}
