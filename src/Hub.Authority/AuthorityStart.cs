using System.Security.Cryptography;
using Hub.Authority.Clients;
using Hub.Authority.Keys;
using Hub.Authority.Storage;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;

namespace Hub.Authority;

/// <summary>
/// Before the first request: schema, signing key, and the two clients that everything else starts from. A start that broke off
/// half-way is completed by the next one.
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
        PrivateFiles.Create(options.Value.DatabaseFile);
        AuthoritySchema.Apply(options.Value.ConnectionString);
        // Makes the first signing key now: a folder that cannot be written stops the start, not the first request.
        scope.ServiceProvider.GetRequiredService<SigningKeys>();
        var clients = scope.ServiceProvider.GetRequiredService<ClientRegistration>();
        await EnsureManagerAsync(clients, cancellationToken);
        if (await clients.TryGetAsync(CommandLineClient, cancellationToken) is null)
        {
            await clients.RegisterAsync(
                new Client { ClientId = CommandLineClient, RedirectUris = [CommandLineRedirect], Scopes = Scopes.All }, cancellationToken);
        }
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Whoever may start this program may manage it: if no manager is left, the first one is made anew.</summary>
    private async Task EnsureManagerAsync(ClientRegistration clients, CancellationToken cancellation)
    {
        if (await clients.HasManagerAsync(cancellation))
        {
            return;
        }
        if (await clients.TryGetAsync(ManagementClient, cancellation) is not null)
        {
            await clients.DeleteAsync(ManagementClient, cancellation);
        }
        var key = new JsonWebKey(options.Value.ManagementKey ?? MakeKey());
        await clients.RegisterAsync(new Client { ClientId = ManagementClient, Scopes = [Scopes.Manage], Keys = [key] }, cancellation);
    }

    /// <summary>The private half goes to a file that only this account reads, and nowhere else; who installs the authority takes it away.</summary>
    private string MakeKey()
    {
        using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        PrivateFiles.Write(KeyFile, Jwk.Write(pair, includePrivate: true));
        LogKeyWritten(KeyFile);
        return Jwk.Write(pair, includePrivate: false);
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The key of the first management client was written to {File}.")]
    private partial void LogKeyWritten(string file);
}
