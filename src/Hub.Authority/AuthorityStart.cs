using System.Security.Cryptography;
using Hub.Authority.Clients;
using Hub.Authority.Storage;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Hub.Authority;

/// <summary>
/// Before the first request: the schema is brought up to date, and the two clients that everything else starts from exist. A start
/// that broke off half-way is completed by the next one.
/// </summary>
internal sealed partial class AuthorityStart(IServiceScopeFactory scopes, IOptions<AuthorityOptions> options, ILogger<AuthorityStart> logger)
    : IHostedService
{
    public const string ManagementClient = "authority-management";
    public const string CommandLineClient = "hub-cli";
    private const string CommandLineRedirect = "http://127.0.0.1/callback";

    private string KeyFile => Path.Combine(options.Value.DataFolder, $"{ManagementClient}.jwk");

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        using var scope = scopes.CreateScope();
        PrivateFiles.CreateFolder(options.Value.DataFolder);
        AuthoritySchema.Apply(scope.ServiceProvider.GetRequiredService<AuthorityDatabase>().Database.GetConnectionString()!);
        var clients = scope.ServiceProvider.GetRequiredService<ClientRegistration>();
        if (await clients.TryGetAsync(ManagementClient, cancellationToken) is null)
        {
            await clients.RegisterAsync(FirstManagement(), cancellationToken);
        }
        if (await clients.TryGetAsync(CommandLineClient, cancellationToken) is null)
        {
            await clients.RegisterAsync(
                new Client { ClientId = CommandLineClient, RedirectUris = [CommandLineRedirect], Scopes = Scopes.All }, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private Client FirstManagement() => new()
    {
        ClientId = ManagementClient,
        Scopes = [Scopes.Manage],
        Keys = [options.Value.ManagementKey is { } configured ? new JsonWebKey(configured) : MadeKey()],
    };

    /// <summary>The private half goes to a file that only this account reads, and nowhere else; who installs the authority takes it away.</summary>
    private JsonWebKey MadeKey()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        if (!File.Exists(KeyFile))
        {
            PrivateFiles.Write(KeyFile, Jwk.Write(pair, includePrivate: true));
            LogKeyWritten(KeyFile);
        }
        return Jwk.PublicHalf(File.ReadAllText(KeyFile));
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The key of the first management client was written to {File}.")]
    private partial void LogKeyWritten(string file);
}
