using Grpc.Core;
using Grpc.Net.Client;
using Hub.Silo.Access;
using Hub.Silo.Ledger;
using Hub.Silo.Tests.Releases;
using Hub.Testing;
using Hub.V1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Xunit;

namespace Hub.Silo.Tests.Benchmarks;

/// <summary>Nothing of a release is told before its second, whatever is asked and whatever happens to the silo.</summary>
public sealed class EmbargoTests
{
    private const string First = $"{ReleaseSite.Collection}/releases/1";
    private const int Seed = 20260110;
    private static readonly decimal[] Spread = [.. Enumerable.Range(0, 24).Select(i => 2m + (i * 4m))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Answers_FromTheProposalToTheOpening_AreTheSameBytes()
    {
        await using var site = await ClosedAsync(options => { });
        var answers = new MemberAnswers(Seed, Names());
        using var channel = site.Hub.Channel();
        using var watch = Benchmarks(channel).WatchReleases(new WatchReleasesRequest { Parent = "instruments/-/periods/-" }, site.AsMember(0));
        var told = watch.ResponseStream.MoveNext(Cancellation);
        var before = await AskAllAsync();

        var proposed = await site.ProposeComputedAsync();
        Assert.NotEmpty(proposed.Release.Benchmarks);
        await AssertUnchangedAsync("proposed and looked at");
        await site.ReviewAsync(proposed);
        await AssertUnchangedAsync("approved");
        await site.ScheduleAsync(proposed.Name, site.Time.GetUtcNow().AddSeconds(5));
        await AssertUnchangedAsync("scheduled");
        site.Time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        await AssertUnchangedAsync("a tick before its time", apart: "/hub.v1.RegistryService/WhoAmI");
        site.Time.Advance(TimeSpan.FromTicks(1));

        Assert.True(await told);
        Assert.Equal((ReleaseEvent.Published, First), (watch.ResponseStream.Current.Event, watch.ResponseStream.Current.Release.Name));
        Assert.NotEqual(before, await AskAllAsync());

        async Task<List<string>> AskAllAsync() =>
        [
            .. await answers.AskAsync(site, site.AsMember(0)),
            .. await answers.AskAsync(site, site.AsMember(25)),
            .. await answers.AskAsync(site, Partner(site)),
        ];

        // WhoAmI tells the Hub's time, so it is left apart where that has moved.
        async Task AssertUnchangedAsync(string stage, string apart = "none")
        {
            var now = await AskAllAsync();
            var changed = before.Zip(now).Where(pair => pair.First != pair.Second && !pair.First.StartsWith(apart, StringComparison.Ordinal)).Select(pair => $"{pair.First} became {pair.Second}").ToList();
            Assert.True(changed.Count == 0, $"Seed {Seed}, {stage}: {string.Join("; ", changed.Take(3))}");
            Assert.False(told.IsCompleted, $"Seed {Seed}, {stage}: the watcher was told.");
        }
    }

    [Fact]
    public async Task Silo_RestartedBetweenApprovalAndOpening_OpensAtTheSameSecond()
    {
        await using var site = await ClosedAsync(options => { });
        var approved = await site.ReviewAsync(await site.ProposeComputedAsync());
        await site.RestartAsync();
        await site.ScheduleAsync(approved.Name, site.Time.GetUtcNow().AddSeconds(5));
        await site.RestartAsync();

        site.Time.Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.Equal(StatusCode.NotFound, await GetAsync(site));
        site.Time.Advance(TimeSpan.FromTicks(1));
        Assert.Equal(StatusCode.OK, await GetAsync(site));
    }

    [Fact]
    public async Task Silo_WithAStaleTail_OpensNothingServesWhatIsOpenAndChangesNothing()
    {
        var gate = new TailGate();
        await using var site = await ClosedAsync(options => options.Services = services => gate.Stand(services));
        await site.ScheduleAsync((await site.ReviewAsync(await site.ProposeComputedAsync())).Name, site.Time.GetUtcNow().AddSeconds(2));

        gate.IsStale = true;
        site.Time.Advance(TimeSpan.FromMinutes(1));
        Assert.Equal(StatusCode.NotFound, await GetAsync(site));
        gate.IsStale = false;
        Assert.Equal(StatusCode.OK, await GetAsync(site));
        gate.IsStale = true;
        Assert.Equal(StatusCode.OK, await GetAsync(site));
        var refused = await Assert.ThrowsAsync<RpcException>(() => site.WithdrawAsync(First, site.AsOperator()));
        Assert.Equal(StatusCode.Unavailable, refused.StatusCode);
        gate.IsStale = false;
    }

    [Fact]
    public async Task Silo_WhoseClockIsBehindTheLedger_OpensNothing()
    {
        var gate = new TailGate();
        await using var site = await ClosedAsync(options => options.Services = services => gate.Stand(services));
        await site.ScheduleAsync((await site.ReviewAsync(await site.ProposeComputedAsync())).Name, site.Time.GetUtcNow().AddSeconds(2));

        gate.Latest = site.Time.GetUtcNow().AddMinutes(1);
        site.Time.Advance(TimeSpan.FromSeconds(30));
        Assert.Equal(StatusCode.NotFound, await GetAsync(site));
        gate.Latest = null;
        Assert.Equal(StatusCode.OK, await GetAsync(site));
    }

    [Fact]
    public async Task Watch_BrokenAndTakenUpAgain_TellsEachChangeOnce()
    {
        await using var site = await ClosedAsync(options => { });
        using var channel = site.Hub.Channel();
        await site.PublishAsync();
        var first = await NextAsync("");
        await site.WithdrawAsync(First, site.AsOperator());

        var second = await NextAsync(first.Position);

        Assert.Equal([ReleaseEvent.Published, ReleaseEvent.Withdrawn], new[] { first.Event, second.Event });
        Assert.Equal("A mistake in the plan", second.Release.WithdrawReason);
        Assert.Equal(first.Position, (await NextAsync("")).Position);

        async Task<WatchReleasesResponse> NextAsync(string after)
        {
            using var call = Benchmarks(channel).WatchReleases(new WatchReleasesRequest { Parent = ReleaseSite.Collection, AfterPosition = after }, Partner(site));
            Assert.True(await call.ResponseStream.MoveNext(Cancellation));
            return call.ResponseStream.Current;
        }
    }

    private static async Task<ReleaseSite> ClosedAsync(Action<HubFixtureOptions> configure)
    {
        var site = await ReleaseSite.StartAsync(26, configure: configure);
        await site.SubmitAsync(Spread);
        await site.CloseAsync();
        return site;
    }

    private static async Task<StatusCode> GetAsync(ReleaseSite site)
    {
        using var channel = site.Hub.Channel();
        try
        {
            await Benchmarks(channel).GetReleaseAsync(new GetReleaseRequest { Name = First }, Partner(site));
            return StatusCode.OK;
        }
        catch (RpcException e)
        {
            return e.StatusCode;
        }
    }

    private static CallOptions Partner(ReleaseSite site) => ReleaseSite.Bearer(site.Hub.MachineToken("partner", null, Scopes.Read));

    private static V1.BenchmarkService.BenchmarkServiceClient Benchmarks(GrpcChannel channel) => new(channel);

    private static List<string> Names() =>
    [
        "instruments/-/periods/-", "instruments/test", ReleaseSite.Collection, "administrations/M00", "administrations/self", "groups/region.A",
        $"instruments/test/indicators/{ReleaseSite.Indicator}",
        .. new[] { "1", "2", "latest" }.SelectMany(edition => new[]
        {
            $"{ReleaseSite.Collection}/releases/{edition}",
            $"{ReleaseSite.Collection}/releases/{edition}/indicators/{ReleaseSite.Indicator}/groups/all",
            $"{ReleaseSite.Collection}/releases/{edition}/indicators/{ReleaseSite.Indicator}/groups/region.B@1",
            $"{ReleaseSite.Collection}/releases/{edition}/indicators/{ReleaseSite.Indicator}/groups/other",
        }),
    ];
}

/// <summary>Stands before the silo's tail: stale, or ahead of the clock, when a test says so.</summary>
internal sealed class TailGate
{
    public bool IsStale { get; set; }

    public DateTimeOffset? Latest { get; set; }

    public void Stand(IServiceCollection services) =>
        services.Replace(ServiceDescriptor.Singleton<ILedgerTail>(provider => new Gated(this, provider.GetRequiredService<LedgerTail>())));

    private sealed class Gated(TailGate gate, LedgerTail tail) : ILedgerTail
    {
        public bool IsFresh => !gate.IsStale && tail.IsFresh;

        public DateTimeOffset LatestTime => gate.Latest ?? tail.LatestTime;

        public Task CaughtUpAsync(long position, CancellationToken cancellationToken) => tail.CaughtUpAsync(position, cancellationToken);
    }
}
