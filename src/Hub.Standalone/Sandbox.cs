using Hub.Client;
using Hub.Transparency;

namespace Hub.Standalone;

/// <summary>A running Hub with its operator: what the plain run and the demo both begin with.</summary>
internal sealed class Sandbox : IAsyncDisposable
{
    private static readonly string[] MemberScopes = ["hub.submit", "hub.read"];
    private readonly WebApplication app;

    private Sandbox(WebApplication app, StandaloneSettings settings, string logKey, SandboxClients clients, HubClient @operator)
    {
        this.app = app;
        Settings = settings;
        LogKey = logKey;
        Clients = clients;
        Operator = @operator;
    }

    public StandaloneSettings Settings { get; }

    /// <summary>The log's public key, as it is handed over at onboarding.</summary>
    public string LogKey { get; }

    public SandboxClients Clients { get; }

    public HubClient Operator { get; }

    public static async Task<Sandbox> StartAsync(StandaloneSettings settings, CancellationToken cancellationToken)
    {
        settings = StandaloneHost.WithPorts(settings);
        var app = await StandaloneHost.StartAsync(settings, cancellationToken);
        var logKey = app.Services.GetRequiredService<NoteVerifier>().ToString();
        var clients = new SandboxClients(settings, logKey);
        var operatorClient = await clients.ConnectAsync("operator", null, ["hub.operate", "hub.read"], cancellationToken);
        return new Sandbox(app, settings, logKey, clients, operatorClient);
    }

    /// <summary>Registers an administration, unless it is, and connects as its system.</summary>
    public async Task<HubClient> JoinAsync(SampleAdministration administration, bool isRegistered, CancellationToken cancellationToken)
    {
        if (!isRegistered)
        {
            await Operator.Registry.ProposeRegistrationAsync(
                new Administration($"administrations/{administration.Code}", administration.Name) { TimeZone = administration.TimeZone },
                "Joins the sandbox.", cancellationToken: cancellationToken);
        }

        return await Clients.ConnectAsync(ClientId(administration.Code), administration.Code, MemberScopes, cancellationToken);
    }

    public async Task<ISet<string>> RegisteredAsync(CancellationToken cancellationToken)
    {
        var names = new HashSet<string>();
        await foreach (var administration in Operator.Registry.ListAdministrationsAsync(cancellationToken))
        {
            names.Add(administration.Name);
        }

        return names;
    }

    public static string ClientId(string code) => $"adm-{code.ToLowerInvariant()}";

    /// <summary>Returns when Ctrl+C or the operating system asks the program to end.</summary>
    public Task WaitForShutdownAsync() => app.WaitForShutdownAsync();

    public async ValueTask DisposeAsync()
    {
        Operator.Dispose();
        Clients.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
