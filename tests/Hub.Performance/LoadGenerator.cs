using System.Diagnostics;
using System.Text.Json;
using Grpc.Core;
using Grpc.Net.Client;
using Hub.Transparency;
using Hub.V1;

namespace Hub.Performance;

/// <summary>Keeps a number of calls in flight, or begins them at a fixed rate, in a process of its own, so that it shares neither heap nor thread pool with the server.</summary>
internal sealed class LoadGenerator(LoadPlan plan)
{
    private readonly LoadRequests requests = new(plan);
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
        var workers = Enumerable.Range(0, LoadPlan.CallsInFlight).Select(i => RepeatAsync(channels.Of(i))).ToList();
        var latencies = (await Task.WhenAll(workers)).SelectMany(l => l).Order().ToList();
        return new LoadResult(
            latencies.Count / (double)plan.Seconds, At(latencies, 0.5), At(latencies, 0.99),
            plan.LogKey is not null && await VerifyOneAsync(channels.Of(0)));
    }

    // A refused call ends the run: a figure counts accepted calls only.
    private async Task<List<double>> RepeatAsync(GrpcChannel channel)
    {
        var (from, until) = (TimeSpan.FromSeconds(plan.WarmUpSeconds), TimeSpan.FromSeconds(plan.WarmUpSeconds + plan.Seconds));
        var latencies = new List<double>();
        while (true)
        {
            var call = Interlocked.Increment(ref lastCall);
            var began = await BeginAsync(call);
            if (began >= until)
            {
                return latencies;
            }

            await CallAsync(channel, call);
            if (began >= from && (plan.CallsPerSecond > 0 || clock.Elapsed < until))
            {
                latencies.Add((clock.Elapsed - began).TotalMilliseconds);
            }
        }
    }

    // At a fixed rate a call began when it was due, even if no worker was free then: else a server that stands still would look fast.
    private async Task<TimeSpan> BeginAsync(long call)
    {
        if (plan.CallsPerSecond == 0)
        {
            return clock.Elapsed;
        }

        var due = TimeSpan.FromSeconds((double)call / plan.CallsPerSecond);
        if (due > clock.Elapsed)
        {
            await Task.Delay(due - clock.Elapsed);
        }

        return due;
    }

    private async Task CallAsync(GrpcChannel channel, long call)
    {
        if (plan.Benchmark is null)
        {
            await SubmitAsync(channel, call);
            return;
        }

        var (request, headers) = requests.Read(call);
        using var read = new BenchmarkService.BenchmarkServiceClient(channel).GetBenchmarkAsync(request, headers);
        await read;
    }

    private async Task<CreateSubmissionResponse> SubmitAsync(GrpcChannel channel, long number)
    {
        var (request, headers) = requests.Submit(number);
        using var call = new SubmissionService.SubmissionServiceClient(channel).CreateSubmissionAsync(request, headers);
        return await call;
    }

    private async Task<bool> VerifyOneAsync(GrpcChannel channel)
    {
        var wire = (await SubmitAsync(channel, Interlocked.Increment(ref lastCall))).Receipt;
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

        public GrpcChannel Of(int worker) => all[worker % all.Count];

        public void Dispose() => all.ForEach(channel => channel.Dispose());
    }
}
