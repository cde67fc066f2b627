using Hub.Silo.Ledger;
using Hub.Transparency;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Xunit;

namespace Hub.Silo.Tests.Ledger;

/// <summary>The registrations fit together, and a container may end them more than once.</summary>
public sealed class LedgerHostingTests : IDisposable
{
    private readonly SqliteSite site = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => site.Dispose();

    [Fact]
    public async Task AddHubLedger_Started_AppendsFollowsAndVerifies()
    {
        await using (var services = new ServiceCollection().AddLogging().AddHubLedger(site.Options).BuildServiceProvider())
        {
            var tail = services.GetRequiredService<LedgerTail>();
            await tail.StartAsync(Token);
            var outcome = await services.GetRequiredService<ILedger>().AppendAsync(new Append("registry", 0, [new Event("a", 1, "", new byte[1])]), Token);
            await services.GetRequiredService<ILedgerTail>().CaughtUpAsync(0, Token);

            var receipt = Assert.IsType<AppendOutcome.Committed>(outcome).Entries[0].Receipt;
            Assert.True(receipt.Verify(services.GetRequiredService<NoteVerifier>()).IsVerified);
            Assert.True(services.GetRequiredService<LedgerVerifier>().Verify(Token).IsSound);
            Assert.Equal(32, services.GetRequiredService<HubSecrets>().RequestKeySecret.Length);
            Assert.Same(services.GetRequiredService<SqliteLedger>(), services.GetRequiredService<ILedger>());
            await tail.StopAsync(Token);
        }

        Assert.Equal(1, site.Verify().Entries);
    }

    [Fact]
    public void AddHubLedger_OptionsThatCannotWork_ThrowsAtOnce() =>
        Assert.Throws<OptionsValidationException>(() => new ServiceCollection().AddHubLedger(new LedgerOptions()));
}
