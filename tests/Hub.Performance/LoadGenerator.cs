using System.Diagnostics;
using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using Hub.Transparency;
using Hub.V1;

namespace Hub.Performance;

/// <summary>Keeps a number of submissions in flight, in a process of its own, so that it shares neither heap nor thread pool with the server.</summary>
internal sealed class LoadGenerator(LoadPlan plan)
{
    private readonly SubmissionRequests requests = new(plan);
    private readonly Stopwatch clock = new();
    private long lastCall = -1;

    public static async Task RunAsync(string planFile, TextWriter output)
    {
        var plan = JsonSerializer.Deserialize<LoadPlan>(await File.ReadAllTextAsync(planFile))!;
        var result = await new LoadGenerator(plan).MeasureAsync();
        await output.WriteLineAsync(JsonSerializer.Serialize(result));
    }

    /// <summary>Starts the generator's process and waits for what it saw.</summary>
    public static async Task<LoadResult> RunElsewhereAsync(LoadPlan plan, string folder)
    {
        var file = Path.Combine(folder, "synthetic-load-plan.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(plan));
        using var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["generate", file]) { RedirectStandardOutput = true })!;
        var answer = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<LoadResult>(answer)!
            : throw new InvalidOperationException("The load generator failed; its message stands above.");
    }

    private async Task<LoadResult> MeasureAsync()
    {
        using var channels = new Channels(plan.Address);
        clock.Start();
        var workers = Enumerable.Range(0, LoadPlan.CallsInFlight).Select(i => RepeatAsync(channels.Client(i))).ToList();
        var latencies = (await Task.WhenAll(workers)).SelectMany(l => l).Order().ToList();
        return new LoadResult(
            latencies.Count / (double)plan.Seconds, At(latencies, 0.5), At(latencies, 0.99),
            plan.LogKey is not null && await VerifyOneAsync(channels.Client(0)));
    }

    // A refused call ends the run: a figure counts accepted submissions only.
    private async Task<List<double>> RepeatAsync(SubmissionService.SubmissionServiceClient client)
    {
        var (from, until) = (TimeSpan.FromSeconds(plan.WarmUpSeconds), TimeSpan.FromSeconds(plan.WarmUpSeconds + plan.Seconds));
        var latencies = new List<double>();
        for (var began = clock.Elapsed; began < until; began = clock.Elapsed)
        {
            await SubmitAsync(client);
            var ended = clock.Elapsed;
            if (ended >= from && ended < until)
            {
                latencies.Add((ended - began).TotalMilliseconds);
            }
        }

        return latencies;
    }

    private async Task<CreateSubmissionResponse> SubmitAsync(SubmissionService.SubmissionServiceClient client)
    {
        var (request, headers) = requests.Make(Interlocked.Increment(ref lastCall));
        using var call = client.CreateSubmissionAsync(request, headers);
        return await call;
    }

    private async Task<bool> VerifyOneAsync(SubmissionService.SubmissionServiceClient client)
    {
        var wire = (await SubmitAsync(client)).Receipt;
        var receipt = new Transparency.Receipt(
            wire.Header.ToByteArray(), wire.Salt.ToByteArray(), wire.Payload.ToByteArray(), wire.Position,
            [.. wire.Proof.Select(hash => hash.ToByteArray())], wire.Checkpoint);
        var verdict = receipt.Verify(NoteVerifier.Parse(plan.LogKey!));
        return verdict.IsVerified ? true : throw new InvalidOperationException($"A receipt does not verify: {verdict}");
    }

    private static double At(List<double> sorted, double quantile) =>
        sorted.Count == 0 ? throw new InvalidOperationException("No call ended in the measured time.") : sorted[(int)(quantile * (sorted.Count - 1))];

    private sealed class Channels(Uri address) : IDisposable
    {
        // A handler of its own each: channels that share one would share its connection.
        private readonly List<GrpcChannel> all = [.. Enumerable.Range(0, LoadPlan.Connections).Select(_ =>
            GrpcChannel.ForAddress(address, new GrpcChannelOptions { HttpHandler = new SocketsHttpHandler(), DisposeHttpClient = true }))];

        public SubmissionService.SubmissionServiceClient Client(int worker) => new(all[worker % all.Count]);

        public void Dispose() => all.ForEach(channel => channel.Dispose());
    }
}
