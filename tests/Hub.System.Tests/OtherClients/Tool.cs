using System.Diagnostics;
using Hub.Testing;
using Xunit;

namespace Hub.SystemTests.OtherClients;

/// <summary>Programs that are not ours. A missing one fails the tests where CI=true, and skips them with its name elsewhere.</summary>
internal static class Tool
{
    private static readonly TimeSpan RunMax = TimeSpan.FromMinutes(2);

    /// <summary>Makes sure that a program, and optionally a file of the repository, is there.</summary>
    public static void Require(string program, string? file = null)
    {
        var missing = !IsOnPath(program) ? program
            : file is not null && !Path.Exists(Path.Combine(Repository.Root, file)) ? $"{file} (run `npm ci --ignore-scripts`)"
            : null;
        if (missing is null) return;
        if (Environment.GetEnvironmentVariable("CI") == "true") Assert.Fail($"Missing: {missing}");
        Assert.Skip($"Missing: {missing}");
    }

    public static async Task<(int ExitCode, string Output, string Errors)> RunAsync(string program, IEnumerable<string> args, string input, CancellationToken cancellationToken)
    {
        var start = new ProcessStartInfo(program) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var arg in args) start.ArgumentList.Add(arg);
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        ended.CancelAfter(RunMax);
        using var process = Process.Start(start)!;
        try
        {
            var output = process.StandardOutput.ReadToEndAsync(ended.Token);
            var errors = process.StandardError.ReadToEndAsync(ended.Token);
            await process.StandardInput.WriteAsync(input.AsMemory(), ended.Token);
            process.StandardInput.Close();
            await process.WaitForExitAsync(ended.Token);
            return (process.ExitCode, await output, await errors);
        }
        finally
        {
            if (!process.HasExited) process.Kill(entireProcessTree: true);
        }
    }

    private static bool IsOnPath(string program) =>
        (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, program)));
}
