using Hub.Authority.Persons;
using Hub.Authority.Storage;

namespace Hub.Authority.Management;

/// <summary>Persons: register, read, disable, replace a lost password. A password is told once, in the answer to its making.</summary>
internal static class PersonEndpoints
{
    public static void Map(RouteGroupBuilder manage)
    {
        var persons = manage.MapGroup("/persons");
        persons.MapGet("/", async (PersonRegistration registration, CancellationToken cancellation, int offset = 0) =>
            new PersonPage([.. (await registration.ListAsync(Math.Max(0, offset), cancellation)).Select(person => PersonAnswer.Of(person))]));
        persons.MapPost("/", RegisterAsync);
        persons.MapGet("/{userName}", async (string userName, PersonRegistration registration) =>
            PersonAnswer.Of(await registration.GetAsync(userName)));
        persons.MapPost("/{userName}/disable", async (string userName, PersonRegistration registration) =>
            PersonAnswer.Of(await registration.SetDisabledAsync(userName, disabled: true)));
        persons.MapPost("/{userName}/enable", async (string userName, PersonRegistration registration) =>
            PersonAnswer.Of(await registration.SetDisabledAsync(userName, disabled: false)));
        persons.MapPost("/{userName}/password", async (string userName, PersonRegistration registration) =>
        {
            var (person, password) = await registration.ResetPasswordAsync(userName);
            return PersonAnswer.Of(person, password);
        });
    }

    private static async Task<IResult> RegisterAsync(HttpContext http, PersonRegistration registration)
    {
        var wanted = await RequestBody.ReadAsync<PersonRequest>(http);
        var (person, password) = await registration.RegisterAsync(
            new NewPerson(wanted.UserName, wanted.Administration, wanted.Scopes, wanted.Password));
        return Results.Created(
            $"{ManagementEndpoints.Prefix}/persons/{Uri.EscapeDataString(person.UserName!)}",
            PersonAnswer.Of(person, wanted.Password is null ? password : null));
    }
}

/// <summary>A person to be registered; without a password one is made.</summary>
internal sealed record PersonRequest
{
    public required string UserName { get; init; }
    public string? Administration { get; init; }
    public required IReadOnlyList<string> Scopes { get; init; }
    public string? Password { get; init; }
}

/// <summary>A person as the API shows it; the password only where it was just made.</summary>
internal sealed record PersonAnswer(
    string Id, string UserName, string? Administration, IReadOnlyList<string> Scopes, bool Disabled, string? Password)
{
    public static PersonAnswer Of(Person person, string? password = null) => new(
        person.Id, person.UserName!, person.Administration, person.GrantedScopes, person.Disabled, password);
}

/// <summary>At most 500 persons; the next ones with <c>?offset=</c>.</summary>
internal sealed record PersonPage(IReadOnlyList<PersonAnswer> Persons);
