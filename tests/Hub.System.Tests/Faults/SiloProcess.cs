using System.Diagnostics;
using Hub.Testing;

namespace Hub.SystemTests.Faults;

/// <summary>The built silo as a process of its own, which a test can kill.</summary>
internal sealed class SiloProcess : IDisposable
{
    private const string Listening = "Now listening on: ";
    private static readonly TimeSpan StartMax = TimeSpan.FromMinutes(2);
    private readonly Process process;
    private readonly TaskCompletionSource<Uri> address = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly List<string> output = [];

    private SiloProcess(ProcessStartInfo start)
    {
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Read(line.Data);
        process.ErrorDataReceived += (_, line) => Read(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Uri Address { get; private set; } = null!;

    public string Output
    {
        get
        {
            lock (output) return string.Join('\n', output);
        }
    }

    /// <summary>Starts a silo on loopback and waits until it listens.</summary>
    public static async Task<SiloProcess> StartAsync(string folder, Uri issuer, CancellationToken cancellationToken)
    {
        var silo = new SiloProcess(Command(folder,
        [
            "--Kestrel:Endpoints:Grpc:Url=http://127.0.0.1:0", "--Kestrel:Endpoints:Grpc:Protocols=Http2",
            "--Authority:Issuer=https://issuer.test", $"--Authority:Address={issuer}", "--Authority:AllowHttp=true",
            "--Hub:ConfirmationsRequired=0", $"--Hub:CatalogueFolder={Path.Combine(folder, "catalogue")}",
        ]));
        try
        {
            silo.Address = await silo.address.Task.WaitAsync(StartMax, cancellationToken);
            return silo;
        }
        catch (TimeoutException e)
        {
            var said = silo.Output;
            silo.Dispose();
            throw new InvalidOperationException($"The silo did not start: {said}", e);
        }
    }

    /// <summary>Runs `Hub.Silo ledger verify` on the folder; the exit code and what it printed.</summary>
    public static async Task<(int ExitCode, string Output)> VerifyAsync(string folder, CancellationToken cancellationToken)
    {
        using var verify = new SiloProcess(Command(folder, ["ledger", "verify"]));
        await verify.process.WaitForExitAsync(cancellationToken);
        return (verify.process.ExitCode, verify.Output);
    }

    /// <summary>SIGKILL: no shutdown, no flush, nothing.</summary>
    public async Task KillAsync(CancellationToken cancellationToken)
    {
        process.Kill();
        await process.WaitForExitAsync(cancellationToken);
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    private void Read(string? line)
    {
        if (line is null) return;
        lock (output) output.Add(line);
        if (line.IndexOf(Listening, StringComparison.Ordinal) is var at and >= 0) address.TrySetResult(new Uri(line[(at + Listening.Length)..].Trim()));
    }

    private static ProcessStartInfo Command(string folder, string[] args)
    {
        var start = new ProcessStartInfo("dotnet")
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "Hub.Silo.dll"));
        string[] folders = [$"--Hub:DataFolder={Path.Combine(folder, "ledger")}", $"--Hub:KeysFolder={Path.Combine(folder, "keys")}"];
        foreach (var arg in (string[])[.. args, .. folders]) start.ArgumentList.Add(arg);
        start.Environment["ASPNETCORE_ENVIRONMENT"] = "Production";
        return start;
    }
}
