using System.Security.Cryptography;
using Hub.Authority.Storage;
using Microsoft.AspNetCore.Identity;

namespace Hub.Authority.Persons;

/// <summary>
/// Checks a user name and a password. The answer and the work are the same whether the name is unknown, the password wrong, the account
/// disabled or locked: nobody learns who has an account. Sign-ins pass one at a time (see the endpoint), so tries sent at once count
/// as many.
/// </summary>
internal sealed class PersonSignIn(UserManager<Person> persons, DummyPassword dummy)
{
    /// <summary>The person, or nothing and no reason.</summary>
    public async Task<Person?> TryAsync(string userName, string password)
    {
        if (userName.Length > Limits.NameLengthMax || password.Length > Limits.PasswordLengthMax)
        {
            return null;
        }
        var person = await persons.FindByNameAsync(userName);
        if (person is null)
        {
            dummy.Verify(password);
            return null;
        }
        var right = await persons.CheckPasswordAsync(person, password);
        return await persons.IsLockedOutAsync(person) || person.Disabled || !await CountAsync(person, right) ? null : person;
    }

    private async Task<bool> CountAsync(Person person, bool right)
    {
        var counted = right ? await persons.ResetAccessFailedCountAsync(person) : await persons.AccessFailedAsync(person);
        return right && counted.Succeeded;
    }
}

/// <summary>A password that nobody has: checking against it takes as long as checking a real one.</summary>
internal sealed class DummyPassword(IPasswordHasher<Person> hasher)
{
    private readonly Person nobody = new();
    private readonly string hash = hasher.HashPassword(new Person(), RandomNumberGenerator.GetHexString(Limits.PasswordLengthMin));

    public void Verify(string password) => hasher.VerifyHashedPassword(nobody, hash, password);
}
