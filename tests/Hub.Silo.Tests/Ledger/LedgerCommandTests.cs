using Hub.Silo.Ledger;
using Xunit;

namespace Hub.Silo.Tests.Ledger;

/// <summary>The operator's verb: exit codes, and the position in what it prints.</summary>
public sealed class LedgerCommandTests : IDisposable
{
    private readonly SqliteSite site = new();
    private readonly StringWriter output = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        output.Dispose();
        site.Dispose();
    }

    [Fact]
    public async Task Verify_SoundLedger_SaysSoAndNamesTheLogKey()
    {
        await WriteAsync();

        Assert.Equal(LedgerCommand.Sound, await LedgerCommand.RunAsync(["ledger", "verify"], site.Options, output, Token));
        Assert.Contains("sound", output.ToString(), StringComparison.Ordinal);
        Assert.Contains(site.Log.ToString(), output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_PayloadByteChanged_NamesThePosition()
    {
        await WriteAsync();
        site.Sql("DROP TRIGGER payload_update; UPDATE payload SET sealed = zeroblob(60) WHERE position = 1");

        Assert.Equal(LedgerCommand.Flawed, await LedgerCommand.RunAsync(["ledger", "verify"], site.Options, output, Token));
        Assert.Contains("position 1:", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_NoLedgerThere_SaysSoAndMakesNone()
    {
        Assert.Equal(LedgerCommand.WrongUsage, await LedgerCommand.RunAsync(["ledger", "verify"], site.Options, output, Token));
        Assert.False(File.Exists(site.Options.LedgerFile));
    }

    [Fact]
    public async Task Verify_SettingsThatCannotWork_NamesThem()
    {
        Assert.Equal(LedgerCommand.WrongUsage, await LedgerCommand.RunAsync(["ledger", "verify"], new LedgerOptions(), output, Token));
        Assert.Contains("Hub:DataFolder", output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Verify_HeadGone_IsFlawed()
    {
        await WriteAsync();
        site.Sql("DROP TRIGGER head_delete; DELETE FROM ledger_head");

        Assert.Equal(LedgerCommand.Flawed, await LedgerCommand.RunAsync(["ledger", "verify"], site.Options, output, Token));
    }

    [Theory]
    [InlineData("ledger")]
    [InlineData("ledger", "mend")]
    public async Task Run_UnknownVerb_PrintsTheUsage(params string[] args)
    {
        Assert.Equal(LedgerCommand.WrongUsage, await LedgerCommand.RunAsync(args, site.Options, output, Token));
        Assert.Contains("usage:", output.ToString(), StringComparison.Ordinal);
    }

    private async Task WriteAsync()
    {
        var ledger = site.Open();
        await ledger.AppendAsync(new Append("registry", 0, [new Event("a", 1, "", new byte[1]), new Event("b", 1, "", new byte[1])]), Token);
        site.Close(ledger);
    }
}
