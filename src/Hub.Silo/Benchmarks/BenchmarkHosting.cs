using Grpc.AspNetCore.Server.Model;

namespace Hub.Silo.Benchmarks;

/// <summary>Registers the slice.</summary>
internal static class BenchmarkHosting
{
    public static IServiceCollection AddHubBenchmarks(this IServiceCollection services) => services
        .AddSingleton<PublishedEditions>()
        .AddSingleton<BenchmarkService>().AddSingleton<PreparedReads>().AddSingleton<IServiceMethodProvider<PreparedReads>, PreparedMethods>()
        .AddSingleton<ReleaseWatch>();
}
