using System.Text.Json;
using Hub.Authority.Clients;

namespace Hub.Authority.Management;

/// <summary>Clients: register, read, rotate keys, disable, delete.</summary>
internal static class ClientEndpoints
{
    public static void Map(RouteGroupBuilder manage)
    {
        var clients = manage.MapGroup("/clients");
        clients.MapGet("/", async (ClientRegistration registration, CancellationToken cancellation, int offset = 0) =>
            new ClientPage([.. (await registration.ListAsync(Math.Max(0, offset), cancellation)).Select(ClientAnswer.Of)]));
        clients.MapPost("/", RegisterAsync);
        clients.MapGet("/{clientId}", async (string clientId, ClientRegistration registration, CancellationToken cancellation) =>
            ClientAnswer.Of(await registration.GetAsync(clientId, cancellation)));
        clients.MapDelete("/{clientId}", async (string clientId, ClientRegistration registration, CancellationToken cancellation) =>
        {
            await registration.DeleteAsync(clientId, cancellation);
            return Results.NoContent();
        });
        clients.MapPost("/{clientId}/keys", AddKeyAsync);
        clients.MapDelete("/{clientId}/keys/{kid}", async (
            string clientId, string kid, ClientRegistration registration, CancellationToken cancellation) =>
            ClientAnswer.Of(await registration.RemoveKeyAsync(clientId, kid, cancellation)));
        clients.MapPost("/{clientId}/disable", async (string clientId, ClientRegistration registration, CancellationToken cancellation) =>
            ClientAnswer.Of(await registration.SetDisabledAsync(clientId, disabled: true, cancellation)));
        clients.MapPost("/{clientId}/enable", async (string clientId, ClientRegistration registration, CancellationToken cancellation) =>
            ClientAnswer.Of(await registration.SetDisabledAsync(clientId, disabled: false, cancellation)));
    }

    private static async Task<IResult> RegisterAsync(HttpContext http, ClientRegistration registration)
    {
        var wanted = await RequestBody.ReadAsync<ClientRequest>(http);
        var client = await registration.RegisterAsync(wanted.ToClient(), http.RequestAborted);
        return Results.Created($"{ManagementEndpoints.Prefix}/clients/{client.ClientId}", ClientAnswer.Of(client));
    }

    private static async Task<ClientAnswer> AddKeyAsync(HttpContext http, string clientId, ClientRegistration registration)
    {
        var key = await RequestBody.ReadAsync<JsonElement>(http);
        return ClientAnswer.Of(await registration.AddKeyAsync(clientId, ClientKeyRules.Read(key), http.RequestAborted));
    }
}

/// <summary>A client to be registered: <c>jwks</c> for a machine, <c>redirectUris</c> for an application that persons sign in through.</summary>
internal sealed record ClientRequest
{
    public required string ClientId { get; init; }
    public string? Administration { get; init; }
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>A JWK Set (RFC 7517) of public keys.</summary>
    public JsonElement? Jwks { get; init; }
    public IReadOnlyList<string>? RedirectUris { get; init; }

    public Client ToClient() => new()
    {
        ClientId = ClientId,
        Administration = Administration,
        Scopes = [.. Scopes.Distinct()],
        Keys = Jwks is { } set ? ClientKeyRules.ReadSet(set) : [],
        RedirectUris = RedirectUris ?? [],
    };
}

/// <summary>A client as the API shows it; of its keys the names.</summary>
internal sealed record ClientAnswer(
    string ClientId, string? Administration, IReadOnlyList<string> Scopes, IReadOnlyList<string> Kids, IReadOnlyList<string> RedirectUris, bool Disabled)
{
    public static ClientAnswer Of(Client client) => new(
        client.ClientId, client.Administration, client.Scopes, [.. client.Keys.Select(key => key.Kid)], client.RedirectUris, client.Disabled);
}

/// <summary>At most 500 clients; the next ones with <c>?offset=</c>.</summary>
internal sealed record ClientPage(IReadOnlyList<ClientAnswer> Clients);
