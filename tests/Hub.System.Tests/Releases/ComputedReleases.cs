using Hub.Silo.Disclosures;
using Hub.Silo.Releases;
using Hub.Testing;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hub.SystemTests.Releases;

/// <summary>Waits for a computation without asking again and again.</summary>
internal static class ComputedReleases
{
    public static async Task ComputedAsync(this HubFixture hub, string name)
    {
        var current = hub.Services.GetRequiredService<CurrentReleases>();
        for (var changed = current.Changed; current.Find(ReleaseName.Parse(name)!.Value)?.Computation?.IsConcluded != true; changed = current.Changed)
        {
            await changed.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
    }
}
