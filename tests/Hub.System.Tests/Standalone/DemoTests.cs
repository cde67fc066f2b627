using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;
using Xunit;

namespace Hub.SystemTests.Standalone;

/// <summary>The README's first command, as built, on a copy of itself with one figure of its samples changed.</summary>
public sealed partial class DemoTests
{
    private const string Series = "LP.LPI.CUST.XQ";
    private const string Year = "2023";

    // The changed figure's new value; the mean of 137 moves by far more than its rounding base.
    private const decimal Changed = 5m;
    private const decimal RoundingBase = 0.005m;
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    [Fact]
    public async Task Demo_WithOneFigureOfItsSamplesChanged_PrintsTheMeanOfTheChangedFigures()
    {
        var folder = Directory.CreateTempSubdirectory("hub-demo-");
        try
        {
            CopyOf(Path.Combine(AppContext.BaseDirectory, "..", "..", "Hub.Standalone", Configuration()), folder.FullName);
            var file = Path.Combine(folder.FullName, "samples", "figures", $"{Series}.csv");
            var before = MeanOf(file);
            await File.WriteAllTextAsync(file, Change(await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)), TestContext.Current.CancellationToken);
            var after = MeanOf(file);
            Assert.True(after - before > 2 * RoundingBase);

            var (exitCode, output) = await RunAsync(folder.FullName);

            Assert.True(exitCode == 0, output);
            Assert.Equal(after, PrintedMean(output));
            Assert.Contains("edition 2 (Published)", output, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static string Configuration() => new DirectoryInfo(AppContext.BaseDirectory).Name;

    private static void CopyOf(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }

    // Ukraine's figure, in the row of the year.
    private static string Change(string csv) => Row().Replace(csv, $"${{row}}{Changed.ToString(CultureInfo.InvariantCulture)},");

    private static decimal MeanOf(string file)
    {
        var values = File.ReadLines(file).Select(line => line.Split(',')).Where(row => row[0] == Series && row[2] == Year)
            .Select(row => decimal.Parse(row[3], CultureInfo.InvariantCulture)).ToList();
        return decimal.Round(values.Average() / RoundingBase, MidpointRounding.ToEven) * RoundingBase;
    }

    private static async Task<(int ExitCode, string Output)> RunAsync(string folder)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Patience);
        var start = new ProcessStartInfo("dotnet", [Path.Combine(folder, "Hub.Standalone.dll"), "demo", "--folder", Path.Combine(folder, "data")])
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var demo = Process.Start(start)!;
        try
        {
            var (output, errors) = (demo.StandardOutput.ReadToEndAsync(patience.Token), demo.StandardError.ReadToEndAsync(patience.Token));
            await demo.WaitForExitAsync(patience.Token);
            return (demo.ExitCode, await output + await errors);
        }
        finally
        {
            demo.Kill(entireProcessTree: true);
        }
    }

    // The first table of the release: the row of all, whose second figure is the mean.
    private static decimal PrintedMean(string output)
    {
        var table = output[output.IndexOf($"instruments/lpi/periods/{Year}/releases/1 ─", StringComparison.Ordinal)..];
        return decimal.Parse(AllRow().Match(table).Groups["mean"].Value, CultureInfo.InvariantCulture);
    }

    [GeneratedRegex(@"(?<row>LP\.LPI\.CUST\.XQ,UA,2023,)[^,]+,")]
    private static partial Regex Row();

    [GeneratedRegex(@"│ all +│[^│]+│ +(?<mean>[0-9.]+) │")]
    private static partial Regex AllRow();
}
