using Hub.Privacy;
using Hub.Silo.Disclosures;
using Hub.Silo.Ledger;
using Hub.Silo.Tests.Releases;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Hosting;
using Xunit;

namespace Hub.Silo.Tests.Disclosures;

public sealed class ComputationTests
{
    private static readonly decimal[] Spread = [.. Enumerable.Range(0, 24).Select(i => 2m + i * 4m)];

    [Fact]
    public async Task Requested_SiloStoppedBeforeItWasComputed_IsComputedAfterTheNextStart()
    {
        var isQueueIdle = true;
        await using var site = await ReleaseSite.StartAsync(24, configure: options => options.Services = services => Idle(services, isQueueIdle));
        await site.SubmitAsync(Spread);
        await site.CloseAsync();
        await site.ProposeAsync();
        Assert.Equal(V1.ReleaseState.Computing, (await site.LookAsync(1)).State);

        isQueueIdle = false;
        await site.RestartAsync();

        await site.ComputedAsync(ReleaseSite.Edition(1));
        Assert.Equal(V1.ReleaseState.Proposed, (await site.LookAsync(1)).State);
    }

    [Fact]
    public async Task Conclude_TwoOfOneMemoryEachSafeAlone_AdmitsOneAndAuditsTheOtherAgain()
    {
        await using var site = await ReleaseSite.StartAsync(24, configure: options => options.Services = services => Idle(services, true));
        var submissions = await site.SubmitAsync(Spread);
        await site.CloseAsync();
        await site.ProposeAsync();
        await site.CorrectAsync(3, submissions[3], 99m);
        await site.ProposeAsync();
        var (before, after) = (await InputAsync(site, 1), await InputAsync(site, 2));
        Assert.Equal(before.Memory.Version, after.Memory.Version);
        Assert.Equal(LadderStep.Full, StepOf(before));
        Assert.Equal(LadderStep.Full, StepOf(after));

        Assert.True(await ConcludeAsync(site, after));
        Assert.False(await ConcludeAsync(site, before));

        var again = await InputAsync(site, 1);
        Assert.Equal([2], again.Memory.ShownOf(ReleaseSite.Collection).Select(c => c.Release.Number));
        Assert.Equal(LadderStep.NotPublished, StepOf(again));
        Assert.True(await ConcludeAsync(site, again));
        Assert.Null(await ComputationInput.ReadAsync(site.Ledger, ReleaseSite.Edition(1), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Compute_ErasedBetweenFenceAndComputation_TakesNoPart()
    {
        await using var site = await ReleaseSite.StartAsync(24, configure: options => options.Services = services => Idle(services, true));
        var submissions = await site.SubmitAsync(Spread);
        await site.CloseAsync();
        await site.ProposeAsync();
        await site.EraseAsync(0, submissions[0]);
        await site.ConfirmErasureAsync(0);

        var proposed = Assert.IsType<Proposed>(ComputationRules.Compute(await InputAsync(site, 1), TestContext.Current.CancellationToken));

        Assert.Equal(50m, ProtectedTable.Read(proposed.Table).Find(ReleaseSite.Indicator)!.Cells[0].Find(Statistic.Mean)!.Value);
    }

    [Fact]
    public async Task Compute_Cancelled_Stops()
    {
        await using var site = await ReleaseSite.StartAsync(24, configure: options => options.Services = services => Idle(services, true));
        await site.CloseAsync();
        await site.ProposeAsync();
        var input = await InputAsync(site, 1);

        Assert.Throws<OperationCanceledException>(() => ComputationRules.Compute(input, new CancellationToken(canceled: true)));
    }

    // The queue takes what it is given and never comes to it, as when the silo dies right after its answer.
    private static void Idle(IServiceCollection services, bool isIdle)
    {
        if (isIdle)
        {
            services.RemoveAll<ComputationQueue>();
            services.AddSingleton<ComputationQueue>();
            var hosted = services.Where(s => s.ServiceType == typeof(IHostedService) && s.ImplementationFactory is not null).ToList();
            hosted.ForEach(descriptor => services.Remove(descriptor));
            services.AddHostedService(s => s.GetRequiredService<LedgerTail>());
        }
    }

    private static async Task<ComputationInput> InputAsync(ReleaseSite site, int edition) =>
        (await ComputationInput.ReadAsync(site.Ledger, ReleaseSite.Edition(edition), TestContext.Current.CancellationToken))!;

    private static LadderStep StepOf(ComputationInput input) =>
        ProtectedTable.Read(Assert.IsType<Proposed>(ComputationRules.Compute(input, TestContext.Current.CancellationToken)).Table).Indicators.Single().Step;

    private static Task<bool> ConcludeAsync(ReleaseSite site, ComputationInput input)
    {
        var entry = DisclosureEntries.ToEntry(ComputationRules.Compute(input, TestContext.Current.CancellationToken));
        return site.Hub.Services.GetRequiredService<IGrainFactory>().GetGrain<IDisclosureGrain>("test")
            .ConcludeAsync(new ConcludeCommand(input.Computation.Release, input.Memory.Version, entry.Kind, entry.Payload.ToArray()));
    }
}
