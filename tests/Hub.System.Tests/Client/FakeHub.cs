using System.Collections.Concurrent;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Hub.Client;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Xunit;

namespace Hub.SystemTests.Client;

/// <summary>One call as the fake Hub received it.</summary>
internal sealed record ReceivedCall(string Method, IMessage Request, string? Authorization);

/// <summary>
/// The contract served in this process, without ports: just enough of a Hub to see what the SDK sends, to answer it truly, and to answer
/// it wrongly where a test says so.
/// </summary>
internal sealed class FakeHub : IAsyncDisposable
{
    public const string Administration = "UA";
    private WebApplication? app;

    public FakeLog Log { get; set; } = new();

    public ConcurrentQueue<ReceivedCall> Calls { get; } = new();

    /// <summary>Runs before a unary call is answered; throws what the call fails with.</summary>
    public Func<ReceivedCall, ServerCallContext, Task> Before { get; set; } = (_, _) => Task.CompletedTask;

    /// <summary>Runs after a unary call took effect; throws to lose its reply.</summary>
    public Action<ReceivedCall> After { get; set; } = _ => { };

    /// <summary>What becomes of every receipt on its way out.</summary>
    public Func<V1.Receipt, V1.Receipt> Tamper { get; set; } = receipt => receipt;

    /// <summary>What is recorded instead of what was sent.</summary>
    public Func<string, string> Misrecord { get; set; } = payload => payload;

    /// <summary>How answers name what was submitted.</summary>
    public Func<string, string> Misname { get; set; } = name => name;

    /// <summary>Whose stream entries are appended to.</summary>
    public string Stream { get; set; } = $"administrations/{Administration}";

    public FakeSubmitMany Many { get; } = new();

    public FakeRecords Records { get; } = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public static async Task<FakeHub> StartAsync()
    {
        var hub = new FakeHub();
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Logging.ClearProviders();
        builder.Services.AddSingleton(hub);
        builder.Services.AddGrpc(o => o.Interceptors.Add<Recorder>());
        hub.app = builder.Build();
        hub.app.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });
        hub.app.MapGrpcService<FakeSubmissionService>();
        hub.app.MapGrpcService<FakeRegistryService>();
        hub.app.MapGrpcService<FakeLedgerService>();
        hub.app.MapGrpcService<FakeCatalogueService>();
        await hub.app.StartAsync(Cancellation);
        return hub;
    }

    public int CountOf(string method) => Calls.Count(call => call.Method == method);

    public HubClient Client(Action<HubClientOptions>? configure = null)
    {
        var options = Options();
        configure?.Invoke(options);
        return new HubClient(options);
    }

    public HubClientOptions Options() => new()
    {
        Address = new Uri("http://localhost"),
        LogKey = Log.Key,
        TokenSource = new FakeTokens(),
        HubHttp = () => app!.GetTestServer().CreateHandler(),
        TimeProvider = new WaitlessTime(),
        Randomness = () => 0.5,
    };

    public async ValueTask DisposeAsync()
    {
        await app!.StopAsync(Cancellation);
        await app.DisposeAsync();
    }

    private sealed class Recorder(FakeHub hub) : Interceptor
    {
        public override async Task<TResponse> UnaryServerHandler<TRequest, TResponse>(
            TRequest request, ServerCallContext context, UnaryServerMethod<TRequest, TResponse> continuation)
        {
            var call = new ReceivedCall(
                context.Method[(context.Method.LastIndexOf('/') + 1)..], (IMessage)request, context.RequestHeaders.GetValue("authorization"));
            hub.Calls.Enqueue(call);
            await hub.Before(call, context);
            var answer = await continuation(request, context);
            hub.After(call);
            return answer;
        }
    }
}

/// <summary>Tokens that count up; the current one is given until it is refused.</summary>
internal sealed class FakeTokens : ITokenSource
{
    private int number = 1;

    public ConcurrentQueue<string?> Asked { get; } = new();

    public ValueTask<string> GetTokenAsync(string? refused, CancellationToken cancellationToken)
    {
        Asked.Enqueue(refused);
        if (refused == $"token-{number}") number++;
        return ValueTask.FromResult($"token-{number}");
    }
}
