using Hub.Silo.Ledger;

namespace Hub.Silo.Catalogue;

/// <summary>What the catalogue needs in a silo.</summary>
internal static class CatalogueHosting
{
    public static IServiceCollection AddHubCatalogue(this IServiceCollection services, string folder, string @operator) => services
        .AddSingleton(new CatalogueOptions(folder, @operator))
        .AddSingleton<CurrentCatalogue>()
        .AddSingleton<ILedgerFollower>(s => s.GetRequiredService<CurrentCatalogue>())
        .AddHostedService<CatalogueStart>();
}
