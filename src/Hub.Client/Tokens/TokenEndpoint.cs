using System.Globalization;
using System.Net;
using System.Text.Json;

namespace Hub.Client;

/// <summary>A token as the issuer gave it.</summary>
internal sealed record IssuedToken(string Value, TimeSpan Lifetime);

/// <summary>Asks the issuer for one token: discovery, then client credentials with a freshly signed assertion.</summary>
internal sealed class TokenEndpoint(HttpClient http, Uri issuer, string clientId, string scope, ClientAssertion assertion)
{
    // RFC 6749 only recommends expires_in: without it the token is taken to be short-lived.
    private static readonly TimeSpan LifetimeUnlessSaid = TimeSpan.FromMinutes(1);

    public async Task<IssuedToken> RequestAsync(CancellationToken cancellationToken)
    {
        var (name, endpoint) = await DiscoverAsync(cancellationToken).ConfigureAwait(false);
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["grant_type"] = "client_credentials",
            ["client_id"] = clientId,
            ["scope"] = scope,
            ["client_assertion_type"] = ClientAssertion.Type,
            ["client_assertion"] = assertion.Sign(name),
        });
        using var request = new HttpRequestMessage(HttpMethod.Post, endpoint) { Content = form };
        var (status, answer) = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        using (answer)
            return status == HttpStatusCode.OK ? Read(endpoint, answer.RootElement) : throw Refusal(endpoint, status, answer.RootElement);
    }

    private async Task<(string Name, Uri TokenEndpoint)> DiscoverAsync(CancellationToken cancellationToken)
    {
        var address = new Uri($"{issuer.OriginalString.TrimEnd('/')}/.well-known/openid-configuration");
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        var (status, answer) = await SendAsync(request, cancellationToken).ConfigureAwait(false);
        using (answer)
        {
            if (status != HttpStatusCode.OK) throw TokenException.Unexpected(address, $"HTTP {(int)status}.");
            var name = Text(answer.RootElement, "issuer");
            // Another name would make our assertion good for somebody else's issuer. A slash at the end alone is no other name.
            if (name is null || name.TrimEnd('/') != issuer.OriginalString.TrimEnd('/'))
                throw TokenException.Unexpected(address, $"it names the issuer {name ?? "nowhere"}, the option Issuer says {issuer.OriginalString}.");
            if (!Uri.TryCreate(Text(answer.RootElement, "token_endpoint"), UriKind.Absolute, out var endpoint) ||
                (endpoint.Scheme != Uri.UriSchemeHttps && !(endpoint.Scheme == Uri.UriSchemeHttp && endpoint.IsLoopback && issuer.IsLoopback)))
                throw TokenException.Unexpected(address, "it names no https token_endpoint.");
            return (name, endpoint);
        }
    }

    private async Task<(HttpStatusCode Status, JsonDocument Answer)> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        try
        {
            using var response = await http.SendAsync(request, cancellationToken).ConfigureAwait(false);
            if (response.StatusCode is >= HttpStatusCode.InternalServerError or HttpStatusCode.TooManyRequests)
                throw new HttpRequestException($"HTTP {(int)response.StatusCode}.");
            var body = await response.Content.ReadAsByteArrayAsync(cancellationToken).ConfigureAwait(false);
            return (response.StatusCode, JsonDocument.Parse(body));
        }
        catch (HttpRequestException e)
        {
            throw TokenException.Unreachable(request.RequestUri!, e);
        }
        catch (JsonException)
        {
            throw TokenException.Unexpected(request.RequestUri!, "it is not JSON.");
        }
    }

    private static IssuedToken Read(Uri endpoint, JsonElement answer)
    {
        if (Text(answer, "access_token") is not { Length: > 0 } token) throw TokenException.Unexpected(endpoint, "it has no access_token.");
        if (!string.Equals(Text(answer, "token_type"), "Bearer", StringComparison.OrdinalIgnoreCase))
            throw TokenException.Unexpected(endpoint, "the token is not of type Bearer; the Hub takes no other.");
        return new IssuedToken(token, Lifetime(answer));
    }

    private TokenException Refusal(Uri endpoint, HttpStatusCode status, JsonElement answer) =>
        Text(answer, "error") is { Length: > 0 } error
            ? TokenException.Refused(clientId, error, Text(answer, "error_description"))
            : TokenException.Unexpected(endpoint, $"HTTP {(int)status} without an OAuth error.");

    private static TimeSpan Lifetime(JsonElement answer) =>
        answer.TryGetProperty("expires_in", out var seconds) &&
        double.TryParse(seconds.ToString(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && value is > 0 and < 1e7
            ? TimeSpan.FromSeconds(value) : LifetimeUnlessSaid;

    private static string? Text(JsonElement answer, string name) =>
        answer.ValueKind == JsonValueKind.Object && answer.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String
            ? value.GetString() : null;
}
