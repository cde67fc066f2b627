using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Hub.Client;
using Microsoft.IdentityModel.Tokens;

namespace Hub.Standalone;

/// <summary>
/// The OAuth clients of a sandbox, registered through the authority's management API as in a real installation. Each private key
/// is made here and lies in a file of its own; the authority gets the public half.
/// </summary>
internal sealed class SandboxClients : IDisposable
{
    private readonly StandaloneSettings settings;
    private readonly string logKey;
    private readonly SocketsHttpHandler issuerConnections = new();
    private readonly HttpClient management;
    private readonly HubClient manager;

    public SandboxClients(StandaloneSettings settings, string logKey)
    {
        this.settings = settings;
        this.logKey = logKey;
        Directory.CreateDirectory(settings.ClientsFolder);
        management = new HttpClient(issuerConnections, disposeHandler: false) { BaseAddress = settings.HttpAddress };
        manager = Connect("authority-management", File.ReadAllText(Path.Combine(settings.AuthorityFolder, "authority-management.jwk")), "authority.manage");
    }

    /// <summary>Connects as a client with these scopes, registering it first if this sandbox has not yet.</summary>
    public async Task<HubClient> ConnectAsync(string clientId, string? administration, string[] scopes, CancellationToken cancellationToken)
    {
        var keyFile = Path.Combine(settings.ClientsFolder, $"{clientId}.pem");
        if (!File.Exists(keyFile))
        {
            using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            await RegisterAsync(clientId, administration, scopes, key, cancellationToken);
            await WritePrivateAsync(keyFile, key.ExportPkcs8PrivateKeyPem(), cancellationToken);
        }

        return Connect(clientId, await File.ReadAllTextAsync(keyFile, cancellationToken), scopes);
    }

    /// <summary>Registers a person, or gives one that is registered a new password; either way the password is told here and never again.</summary>
    public async Task<string> RegisterPersonAsync(string userName, string[] scopes, CancellationToken cancellationToken)
    {
        var body = new JsonObject { ["userName"] = userName, ["scopes"] = new JsonArray([.. scopes.Select(s => JsonValue.Create(s))]) };
        using var registered = await PostAsync("manage/persons", body, cancellationToken);
        if (registered.StatusCode == HttpStatusCode.Conflict)
        {
            using var reset = await PostAsync($"manage/persons/{userName}/password", null, cancellationToken);
            return await PasswordAsync(reset, userName, cancellationToken);
        }

        return await PasswordAsync(registered, userName, cancellationToken);
    }

    /// <summary>Connects as a person who signs in through the authority's page.</summary>
    public async Task<HubClient> ConnectPersonAsync(string userName, string password, string[] scopes, CancellationToken cancellationToken)
    {
        var token = await PersonSignIn.SignInAsync(settings.HttpAddress, userName, password, string.Join(' ', scopes), cancellationToken);
        return new HubClient(new HubClientOptions { Address = settings.GrpcAddress, LogKey = logKey, TokenSource = token });
    }

    /// <summary>A file that only this account reads.</summary>
    public static async Task WritePrivateAsync(string file, string text, CancellationToken cancellationToken)
    {
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        await using var writer = new StreamWriter(file, options);
        await writer.WriteAsync(text.AsMemory(), cancellationToken);
    }

    public void Dispose()
    {
        manager.Dispose();
        management.Dispose();
        issuerConnections.Dispose();
    }

    private HubClient Connect(string clientId, string key, params string[] scopes) => new(new HubClientOptions
    {
        Address = settings.GrpcAddress,
        Issuer = settings.HttpAddress,
        ClientId = clientId,
        ClientKey = key,
        Scopes = scopes,
        LogKey = logKey,
        IssuerHttp = () => issuerConnections,
    });

    private async Task RegisterAsync(string clientId, string? administration, string[] scopes, ECDsa key, CancellationToken cancellationToken)
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        var body = new JsonObject
        {
            ["clientId"] = clientId,
            ["administration"] = administration,
            ["scopes"] = new JsonArray([.. scopes.Select(s => JsonValue.Create(s))]),
            ["jwks"] = new JsonObject
            {
                ["keys"] = new JsonArray(new JsonObject
                {
                    ["kty"] = "EC",
                    ["use"] = "sig",
                    ["alg"] = "ES256",
                    ["crv"] = "P-256",
                    ["kid"] = $"{clientId}-1",
                    ["x"] = Base64UrlEncoder.Encode(point.X),
                    ["y"] = Base64UrlEncoder.Encode(point.Y),
                }),
            },
        };
        using var response = await PostAsync("manage/clients", body, cancellationToken);
        await RequireSuccessAsync(response, clientId, cancellationToken);
    }

    private async Task<HttpResponseMessage> PostAsync(string path, JsonObject? body, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body is null ? null : JsonContent.Create(body) };
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await manager.Tokens.GetTokenAsync(null, cancellationToken));
        return await management.SendAsync(request, cancellationToken);
    }

    private static async Task<string> PasswordAsync(HttpResponseMessage response, string userName, CancellationToken cancellationToken)
    {
        await RequireSuccessAsync(response, userName, cancellationToken);
        var answer = await response.Content.ReadFromJsonAsync<JsonObject>(cancellationToken);
        return answer!["password"]!.GetValue<string>();
    }

    private static async Task RequireSuccessAsync(HttpResponseMessage response, string who, CancellationToken cancellationToken)
    {
        if (!response.IsSuccessStatusCode)
        {
            var detail = await response.Content.ReadAsStringAsync(cancellationToken);
            throw new InvalidOperationException($"The authority did not register {who}: HTTP {(int)response.StatusCode} {detail}");
        }
    }
}
