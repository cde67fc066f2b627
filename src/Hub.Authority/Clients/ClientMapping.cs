using System.Text.Json;
using Hub.Authority.Tokens;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Hub.Authority.Clients;

/// <summary>A <see cref="Client"/> as OpenIddict stores it, and back. A disabled one has no permission to use any endpoint.</summary>
internal static class ClientMapping
{
    public static OpenIddictApplicationDescriptor ToDescriptor(Client client)
    {
        var descriptor = new OpenIddictApplicationDescriptor { ClientId = client.ClientId, ConsentType = ConsentTypes.Implicit };
        if (client.Keys.Count > 0)
        {
            DescribeMachine(descriptor, client);
        }
        else
        {
            DescribeApplication(descriptor, client);
        }
        descriptor.Permissions.UnionWith(client.Scopes.Select(scope => Permissions.Prefixes.Scope + scope));
        if (client.Administration is { } administration)
        {
            descriptor.Properties[Grants.Administration] = JsonSerializer.SerializeToElement(administration);
        }
        return descriptor;
    }

    public static async Task<Client> FromStoreAsync(
        IOpenIddictApplicationManager store, object application, CancellationToken cancellation)
    {
        var stored = new OpenIddictApplicationDescriptor();
        await store.PopulateAsync(stored, application, cancellation);
        return new Client
        {
            ClientId = stored.ClientId!,
            Administration = stored.Properties.TryGetValue(Grants.Administration, out var value) ? value.GetString() : null,
            Scopes = [.. stored.Permissions.Where(IsScope).Select(text => text[Permissions.Prefixes.Scope.Length..]).Order(StringComparer.Ordinal)],
            Keys = [.. stored.JsonWebKeySet?.Keys ?? []],
            RedirectUris = [.. stored.RedirectUris.Select(uri => uri.OriginalString)],
            Disabled = !stored.Permissions.Contains(Permissions.Endpoints.Token),
        };
    }

    private static bool IsScope(string permission) => permission.StartsWith(Permissions.Prefixes.Scope, StringComparison.Ordinal);

    private static void DescribeMachine(OpenIddictApplicationDescriptor descriptor, Client client)
    {
        descriptor.ClientType = ClientTypes.Confidential;
        descriptor.JsonWebKeySet = new JsonWebKeySet();
        client.Keys.ToList().ForEach(descriptor.JsonWebKeySet.Keys.Add);
        descriptor.Permissions.Add(Permissions.GrantTypes.ClientCredentials);
        if (!client.Disabled)
        {
            descriptor.Permissions.Add(Permissions.Endpoints.Token);
        }
    }

    private static void DescribeApplication(OpenIddictApplicationDescriptor descriptor, Client client)
    {
        descriptor.ClientType = ClientTypes.Public;
        // Native: a loopback address without a port stands for every port (RFC 8252 §7.3).
        descriptor.ApplicationType = client.RedirectUris.All(uri => new Uri(uri).IsLoopback) ? ApplicationTypes.Native : ApplicationTypes.Web;
        descriptor.RedirectUris.UnionWith(client.RedirectUris.Select(uri => new Uri(uri)));
        descriptor.Requirements.Add(Requirements.Features.ProofKeyForCodeExchange);
        descriptor.Permissions.UnionWith([Permissions.GrantTypes.AuthorizationCode, Permissions.ResponseTypes.Code]);
        if (!client.Disabled)
        {
            descriptor.Permissions.UnionWith([Permissions.Endpoints.Authorization, Permissions.Endpoints.Token]);
        }
    }
}
