using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;

namespace Hub.Client;

/// <summary>Registers the SDK for dependency injection.</summary>
public static class HubClientServices
{
    /// <summary>
    /// Registers one <see cref="HubClient"/> for the whole application, made when it is first asked for. An <see cref="ITokenSource"/> or
    /// <see cref="ICheckpointStore"/> among the services is used unless the options name another.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options.</param>
    /// <returns>The same services.</returns>
    public static IServiceCollection AddHubClient(this IServiceCollection services, Action<HubClientOptions> configure)
    {
        ArgumentNullException.ThrowIfNull(services);
        ArgumentNullException.ThrowIfNull(configure);
        services.AddOptions<HubClientOptions>().Configure(configure).PostConfigure<IServiceProvider>((options, provider) =>
        {
            options.TokenSource ??= provider.GetService<ITokenSource>();
            if (options.CheckpointFile is null) options.CheckpointStore ??= provider.GetService<ICheckpointStore>();
        });
        return services.AddSingleton(provider => new HubClient(
            provider.GetRequiredService<IOptions<HubClientOptions>>().Value,
            provider.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance));
    }
}
