using Hub.Transparency;
using Microsoft.Extensions.Options;

namespace Hub.Silo.Ledger;

/// <summary>The operator's verbs on a ledger's files: <c>Hub.Silo ledger verify</c>.</summary>
internal static class LedgerCommand
{
    public const int Sound = 0;
    public const int Flawed = 1;
    public const int WrongUsage = 2;

    /// <summary>Runs the verb in args (<c>ledger verify</c>) and gives the exit code of the process.</summary>
    public static async Task<int> RunAsync(string[] args, LedgerOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        if (args is not ["ledger", "verify", ..])
        {
            await output.WriteLineAsync("usage: Hub.Silo ledger verify [--Hub:DataFolder=DIR --Hub:KeysFolder=DIR --Hub:LogOrigin=NAME]");
            return WrongUsage;
        }

        try
        {
            return await VerifyAsync(options, output, cancellationToken);
        }
        catch (Exception e) when (e is OptionsValidationException or InvalidOperationException or LedgerCorruptException)
        {
            await output.WriteLineAsync(e.Message);
            return e is LedgerCorruptException ? Flawed : WrongUsage;
        }
    }

    private static async Task<int> VerifyAsync(LedgerOptions options, TextWriter output, CancellationToken cancellationToken)
    {
        options.Validate();
        // Looking at a ledger must not make one, nor keys for it.
        foreach (var file in (string[])[options.LedgerFile, FileSigner.FileIn(options)])
        {
            if (File.Exists(file)) continue;
            await output.WriteLineAsync($"There is no {file}.");
            return WrongUsage;
        }

        using var keys = new KeyStore(options.KeysFolder);
        var log = NoteVerifier.Of(new FileSigner(options));
        return await ReportAsync(new LedgerVerifier(options, keys, log).Verify(cancellationToken), log, output);
    }

    private static async Task<int> ReportAsync(LedgerVerification found, NoteVerifier log, TextWriter output)
    {
        await output.WriteLineAsync($"log key  {log}");
        await output.WriteLineAsync($"entries  {found.Entries}, of which {found.Erased} erased");
        foreach (var flaw in found.Flaws) await output.WriteLineAsync($"FLAW     {flaw}");
        await output.WriteLineAsync(found.IsSound ? "sound" : $"{found.Flaws.Count} flaw(s)");
        return found.IsSound ? Sound : Flawed;
    }
}
