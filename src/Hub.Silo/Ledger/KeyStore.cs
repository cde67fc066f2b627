using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace Hub.Silo.Ledger;

/// <summary>
/// <c>keys.db</c>: data keys and secrets, wrapped by Data Protection with the key ring beside it. Whoever holds the ledger without
/// this folder holds hashes and ciphertext.
/// </summary>
internal sealed class KeyStore : IDisposable
{
    private readonly IDataProtector wrapping;
    private readonly SqliteSession session;
    private readonly Lock gate = new();
    private readonly ConcurrentDictionary<DataKeyName, byte[]> cache = [];

    // Changed under the gate alone; the dictionary's own count takes all its locks.
    private int _cached;

    public KeyStore(string folder)
    {
        KeyFolder.Create(folder);
        wrapping = DataProtectionProvider
            .Create(new DirectoryInfo(Path.Combine(folder, "ring")), ring => ring.SetApplicationName("Hub"))
            .CreateProtector("Hub.Ledger.Keys");
        session = SqliteSession.Open(Path.Combine(folder, "keys.db"));
        SqliteSchema.Apply(session, "schema.keys.sql");
    }

    /// <summary>Whether this folder has ever kept a secret: a new one cannot open a ledger that has entries.</summary>
    public bool IsNew
    {
        get
        {
            lock (gate) return session.Prepare("SELECT count(*) FROM secret").First(row => row.Integer(0)) == 0;
        }
    }

    /// <summary>The key, or null if it was destroyed or never made.</summary>
    public byte[]? Find(DataKeyName name)
    {
        if (cache.TryGetValue(name, out var known)) return known;
        lock (gate) return Load(name) is { } wrapped ? Keep(name, Unwrap(name, wrapped)) : null;
    }

    /// <summary>Makes the keys that are missing, all in one durable transaction: a payload is never sealed under a key that could be lost.</summary>
    public void Ensure(IReadOnlyCollection<DataKeyName> names)
    {
        var missing = names.Where(name => Find(name) is null).ToHashSet();
        if (missing.Count == 0) return;
        lock (gate)
        {
            List<(DataKeyName Name, byte[] Key)> made = [];
            session.Transact(() => made.AddRange(missing.Select(name => (name, Make(name))).Where(_ => session.Changes == 1)));
            // Only what is durable may seal; where another process was first, its key holds and is read when it is needed.
            made.ForEach(m => Keep(m.Name, m.Key));
        }
    }

    /// <summary>Destroys the keys of all generations before this one, in the file and in memory.</summary>
    public void Destroy(string stream, string topic, long beforeGeneration)
    {
        lock (gate)
        {
            foreach (var name in cache.Keys)
                if (name.Stream == stream && name.Topic == topic && name.Generation < beforeGeneration && cache.TryRemove(name, out _)) _cached--;
            session.Prepare("DELETE FROM data_key WHERE stream = ?1 AND topic = ?2 AND generation < ?3")
                .Bind(1, stream).Bind(2, topic).Bind(3, beforeGeneration).Run();
            // Deleted content is overwritten in the file; the write-ahead log would still have it.
            if (session.Changes > 0) session.Execute("PRAGMA wal_checkpoint(TRUNCATE)");
        }
    }

    /// <summary>A secret of the Hub, made at its first use: 32 random bytes.</summary>
    public byte[] Secret(string name)
    {
        lock (gate)
        {
            session.Prepare("INSERT INTO secret (name, wrapped) VALUES (?1, ?2) ON CONFLICT DO NOTHING")
                .Bind(1, name).Bind(2, Wrap($"secret\n{name}", RandomNumberGenerator.GetBytes(DataKey.Size))).Run();
            var wrapped = session.Prepare("SELECT wrapped FROM secret WHERE name = ?1").Bind(1, name).First(row => row.Bytes(0))!;
            return wrapping.CreateProtector($"secret\n{name}").Unprotect(wrapped);
        }
    }

    public void Dispose()
    {
        lock (gate) session.Dispose();
    }

    private byte[] Make(DataKeyName name)
    {
        var key = RandomNumberGenerator.GetBytes(DataKey.Size);
        session.Prepare("INSERT INTO data_key (stream, topic, generation, wrapped) VALUES (?1, ?2, ?3, ?4) ON CONFLICT DO NOTHING")
            .Bind(1, name.Stream).Bind(2, name.Topic).Bind(3, name.Generation).Bind(4, Wrap(Purpose(name), key)).Run();
        return key;
    }

    private byte[]? Load(DataKeyName name) =>
        session.Prepare("SELECT wrapped FROM data_key WHERE stream = ?1 AND topic = ?2 AND generation = ?3")
            .Bind(1, name.Stream).Bind(2, name.Topic).Bind(3, name.Generation).First(row => row.Bytes(0));

    private byte[] Keep(DataKeyName name, byte[] key)
    {
        if (_cached >= Limits.DataKeysCachedMax)
        {
            cache.Clear();
            _cached = 0;
        }

        if (cache.TryAdd(name, key)) _cached++;
        return key;
    }

    private byte[] Wrap(string purpose, byte[] secret) => wrapping.CreateProtector(purpose).Protect(secret);

    private byte[] Unwrap(DataKeyName name, byte[] wrapped) => wrapping.CreateProtector(Purpose(name)).Unprotect(wrapped);

    // A wrapped key opens only in the row that it was made for.
    private static string Purpose(DataKeyName name) => $"data key\n{name.Stream}\n{name.Topic}\n{name.Generation}";
}
