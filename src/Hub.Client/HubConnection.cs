using System.Net;
using Grpc.Core;
using Grpc.Net.Client;
using Grpc.Net.Client.Web;
using Microsoft.Extensions.Logging;
using Polly;
using Polly.Retry;

namespace Hub.Client;

/// <summary>The channel to the Hub, the way to the issuer, and what all calls share.</summary>
internal sealed class HubConnection : IDisposable
{
    private readonly List<IDisposable> owned = [];

    public HubConnection(HubClientOptions options, ILoggerFactory loggers)
    {
        Pipeline = new CallPipeline(options, loggers.CreateLogger<CallPipeline>());
        Calls = new HubCalls(options.TokenSource ?? Credentials(options, loggers), Pipeline, options.AttemptDeadline, options.Address!);
        Invoker = Own(Channel(options, loggers)).CreateCallInvoker();
    }

    public CallPipeline Pipeline { get; }

    public HubCalls Calls { get; }

    public CallInvoker Invoker { get; }

    public void Dispose()
    {
        foreach (var one in Enumerable.Reverse(owned)) one.Dispose();
    }

    private GrpcChannel Channel(HubClientOptions options, ILoggerFactory loggers)
    {
        var handler = options.HubHttp?.Invoke() ?? Own(new SocketsHttpHandler
        {
            EnableMultipleHttp2Connections = true,
            // A connection that a firewall forgot must be noticed while nothing is sent over it.
            KeepAlivePingDelay = TimeSpan.FromSeconds(60),
            KeepAlivePingTimeout = TimeSpan.FromSeconds(20),
        });
        var channel = new GrpcChannelOptions { HttpHandler = handler, LoggerFactory = loggers };
        if (options.Transport == HubTransport.GrpcWeb)
        {
            channel.HttpHandler = new GrpcWebHandler(GrpcWebMode.GrpcWeb, handler);
            channel.HttpVersion = HttpVersion.Version11;
        }

        return GrpcChannel.ForAddress(options.Address!, channel);
    }

    private ClientCredentials Credentials(HubClientOptions options, ILoggerFactory loggers)
    {
        var handler = options.IssuerHttp?.Invoke() ?? Own(new SocketsHttpHandler { PooledConnectionLifetime = TimeSpan.FromMinutes(5) });
        var http = Own(new HttpClient(handler, disposeHandler: false)
        {
            Timeout = options.AttemptDeadline,
            MaxResponseContentBufferSize = 1024 * 1024,
        });
        var assertion = new ClientAssertion(options.ClientId!, SigningKey.Parse(options.ClientKey!), options.TimeProvider);
        var endpoint = new TokenEndpoint(http, options.Issuer!, options.ClientId!, string.Join(' ', options.AskedScopes), assertion);
        var retries = Retries(options);
        return Own(new ClientCredentials(
            token => retries.ExecuteAsync(async inner => await endpoint.RequestAsync(inner).ConfigureAwait(false), token).AsTask(),
            options.TimeProvider, loggers.CreateLogger<ClientCredentials>()));
    }

    // Asking for a token changes nothing, and each request carries an assertion of its own.
    private static ResiliencePipeline Retries(HubClientOptions options) =>
        new ResiliencePipelineBuilder { TimeProvider = options.TimeProvider }
            .AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = args => ValueTask.FromResult(args.Outcome.Exception is TokenException { StatusCode: StatusCode.Unavailable }),
                MaxRetryAttempts = 3,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = TimeSpan.FromMilliseconds(200),
                Randomizer = options.Randomness,
            })
            .Build();

    private T Own<T>(T one) where T : IDisposable
    {
        owned.Add(one);
        return one;
    }
}
