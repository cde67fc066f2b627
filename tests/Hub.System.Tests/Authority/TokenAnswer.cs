using System.Net;
using System.Text.Json;
using Microsoft.IdentityModel.JsonWebTokens;
using Xunit;

namespace Hub.SystemTests.Authority;

/// <summary>What the token endpoint answered.</summary>
internal sealed record TokenAnswer(HttpStatusCode Status, JsonElement Body)
{
    public string AccessToken => Body.GetProperty("access_token").GetString()!;
    public string? Error => Body.TryGetProperty("error", out var error) ? error.GetString() : null;
    public string? ErrorDescription => Body.TryGetProperty("error_description", out var text) ? text.GetString() : null;

    /// <summary>Reads without checking: what is checked is the test's business.</summary>
    public JsonWebToken Token => new(AccessToken);
    public JsonElement Claims => JsonDocument.Parse(Base64Url(Token.EncodedPayload)).RootElement;

    public void MustBeRefused(string error)
    {
        Assert.Equal(HttpStatusCode.BadRequest, Status);
        Assert.Equal(error, Error);
        Assert.False(Body.TryGetProperty("access_token", out _));
    }

    private static byte[] Base64Url(string text) => Microsoft.IdentityModel.Tokens.Base64UrlEncoder.DecodeBytes(text);
}
