using Hub.Silo.Ledger;

namespace Hub.Silo.Registry;

/// <summary>The registry's policy.</summary>
/// <param name="ConfirmationsRequired">How many other persons confirm a change; 0 only in a sandbox.</param>
internal sealed record RegistryOptions(int ConfirmationsRequired);

/// <summary>Registers the slice.</summary>
internal static class RegistryHosting
{
    public static IServiceCollection AddHubRegistry(this IServiceCollection services, RegistryOptions options) => services
        .AddSingleton(options)
        .AddSingleton<CurrentRegistry>()
        .AddSingleton<ILedgerFollower>(s => s.GetRequiredService<CurrentRegistry>())
        .AddSingleton<WhoAmI>();
}
