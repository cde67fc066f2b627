using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text.Json;
using Hub.Authority.Management;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Server;
using OpenIddict.Validation;

namespace Hub.Authority.Keys;

/// <summary>
/// The authority's keys, in the order of the JWKS: the first one signs, all are published. They change without a restart: publish
/// a key, wait until every consumer has fetched it, let it sign, and remove the old one when nothing it signed is valid any more.
/// </summary>
internal sealed class SigningKeys
{
    private readonly Lock gate = new();
    private readonly string path;
    private readonly TimeProvider time;
    private readonly IOptionsMonitorCache<OpenIddictServerOptions> server;
    private readonly IOptionsMonitorCache<OpenIddictValidationOptions> validation;
    private ImmutableArray<SigningKey> keys;

    public SigningKeys(
        IOptions<AuthorityOptions> options,
        TimeProvider time,
        IOptionsMonitorCache<OpenIddictServerOptions> server,
        IOptionsMonitorCache<OpenIddictValidationOptions> validation)
    {
        (this.time, this.server, this.validation) = (time, server, validation);
        PrivateFiles.CreateFolder(options.Value.DataFolder);
        path = Path.Combine(options.Value.DataFolder, "signing-keys.json");
        keys = File.Exists(path)
            ? [.. JsonSerializer.Deserialize<SigningKey[]>(File.ReadAllText(path))!]
            : Save([SigningKey.Create(time.GetUtcNow())]);
    }

    public ImmutableArray<SigningKey> All => keys;

    /// <summary>Encrypts authorization codes, which never outlive a minute: a restart asks the person to sign in again.</summary>
    public EncryptingCredentials CodeEncryption { get; } = new(
        new SymmetricSecurityKey(RandomNumberGenerator.GetBytes(32)), SecurityAlgorithms.Aes256KW, SecurityAlgorithms.Aes256CbcHmacSha512);

    /// <summary>Publishes a new key behind the others; it signs nothing yet.</summary>
    public SigningKey Publish()
    {
        lock (gate)
        {
            if (keys.Length >= Limits.SigningKeysMax)
            {
                throw new RefusedException("kid", $"at most {Limits.SigningKeysMax} signing keys are published", "remove a retired key first");
            }
            var key = SigningKey.Create(time.GetUtcNow());
            Replace(keys.Add(key));
            return key;
        }
    }

    /// <summary>Lets a published key sign from now on; the one before it stays published.</summary>
    public void Activate(string id)
    {
        lock (gate)
        {
            var next = Find(id);
            var before = keys[0];
            if (next == before)
            {
                return;
            }
            var retired = before with { SignedUntil = time.GetUtcNow() };
            Replace([next with { SignedUntil = null }, .. keys.Remove(next).Replace(before, retired)]);
        }
    }

    /// <summary>Takes a key out of the JWKS for good; refused while a token that it signed may still be valid.</summary>
    public void Remove(string id)
    {
        lock (gate)
        {
            var key = Find(id);
            if (key == keys[0])
            {
                throw new RefusedException("kid", "this key signs", "activate another key first");
            }
            if (key.SignedUntil is { } until && time.GetUtcNow() < until + Limits.AccessTokenLifetimeMax)
            {
                throw new RefusedException("kid", "tokens signed by this key may still be valid",
                    $"remove it after {until + Limits.AccessTokenLifetimeMax:O}");
            }
            Replace(keys.Remove(key));
        }
    }

    private SigningKey Find(string id) => keys.FirstOrDefault(key => key.Id == id) ?? throw new NotFoundException("signing key");

    private void Replace(ImmutableArray<SigningKey> changed)
    {
        keys = Save(changed);
        server.Clear();
        validation.Clear();
    }

    private ImmutableArray<SigningKey> Save(ImmutableArray<SigningKey> changed)
    {
        PrivateFiles.Write(path, JsonSerializer.Serialize<IEnumerable<SigningKey>>(changed));
        return changed;
    }
}
