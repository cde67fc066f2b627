using Hub.Transparency;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Hub.Silo.Ledger;

/// <summary>Registers the ledger, its keys, the silo's tail and the verifier.</summary>
internal static class LedgerHosting
{
    /// <summary>
    /// Throws at once when the options cannot work. Register it before every hosted service that needs followed state: its tail has
    /// caught up when the next one starts. Another <see cref="ISigner"/> registered before takes the place of the key file.
    /// </summary>
    public static IServiceCollection AddHubLedger(this IServiceCollection services, LedgerOptions options)
    {
        options.Validate();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton(options);
        services.AddSingleton(_ => new KeyStore(options.KeysFolder));
        services.AddSingleton<HubSecrets>();
        services.TryAddSingleton<ISigner, FileSigner>();
        services.AddSingleton(provider => NoteVerifier.Of(provider.GetRequiredService<ISigner>()));
        services.AddSingleton<CommitSignal>();
        services.AddSingleton<SqliteLedger>();
        services.AddSingleton<ILedger>(provider => provider.GetRequiredService<SqliteLedger>());
        services.AddSingleton<LedgerVerifier>();
        // Not the service's TimeProvider: a test that moves the calendar must not make the tail stale.
        services.AddSingleton(provider => new LedgerTail(
            provider.GetRequiredService<ILedger>(), provider.GetServices<ILedgerFollower>(),
            provider.GetRequiredService<CommitSignal>(), provider.GetRequiredService<ILogger<LedgerTail>>()));
        services.AddSingleton<ILedgerTail>(provider => provider.GetRequiredService<LedgerTail>());
        return services.AddHostedService(provider => provider.GetRequiredService<LedgerTail>());
    }
}
