using System.Security.Cryptography;
using Hub.Authority.Clients;
using Hub.Authority.Management;
using Hub.Authority.Storage;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace Hub.Authority.Persons;

/// <summary>A person to be registered; without a password one is made.</summary>
internal sealed record NewPerson(string UserName, string? Administration, IReadOnlyList<string> Scopes, string? Password = null);

/// <summary>Registers, changes and disables persons; behind the management API and, in one process, for tests.</summary>
internal sealed class PersonRegistration(UserManager<Person> persons)
{
    private const string PasswordLetters = "abcdefghijkmnpqrstuvwxyz23456789";
    private const int PasswordLength = 20;

    /// <summary>The person and the password, which is told here and never again.</summary>
    public async Task<(Person Person, string Password)> RegisterAsync(NewPerson wanted)
    {
        Check(wanted);
        if (await persons.FindByNameAsync(wanted.UserName) is not null)
        {
            throw new RefusedException("userName", "this person is registered already", "choose another user name") { IsConflict = true };
        }
        var person = new Person
        {
            UserName = wanted.UserName,
            Administration = wanted.Administration,
            Scopes = string.Join(' ', wanted.Scopes.Distinct().Order(StringComparer.Ordinal)),
        };
        var password = wanted.Password ?? MadePassword();
        Demand(await persons.CreateAsync(person, password));
        return (person, password);
    }

    public async Task<Person> GetAsync(string userName) => await persons.FindByNameAsync(userName) ?? throw new NotFoundException("person");

    public async Task<IReadOnlyList<Person>> ListAsync(int offset, CancellationToken cancellation) =>
        await persons.Users.OrderBy(person => person.NormalizedUserName).Skip(offset).Take(Limits.PageSizeMax).ToListAsync(cancellation);

    /// <summary>A disabled person gets no token from now on, whatever browser is still signed in.</summary>
    public async Task<Person> SetDisabledAsync(string userName, bool disabled)
    {
        var person = await GetAsync(userName);
        person.Disabled = disabled;
        Demand(await persons.UpdateSecurityStampAsync(person));
        return person;
    }

    /// <summary>Replaces a lost password, unlocks the account and ends its sessions; the new password is told here and never again.</summary>
    public async Task<(Person Person, string Password)> ResetPasswordAsync(string userName)
    {
        var person = await GetAsync(userName);
        var password = MadePassword();
        person.PasswordHash = persons.PasswordHasher.HashPassword(person, password);
        person.LockoutEnd = null;
        person.AccessFailedCount = 0;
        Demand(await persons.UpdateSecurityStampAsync(person));
        return (person, password);
    }

    private static string MadePassword() => RandomNumberGenerator.GetString(PasswordLetters, PasswordLength);

    private static void Check(NewPerson wanted)
    {
        Violation[] violations = [.. PersonRules.Check(wanted)];
        if (violations.Length > 0)
        {
            throw new RefusedException(violations);
        }
    }

    private static void Demand(IdentityResult result)
    {
        if (!result.Succeeded)
        {
            throw new RefusedException([.. result.Errors.Select(error => new Violation("person", error.Description, "change it and send again"))]);
        }
    }
}
