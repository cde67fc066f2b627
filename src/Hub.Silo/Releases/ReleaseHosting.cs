using Hub.Silo.Disclosures;
using Hub.Silo.Ledger;

namespace Hub.Silo.Releases;

/// <summary>Registers the slice.</summary>
internal static class ReleaseHosting
{
    public static IServiceCollection AddHubReleases(this IServiceCollection services) => services
        .AddSingleton<CurrentReleases>()
        .AddSingleton<ILedgerFollower>(s => s.GetRequiredService<CurrentReleases>())
        .AddSingleton<OpenReleases>()
        .AddSingleton<IOpenEditions>(s => s.GetRequiredService<OpenReleases>());
}
