namespace Hub.Silo.Disclosures;

/// <summary>After a crash: has computed what the ledger says is unfinished, as soon as the cluster runs.</summary>
internal sealed class ComputationResume(CurrentDisclosures disclosures, IGrainFactory grains) : IHostedLifecycleService
{
    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) =>
        Task.WhenAll(disclosures.Unfinished.Select(instrument => grains.GetGrain<IDisclosureGrain>(instrument).ResumeAsync()));

    public Task StoppingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
