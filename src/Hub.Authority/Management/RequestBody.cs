using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hub.Authority.Management;

/// <summary>Reads a request strictly: a member that nobody knows is a mistake, not something to pass over in silence.</summary>
internal static class RequestBody
{
    private static readonly JsonSerializerOptions Strict = new(JsonSerializerDefaults.Web)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        PropertyNameCaseInsensitive = false,
        NumberHandling = JsonNumberHandling.Strict,
        AllowDuplicateProperties = false,
    };

    public static async Task<T> ReadAsync<T>(HttpContext http)
    {
        if (!http.Request.HasJsonContentType())
        {
            throw new RefusedException("Content-Type", "the body is JSON", "send application/json");
        }
        try
        {
            return await JsonSerializer.DeserializeAsync<T>(http.Request.Body, Strict, http.RequestAborted)
                ?? throw new RefusedException("$", "the body is a JSON object", "send one");
        }
        catch (JsonException mistake)
        {
            throw new RefusedException(mistake.Path ?? "$", "this member is unknown, missing, doubled or of another type",
                "compare with the README of the authority");
        }
    }
}
