using System.Net;
using Hub.Authority;
using Hub.Silo.Hosting;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Hub.Standalone;

/// <summary>Authority, silo and data in one web application, on two loopback endpoints.</summary>
internal static class StandaloneHost
{
    /// <summary>The log's name in a sandbox.</summary>
    public const string LogOrigin = "hub.sandbox";

    /// <exception cref="StartException">A port is taken, or the catalogue or the data do not let it start.</exception>
    public static async Task<WebApplication> StartAsync(StandaloneSettings settings, CancellationToken cancellationToken)
    {
        try
        {
            var app = Build(settings);
            await app.StartAsync(cancellationToken);
            return app;
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            var remedy = e is IOException { InnerException: AddressInUseException } ? " Choose others with --grpc-port and --http-port." : "";
            throw new StartException($"The Hub does not start. {e.Message}{remedy}", e);
        }
    }

    private static WebApplication Build(StandaloneSettings settings)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ContentRootPath = AppContext.BaseDirectory });
        builder.Configuration.AddInMemoryCollection(Configuration(settings)).AddEnvironmentVariables("HUB_");
        builder.Logging.AddSimpleConsole(console => console.SingleLine = true).SetMinimumLevel(LogLevel.Warning)
            // A busy laptop makes Orleans warn of slow turns, and a sandbox's key ring is not encrypted: neither is news to its user.
            .AddFilter("Orleans", LogLevel.Error)
            // What stops the start is told by Program, in one line.
            .AddFilter("Microsoft.Extensions.Hosting.Internal.Host", LogLevel.None)
            .AddFilter("Microsoft.AspNetCore.DataProtection", LogLevel.Error)
            // The sign-in page is sent with no-store already, which antiforgery reports as its own doing.
            .AddFilter("Microsoft.AspNetCore.Antiforgery", LogLevel.Error);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, settings.GrpcPort, endpoint => endpoint.Protocols = HttpProtocols.Http2);
            kestrel.Listen(IPAddress.Loopback, settings.HttpPort, endpoint => endpoint.Protocols = HttpProtocols.Http1);
        });
        builder.Services.AddRouting();
        builder.AddHubAuthority();
        builder.AddHub();
        var app = builder.Build();
        app.UseRouting();
        // The Hub first: it answers for its own addresses, also those that are wrong, before the authority asks who calls.
        app.MapHub();
        app.MapGet("/", () => "The Hub. JSON addresses: /openapi/v1.json. Tokens: /.well-known/openid-configuration.\n").AllowAnonymous();
        app.MapHubAuthority();
        return app;
    }

    /// <summary>The settings with free ports where none was asked for: the issuer's name holds its port, so it is chosen before the start.</summary>
    public static StandaloneSettings WithPorts(StandaloneSettings settings) => settings with
    {
        GrpcPort = settings.GrpcPort == 0 ? HubHosting.FindFreePort() : settings.GrpcPort,
        HttpPort = settings.HttpPort == 0 ? HubHosting.FindFreePort() : settings.HttpPort,
    };

    private static Dictionary<string, string?> Configuration(StandaloneSettings settings) => new()
    {
        ["Authority:Issuer"] = settings.Http,
        ["Authority:AllowHttp"] = "true",
        ["Authority:DataFolder"] = settings.AuthorityFolder,
        ["Hub:DataFolder"] = settings.LedgerFolder,
        ["Hub:KeysFolder"] = settings.KeysFolder,
        ["Hub:CatalogueFolder"] = Samples.Catalogue,
        ["Hub:LogOrigin"] = LogOrigin,
        ["Hub:Operator"] = "standalone",
        // The sandbox's policy: one operator is enough. WhoAmI and every change say so.
        ["Hub:ConfirmationsRequired"] = "0",
    };
}
