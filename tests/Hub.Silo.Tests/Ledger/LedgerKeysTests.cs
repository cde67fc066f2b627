using System.Security.Cryptography;
using System.Text;
using Hub.Silo.Ledger;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.Options;
using Xunit;

namespace Hub.Silo.Tests.Ledger;

/// <summary>Keys, files and settings: what lies where, who may read it, and what a start refuses.</summary>
public sealed class LedgerKeysTests : IDisposable
{
    private const string Ua = "administrations/UA";
    private const string Topic = "instruments/pmm/periods/2024";
    private readonly SqliteSite site = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    public void Dispose() => site.Dispose();

    [Fact]
    public async Task Files_AfterAnAppend_HoldNoFigureInClear()
    {
        var ledger = site.Open();
        await ledger.AppendAsync(new Append(Ua, 0, [new Event("submitted", 1, Topic, "{\"value\":\"31415.9265\"}"u8.ToArray())]), Token);
        Assert.False(AnyFileHolds("31415.9265"u8));

        site.Close(ledger);

        Assert.False(AnyFileHolds("31415.9265"u8));
        Assert.True(AnyFileHolds(Encoding.UTF8.GetBytes(Topic)), "The search must be able to find what is there.");
    }

    [Fact]
    public async Task Files_AfterAnErasure_HoldNeitherTheWrappedKeyNorTheFingerprint()
    {
        var ledger = site.Open();
        var fingerprint = RandomNumberGenerator.GetBytes(32);
        var key = new Idempotency(RandomNumberGenerator.GetBytes(32), fingerprint);
        await ledger.AppendAsync(new Append(Ua, 0, [new Event("submitted", 1, Topic, "1"u8.ToArray())]) { Idempotency = key }, Token);
        var wrapped = WrappedKey();
        Assert.True(AnyFileHolds(wrapped) && AnyFileHolds(fingerprint));

        await ledger.AppendAsync(new Append(Ua, 1, [new Event("erased", 1, Topic, "{}"u8.ToArray())]) { EraseTopic = Topic }, Token);
        site.Close(ledger);

        Assert.False(AnyFileHolds(wrapped));
        Assert.False(AnyFileHolds(fingerprint));
    }

    [Fact]
    public async Task Keys_AfterARestart_OpenWhatWasSealedBefore()
    {
        var ledger = site.Open();
        await ledger.AppendAsync(new Append(Ua, 0, [new Event("submitted", 1, Topic, "1"u8.ToArray())]), Token);
        site.Close(ledger);
        var secret = new HubSecrets(site.Keys).RequestKeySecret;

        site.ReopenKeys();

        Assert.Equal("1"u8.ToArray(), (await site.Open().ReadStreamAsync(Ua, 0, 1, Token))[0].Payload!.Value.ToArray());
        Assert.Equal(secret, new HubSecrets(site.Keys).RequestKeySecret);
        Assert.Equal(32, secret.Length);
    }

    [Theory]
    [InlineData("stream = 'administrations/CA'", "administrations/CA", Topic, 0)]
    [InlineData("topic = 'instruments/pmm/periods/1999'", Ua, "instruments/pmm/periods/1999", 0)]
    [InlineData("generation = 1", Ua, Topic, 1)]
    public void Keys_WrappedKeyMovedToAnotherRow_DoesNotOpen(string change, string stream, string topic, int generation)
    {
        site.Keys.Ensure([new DataKeyName(Ua, Topic, 0)]);
        KeysSql($"UPDATE data_key SET {change}");
        site.ReopenKeys();

        Assert.ThrowsAny<CryptographicException>(() => site.Keys.Find(new DataKeyName(stream, topic, generation)));
    }

    [Fact]
    public void Payload_SealedTwice_NeverLooksTheSame()
    {
        var key = RandomNumberGenerator.GetBytes(DataKey.Size);

        var (first, second) = (DataKey.Seal(key, [1, 2, 3], [9]), DataKey.Seal(key, [1, 2, 3], [9]));

        Assert.NotEqual(first, second);
        Assert.Equal([1, 2, 3], DataKey.Open(key, first, [9]));
        Assert.ThrowsAny<CryptographicException>(() => DataKey.Open(key, first, [8]));
    }

    [Fact]
    public async Task Start_KeysFolderEmptyBesideALedger_IsRefused()
    {
        var ledger = site.Open();
        await ledger.AppendAsync(new Append(Ua, 0, [new Event("submitted", 1, Topic, "1"u8.ToArray())]), Token);
        site.Close(ledger);
        KeysSql("DELETE FROM secret");

        Assert.Contains("Restore the keys", Assert.Throws<InvalidOperationException>(() => site.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Start_AnotherLogKey_IsRefused()
    {
        var ledger = site.Open();
        await ledger.AppendAsync(new Append(Ua, 0, [new Event("submitted", 1, Topic, "1"u8.ToArray())]), Token);
        site.Close(ledger);
        File.Delete(FileSigner.FileIn(site.Options));

        var other = new FileSigner(site.Options);
        Assert.Contains("log key", Assert.Throws<InvalidOperationException>(() => site.Open(signer: other)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Start_SchemaOfALaterProgram_IsRefused()
    {
        site.Close(site.Open());
        site.Sql("INSERT INTO schema_version VALUES (2)");

        Assert.Contains("schema 2", Assert.Throws<InvalidOperationException>(() => site.Open()).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void LogKey_OnDisk_IsForItsOwnerOnlyAndStays()
    {
        var file = FileSigner.FileIn(site.Options);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(file));
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(site.Options.KeysFolder));
        }

        Assert.Equal(site.Log.ToString(), Transparency.NoteVerifier.Of(new FileSigner(site.Options)).ToString());
    }

    [Theory]
    [InlineData("", "/b", "o", "Hub:DataFolder")]
    [InlineData("/a", "", "o", "Hub:KeysFolder")]
    [InlineData("/a", "/b", "", "Hub:LogOrigin")]
    [InlineData("/a", "/b", "two words", "Hub:LogOrigin")]
    [InlineData("/a", "/b", "a+b", "Hub:LogOrigin")]
    [InlineData("/a", "/a", "o", "lies inside")]
    [InlineData("/a", "/a/keys", "o", "lies inside")]
    public void Options_ThatCannotWork_AreRefusedByName(string data, string keys, string origin, string named)
    {
        var options = new LedgerOptions { DataFolder = data, KeysFolder = keys, Origin = origin };

        Assert.Contains(named, Assert.Throws<OptionsValidationException>(options.Validate).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Options_FoldersSideBySide_AreAccepted() =>
        new LedgerOptions { DataFolder = "/a/ledger", KeysFolder = "/a/ledger-keys", Origin = "hub.test/log" }.Validate();

    private byte[] WrappedKey()
    {
        using var session = SqliteSession.Open(Path.Combine(site.Options.KeysFolder, "keys.db"));
        return session.Prepare("SELECT wrapped FROM data_key").First(row => row.Bytes(0))!;
    }

    private void KeysSql(string statement)
    {
        using var session = SqliteSession.Open(Path.Combine(site.Options.KeysFolder, "keys.db"));
        session.Execute(statement);
    }

    private bool AnyFileHolds(ReadOnlySpan<byte> content)
    {
        foreach (var file in Directory.EnumerateFiles(site.Folder, "*", SearchOption.AllDirectories))
            if (File.ReadAllBytes(file).AsSpan().IndexOf(content) >= 0) return true;
        return false;
    }
}
