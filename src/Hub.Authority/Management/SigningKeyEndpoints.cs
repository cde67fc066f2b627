using Hub.Authority.Keys;

namespace Hub.Authority.Management;

/// <summary>The authority's own keys: publish a new one, let it sign, remove the old one.</summary>
internal static class SigningKeyEndpoints
{
    public static void Map(RouteGroupBuilder manage)
    {
        var keys = manage.MapGroup("/signing-keys");
        keys.MapGet("/", (SigningKeys signing) => Answer(signing));
        keys.MapPost("/", (SigningKeys signing) =>
        {
            var key = signing.Publish();
            return Results.Created($"{ManagementEndpoints.Prefix}/signing-keys/{key.Id}", SigningKeyAnswer.Of(key, signs: false));
        });
        keys.MapPost("/{kid}/activate", (string kid, SigningKeys signing) =>
        {
            signing.Activate(kid);
            return Answer(signing);
        });
        keys.MapDelete("/{kid}", (string kid, SigningKeys signing) =>
        {
            signing.Remove(kid);
            return Results.NoContent();
        });
    }

    private static SigningKeyPage Answer(SigningKeys signing)
    {
        var keys = signing.All;
        return new SigningKeyPage([.. keys.Select(key => SigningKeyAnswer.Of(key, signs: key == keys[0]))]);
    }
}

/// <summary>A signing key as the API shows it.</summary>
internal sealed record SigningKeyAnswer(string Kid, bool Signs, DateTimeOffset Published, DateTimeOffset? SignedUntil)
{
    public static SigningKeyAnswer Of(SigningKey key, bool signs) => new(key.Id, signs, key.Published, key.SignedUntil);
}

/// <summary>All keys of the JWKS, the signing one first.</summary>
internal sealed record SigningKeyPage(IReadOnlyList<SigningKeyAnswer> Keys);
