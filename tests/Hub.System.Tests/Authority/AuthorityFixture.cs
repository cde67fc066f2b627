using System.Net.Http.Json;
using System.Text.Json;
using Hub.Authority;
using Hub.Authority.Clients;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Hub.SystemTests.Authority;

/// <summary>An authority in this process, without ports, with a folder and a clock of its own.</summary>
public sealed class AuthorityFixture : IAsyncLifetime
{
    public const string Issuer = "https://authority.test";

    private WebApplication? app;

    public FakeTimeProvider Time { get; } = new(new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.Zero));
    public string Folder { get; } = Directory.CreateTempSubdirectory("hub-authority-").FullName;
    internal RecordingLogs Logs { get; } = new();
    internal IServiceProvider Services => app!.Services;
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => await StartAsync();

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Directory.Delete(Folder, recursive: true);
        Assert.DoesNotContain(Logs.Lines, line => line.StartsWith("Error", StringComparison.Ordinal) || line.StartsWith("Critical", StringComparison.Ordinal));
    }

    /// <summary>Another process on the same folder, as after a deployment.</summary>
    public async Task RestartAsync()
    {
        await StopAsync();
        await StartAsync();
    }

    public HttpMessageHandler Handler() => app!.GetTestServer().CreateHandler();

    public HttpClient Http() => new(Handler()) { BaseAddress = new Uri(Issuer) };

    /// <summary>The management client that the first start made.</summary>
    internal Machine FirstManager() => Machine.Read("authority-management", Path.Combine(Folder, "authority-management.jwk"), Time);

    /// <summary>Verb and pattern of every endpoint of the management API, read from the routing itself.</summary>
    internal IEnumerable<string> ManagementRoutes() =>
        from endpoint in Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
        where endpoint.RoutePattern.RawText!.StartsWith("/manage", StringComparison.Ordinal)
        from verb in endpoint.Metadata.GetRequiredMetadata<HttpMethodMetadata>().HttpMethods
        select $"{verb} {endpoint.RoutePattern.RawText!.TrimEnd('/')}";

    internal async Task<Machine> RegisterMachineAsync(string? administration = "UA", params string[] scopes)
    {
        var machine = Machine.Create(Time);
        await WithClientsAsync(clients => clients.RegisterAsync(
            new global::Hub.Authority.Clients.Client { ClientId = machine.ClientId, Administration = administration, Scopes = scopes, Keys = [machine.PublicKey] }, Cancellation));
        return machine;
    }

    internal async Task WithClientsAsync(Func<ClientRegistration, Task> change)
    {
        using var scope = Services.CreateScope();
        await change(scope.ServiceProvider.GetRequiredService<ClientRegistration>());
    }

    /// <summary>The token endpoint's answer to this assertion.</summary>
    internal async Task<TokenAnswer> RequestTokenAsync(string assertion, string scope = "hub.read")
    {
        using var http = Http();
        using var answer = await http.PostAsync("/connect/token", new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["scope"] = scope,
            ["client_assertion_type"] = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
            ["client_assertion"] = assertion,
        }), Cancellation);
        return new TokenAnswer(answer.StatusCode, await answer.Content.ReadFromJsonAsync<JsonElement>(Cancellation));
    }

    private async Task StartAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.WebHost.UseTestServer();
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Authority:Issuer"] = Issuer,
            ["Authority:DataFolder"] = Folder,
        });
        builder.Logging.ClearProviders().AddProvider(Logs).SetMinimumLevel(LogLevel.Debug);
        builder.Services.Replace(ServiceDescriptor.Singleton<TimeProvider>(Time));
        builder.AddHubAuthority();
        app = builder.Build();
        app.MapHubAuthority();
        await app.StartAsync(Cancellation);
    }

    private async Task StopAsync()
    {
        await app!.StopAsync(Cancellation);
        await app.DisposeAsync();
    }
}
