using Hub.Silo.Ledger;

namespace Hub.Silo.Disclosures;

/// <summary>Registers the slice.</summary>
internal static class DisclosureHosting
{
    public static IServiceCollection AddHubDisclosures(this IServiceCollection services) => services
        .AddSingleton<CurrentDisclosures>()
        .AddSingleton<ILedgerFollower>(s => s.GetRequiredService<CurrentDisclosures>())
        .AddSingleton<CurrentChanges>()
        .AddSingleton<ILedgerFollower>(s => s.GetRequiredService<CurrentChanges>())
        .AddSingleton<Editions>()
        .AddSingleton<ComputationThread>()
        .AddSingleton<ComputationQueue>()
        .AddHostedService(s => s.GetRequiredService<ComputationQueue>())
        .AddHostedService<ComputationResume>();
}
