namespace Hub.Silo.Benchmarks;

/// <summary>Registers the slice.</summary>
internal static class BenchmarkHosting
{
    public static IServiceCollection AddHubBenchmarks(this IServiceCollection services) => services
        .AddSingleton<PublishedEditions>()
        .AddSingleton<ReleaseWatch>();
}
