using System.Diagnostics;
using System.Text.Json;
using Hub.Client;
using Hub.Silo.Hosting;
using Hub.Testing;

namespace Hub.Performance;

/// <summary>From the start of Hub.Standalone's process on an empty folder to a member's first verified receipt.</summary>
internal static class StartMeasurement
{
    private static readonly string Built = Path.Combine(Repository.Root, "artifacts", "bin", "Hub.Standalone", "release", "Hub.Standalone.dll");

    private const string LogKeyLabel = "log key, pinned by members";
    private const string SyntheticFigure = "0.5";
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static async Task RunAsync(RunSettings settings)
    {
        var load = Machine.ReadLoad();
        var seconds = new List<double>();
        for (var i = 0; i < settings.Rounds; i++)
        {
            using var folder = new SyntheticFolder();
            seconds.Add(await MeasureAsync(settings.Program ?? Built, folder.Path));
        }

        Report(settings, Spread.Of(seconds), await MemoryMeasurement.MeasureAsync(), Machine.Since(load));
    }

    private static async Task<double> MeasureAsync(string program, string folder)
    {
        if (!File.Exists(program))
        {
            throw new FileNotFoundException("Hub.Standalone is not built. Run: dotnet build -c Release src/Hub.Standalone", program);
        }

        var (grpc, http) = (HubHosting.FindFreePort(), HubHosting.FindFreePort());
        var clock = Stopwatch.StartNew();
        using var process = Process.Start(new ProcessStartInfo(
            "dotnet", [program, "--folder", folder, "--grpc-port", $"{grpc}", "--http-port", $"{http}"])
        {
            RedirectStandardOutput = true,
            WorkingDirectory = Repository.Root,
        })!;
        try
        {
            using var patience = new CancellationTokenSource(Patience, TimeProvider.System);
            await SubmitAsync(folder, grpc, http, await ReadLogKeyAsync(process.StandardOutput, patience.Token), patience.Token);
            return clock.Elapsed.TotalSeconds;
        }
        finally
        {
            process.Kill();
            await process.WaitForExitAsync();
        }
    }

    private static async Task<string> ReadLogKeyAsync(StreamReader output, CancellationToken cancellationToken)
    {
        while (await output.ReadLineAsync(cancellationToken) is { } line)
        {
            if (line.Trim().StartsWith(LogKeyLabel, StringComparison.Ordinal))
            {
                return line.Trim()[LogKeyLabel.Length..].Trim();
            }
        }

        throw new InvalidOperationException("Hub.Standalone ended before it was ready.");
    }

    // The SDK verifies the receipt against the key, or throws.
    private static async Task SubmitAsync(string folder, int grpc, int http, string logKey, CancellationToken cancellationToken)
    {
        using var hub = new HubClient(new HubClientOptions
        {
            Address = new Uri($"http://127.0.0.1:{grpc}"),
            Issuer = new Uri($"http://127.0.0.1:{http}"),
            ClientId = "adm-ua",
            ClientKey = await File.ReadAllTextAsync(Path.Combine(folder, "clients", "adm-ua.pem"), cancellationToken),
            LogKey = logKey,
        });
        var draft = new SubmissionDraft("instruments/wgi/periods/2023", ("CC.EST", Figure.Decimal(SyntheticFigure)));
        await hub.Submissions.CreateAsync(draft, cancellationToken: cancellationToken);
    }

    private static void Report(RunSettings settings, Spread seconds, Memory memory, Machine machine)
    {
        Console.WriteLine($"{machine}; {seconds.Runs} starts, median (least–most)");
        Console.WriteLine($"process start to the first verified receipt: {seconds} s, aim 2");
        Console.WriteLine($"memory of an idle administration with one submission: {memory.BytesAwake:#,0} bytes, of a further submission {memory.BytesPerSubmission:#,0}; asleep it frees {memory.BytesFreedAsleep:#,0}");
        if (settings.Json)
        {
            Console.WriteLine(JsonSerializer.Serialize(new { measurement = "start", machine, seconds_to_first_receipt = seconds, memory }));
        }
    }
}
