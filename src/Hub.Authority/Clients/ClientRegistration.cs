using Hub.Authority.Management;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;

namespace Hub.Authority.Clients;

/// <summary>Registers, changes and removes clients; behind the management API and, in one process, for tests.</summary>
internal sealed class ClientRegistration(IOpenIddictApplicationManager store)
{
    public async Task<Client> RegisterAsync(Client client, CancellationToken cancellation)
    {
        Check(client);
        if (await store.FindByClientIdAsync(client.ClientId, cancellation) is not null)
        {
            throw new RefusedException("clientId", "this client is registered already", "choose another id, or change its keys") { IsConflict = true };
        }
        await store.CreateAsync(ClientMapping.ToDescriptor(client), cancellation);
        return client;
    }

    public async Task<Client> GetAsync(string clientId, CancellationToken cancellation) =>
        await ClientMapping.FromStoreAsync(store, await FindAsync(clientId, cancellation), cancellation);

    public async Task<Client?> TryGetAsync(string clientId, CancellationToken cancellation) =>
        await store.FindByClientIdAsync(clientId, cancellation) is { } found
            ? await ClientMapping.FromStoreAsync(store, found, cancellation)
            : null;

    public async Task<IReadOnlyList<Client>> ListAsync(int offset, CancellationToken cancellation)
    {
        var clients = new List<Client>();
        await foreach (var application in store.ListAsync(Limits.PageSizeMax, offset, cancellation))
        {
            clients.Add(await ClientMapping.FromStoreAsync(store, application, cancellation));
        }
        return clients;
    }

    /// <summary>Whether anybody can still change what is registered here.</summary>
    public async Task<bool> HasManagerAsync(CancellationToken cancellation)
    {
        await foreach (var application in store.ListAsync(count: null, offset: null, cancellation))
        {
            if (await ClientMapping.FromStoreAsync(store, application, cancellation) is { Disabled: false, Keys.Count: > 0 } client
                && client.Scopes.Contains(Scopes.Manage))
            {
                return true;
            }
        }
        return false;
    }

    public async Task DeleteAsync(string clientId, CancellationToken cancellation) =>
        await store.DeleteAsync(await FindAsync(clientId, cancellation), cancellation);

    /// <summary>Adds a key beside the present one: both are accepted until the old one is removed.</summary>
    public Task<Client> AddKeyAsync(string clientId, JsonWebKey key, CancellationToken cancellation) =>
        ChangeAsync(clientId, client => client with { Keys = [.. client.Keys, key] }, cancellation);

    public Task<Client> RemoveKeyAsync(string clientId, string kid, CancellationToken cancellation) =>
        ChangeAsync(clientId, client => client with { Keys = Without(client, kid) }, cancellation);

    public Task<Client> SetDisabledAsync(string clientId, bool disabled, CancellationToken cancellation) =>
        ChangeAsync(clientId, client => client with { Disabled = disabled }, cancellation);

    private static JsonWebKey[] Without(Client client, string kid)
    {
        JsonWebKey[] left = [.. client.Keys.Where(key => key.Kid != kid)];
        if (left.Length == client.Keys.Count)
        {
            throw new NotFoundException("key");
        }
        return left.Length > 0 ? left : throw new RefusedException("kid", "this is the client's only key", "add its successor first, or disable the client");
    }

    private async Task<Client> ChangeAsync(string clientId, Func<Client, Client> change, CancellationToken cancellation)
    {
        var stored = await FindAsync(clientId, cancellation);
        var changed = change(await ClientMapping.FromStoreAsync(store, stored, cancellation));
        Check(changed);
        await store.UpdateAsync(stored, ClientMapping.ToDescriptor(changed), cancellation);
        return changed;
    }

    private static void Check(Client client)
    {
        Violation[] violations = [.. ClientRules.Check(client)];
        if (violations.Length > 0)
        {
            throw new RefusedException(violations);
        }
    }

    private async Task<object> FindAsync(string clientId, CancellationToken cancellation) =>
        await store.FindByClientIdAsync(clientId, cancellation) ?? throw new NotFoundException("client");
}
