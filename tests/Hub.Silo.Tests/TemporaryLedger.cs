using Hub.Silo.Ledger;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Hub.Silo.Tests;

/// <summary>A real ledger in a folder of its own, with a clock that the test moves; gone with the test.</summary>
internal sealed class TemporaryLedger : IAsyncDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("hub-ledger-");
    private readonly ServiceProvider services;

    public TemporaryLedger()
    {
        var options = new LedgerOptions
        {
            DataFolder = Path.Combine(folder.FullName, "ledger"),
            KeysFolder = Path.Combine(folder.FullName, "keys"),
            Origin = "hub.test",
        };
        services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(Time).AddHubLedger(options).BuildServiceProvider();
    }

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 9, 0, 0, TimeSpan.Zero));

    public ILedger Ledger => services.GetRequiredService<ILedger>();

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        folder.Delete(recursive: true);
    }
}
