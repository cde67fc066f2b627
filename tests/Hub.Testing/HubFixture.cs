using System.Net;
using Grpc.Net.Client;
using Hub.Client;
using Hub.Silo.Access;
using Hub.Silo.Hosting;
using Hub.Silo.Ledger;
using Hub.Transparency;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Testing;

namespace Hub.Testing;

/// <summary>
/// The real silo on a real SQLite ledger in a folder of its own, reached through TestServer, with an issuer that tests sign for.
/// At its end the ledger is verified, and an error that the server logged unexpectedly fails the test.
/// </summary>
public sealed class HubFixture : IAsyncDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("hub-test-").FullName;
    private readonly Action<HubFixtureOptions>? configure;
    private WebApplication? silo;
    private bool isOnKestrel;

    private HubFixture(Action<HubFixtureOptions>? configure) => this.configure = configure;

    public TestIssuer Issuer { get; } = new();

    public FakeLogCollector Log { get; } = new();

    /// <summary>The calendar's clock; the system's unless the options say otherwise.</summary>
    public TimeProvider Time { get; private set; } = TimeProvider.System;

    public string DataFolder => Path.Combine(folder, "ledger");

    public string KeysFolder => Path.Combine(folder, "keys");

    /// <summary>The log's key, as it is handed over at onboarding.</summary>
    public string LogKey => Services.GetRequiredService<NoteVerifier>().ToString();

    public IServiceProvider Services => silo!.Services;

    /// <summary>Log messages at Error that a test provokes on purpose; all others fail it.</summary>
    public Func<FakeLogRecord, bool> ExpectedErrors { get; set; } = _ => false;

    public static async Task<HubFixture> StartAsync(Action<HubFixtureOptions>? configure = null)
    {
        var fixture = new HubFixture(configure);
        await fixture.StartSiloAsync();
        return fixture;
    }

    /// <summary>Stops the silo and starts another one on the same folders.</summary>
    public async Task RestartAsync()
    {
        await StopSiloAsync();
        await StartSiloAsync();
    }

    /// <summary>A connection without the SDK; the token goes into each call.</summary>
    public GrpcChannel Channel() => GrpcChannel.ForAddress(Address, new GrpcChannelOptions { HttpHandler = Handler() });

    public HttpMessageHandler Handler() => isOnKestrel ? new SocketsHttpHandler() : silo!.GetTestServer().CreateHandler();

    /// <summary>Where gRPC is spoken.</summary>
    public Uri Address => isOnKestrel ? GrpcAddress : new Uri("http://localhost");

    /// <summary>With <see cref="HubFixtureOptions.Kestrel"/>: gRPC over HTTP/2 on loopback.</summary>
    public Uri GrpcAddress => Listening(0);

    /// <summary>With <see cref="HubFixtureOptions.Kestrel"/>: JSON and gRPC-Web over HTTP/1.1 on loopback.</summary>
    public Uri HttpAddress => Listening(1);

    /// <summary>HTTP/1.1 with JSON.</summary>
    public HttpClient Http() => silo!.GetTestClient();

    public string MachineToken(string clientId, string? administration, params string[] scopes) =>
        Issuer.Sign(Issuer.Machine(Time.GetUtcNow(), clientId, administration, scopes));

    public string PersonToken(string subject, string? administration, params string[] scopes) =>
        Issuer.Sign(Issuer.Person(Time.GetUtcNow(), subject, administration, scopes));

    public HubClient Member(string code) => Client(() => MachineToken($"adm-{code}", code, Scopes.Submit, Scopes.Read));

    public HubClient Operator() => Client(() => MachineToken("operator", null, Scopes.Operate, Scopes.Read));

    public HubClient Person(string subject, params string[] scopes) => Client(() => PersonToken(subject, null, scopes));

    public HubClient Client(Func<string> token, Action<HubClientOptions>? configure = null)
    {
        var options = new HubClientOptions
        {
            Address = Address,
            LogKey = LogKey,
            TokenSource = new TestTokens(token),
            HubHttp = Handler,
        };
        configure?.Invoke(options);
        return new HubClient(options);
    }

    /// <summary>Registers administrations as an operator does.</summary>
    public async Task RegisterAsync(params string[] codes)
    {
        using var hub = Operator();
        foreach (var code in codes)
        {
            await hub.Registry.ProposeRegistrationAsync(new Administration($"administrations/{code}", code), "Joins");
        }
    }

    public async ValueTask DisposeAsync()
    {
        var verification = silo is null ? null : Services.GetRequiredService<LedgerVerifier>().Verify(CancellationToken.None);
        await StopSiloAsync();
        Issuer.Dispose();
        Directory.Delete(folder, recursive: true);
        if (verification is { IsSound: false } && !Options().LedgerMayBeUnsound)
        {
            throw new InvalidOperationException("The ledger does not verify: " + string.Join("; ", verification.Flaws));
        }

        var unexpected = Log.GetSnapshot().Where(r => r.Level >= LogLevel.Error && !IsLeapOfTheClock(r) && !ExpectedErrors(r)).ToList();
        if (unexpected.Count > 0)
        {
            throw new InvalidOperationException("The server logged an unexpected error: " + string.Join("; ", unexpected.Select(r => $"{r.Message} {r.Exception}")));
        }
    }

    // Orleans watches its own pauses by the same clock that a test moves, and takes a leap for a machine that stood still.
    private bool IsLeapOfTheClock(FakeLogRecord record) =>
        Time != TimeProvider.System && record.Category?.StartsWith("Orleans.", StringComparison.Ordinal) == true && record.Message.Contains("stalled", StringComparison.Ordinal);

    private Uri Listening(int endpoint) =>
        new(silo!.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ElementAt(endpoint));

    private HubFixtureOptions Options()
    {
        var options = new HubFixtureOptions();
        configure?.Invoke(options);
        return options;
    }

    private async Task StartSiloAsync()
    {
        var options = Options();
        (Time, isOnKestrel) = (options.Time, options.Kestrel);
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = folder });
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Authority:Issuer"] = Issuer.Address,
            ["Hub:DataFolder"] = DataFolder,
            ["Hub:KeysFolder"] = KeysFolder,
            ["Hub:CatalogueFolder"] = options.CatalogueFolder,
            ["Hub:ConfirmationsRequired"] = options.ConfirmationsRequired.ToString(),
        });
        builder.Configuration.AddInMemoryCollection(options.Settings);
        if (options.Kestrel)
        {
            builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
            {
                kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http2);
                kestrel.Listen(IPAddress.Loopback, 0, endpoint => endpoint.Protocols = HttpProtocols.Http1);
            });
        }
        else
        {
            builder.WebHost.UseTestServer();
        }

        builder.Logging.SetMinimumLevel(LogLevel.Information).AddProvider(new FakeLoggerProvider(Log));
        builder.Services.AddRoutingCore();
        builder.Services.AddSingleton(options.Time);
        builder.AddHub();
        builder.Services.AddHttpClient(nameof(IssuerKeys)).ConfigurePrimaryHttpMessageHandler(Issuer.Handler);
        options.Services(builder.Services);
        silo = builder.Build();
        silo.UseRouting();
        silo.MapHub();
        await silo.StartAsync();
    }

    private async Task StopSiloAsync()
    {
        if (Interlocked.Exchange(ref silo, null) is { } running)
        {
            await running.StopAsync();
            await running.DisposeAsync();
        }
    }
}

/// <summary>How a test wants its silo.</summary>
public sealed class HubFixtureOptions
{
    public TimeProvider Time { get; set; } = TimeProvider.System;

    public int ConfirmationsRequired { get; set; }

    public string CatalogueFolder { get; set; } = Path.Combine(Repository.Samples, "catalogue");

    /// <summary>Real sockets on loopback instead of TestServer: for clients that are not ours, and for the limits of the wire.</summary>
    public bool Kestrel { get; set; }

    /// <summary>For tests that break the ledger by hand.</summary>
    public bool LedgerMayBeUnsound { get; set; }

    public IDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>();

    /// <summary>Replaces services after the silo has added its own.</summary>
    public Action<IServiceCollection> Services { get; set; } = _ => { };
}
