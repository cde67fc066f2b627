using System.Text;
using Hub.Silo.Ledger;
using Hub.Transparency;
using Microsoft.Data.Sqlite;
using Xunit;

namespace Hub.Silo.Tests.Ledger;

/// <summary>What hands on the file cannot do, and what the verifier says when they have done it all the same.</summary>
public sealed class SqliteTamperingTests : IAsyncLifetime
{
    private const string Ua = "administrations/UA";
    private const string Topic = "instruments/pmm/periods/2024";
    private readonly SqliteSite site = new();

    private static CancellationToken Token => TestContext.Current.CancellationToken;

    /// <summary>300 entries: UA has 0, 1 and 2, of which the third erased the others; CA has the rest.</summary>
    public async ValueTask InitializeAsync()
    {
        var ledger = site.Open();
        await ledger.AppendAsync(new Append(Ua, 0, [Submitted("1"), Submitted("2")]), Token);
        await ledger.AppendAsync(new Append(Ua, 2, [new Event("erased", 1, Topic, "{}"u8.ToArray())]) { EraseTopic = Topic }, Token);
        for (var version = 0; version < 297; version += 33)
            await ledger.AppendAsync(new Append("administrations/CA", version, [.. Enumerable.Range(0, 33).Select(i => Submitted($"{i}"))]), Token);
        site.Close(ledger);
    }

    public ValueTask DisposeAsync()
    {
        site.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [InlineData("UPDATE entry SET topic = 'instruments/pmm/periods/2025' WHERE position = 7")]
    [InlineData("UPDATE entry SET leaf_hash = zeroblob(32) WHERE position = 7")]
    [InlineData("DELETE FROM entry WHERE position = 299")]
    [InlineData("INSERT INTO entry SELECT 400, stream, 298, topic, header, payload_hash, leaf_hash, NULL FROM entry WHERE position = 7")]
    [InlineData("INSERT INTO entry SELECT 300, stream, 500, topic, header, payload_hash, leaf_hash, NULL FROM entry WHERE position = 7")]
    [InlineData("REPLACE INTO entry SELECT position, stream, version, '', header, payload_hash, leaf_hash, NULL FROM entry WHERE position = 7")]
    [InlineData("UPDATE payload SET sealed = zeroblob(60) WHERE position = 7")]
    [InlineData("REPLACE INTO payload SELECT position, generation, fingerprint, zeroblob(60) FROM payload WHERE position = 7")]
    [InlineData("DELETE FROM payload WHERE position = 7")]
    [InlineData("DELETE FROM payload WHERE position = 2")]
    [InlineData("INSERT INTO erasure SELECT position, stream, topic, 1 FROM entry WHERE position = 299")]
    [InlineData("INSERT INTO erasure VALUES (300, 'administrations/CA', 'instruments/pmm/periods/2024', 1)")]
    [InlineData("DELETE FROM erasure")]
    [InlineData("UPDATE erasure SET topic = 'x'")]
    [InlineData("UPDATE tile SET root = zeroblob(32)")]
    [InlineData("DELETE FROM tile")]
    [InlineData("UPDATE ledger_head SET size = size - 1")]
    [InlineData("DELETE FROM ledger_head")]
    [InlineData("UPDATE checkpoint SET size = 1")]
    [InlineData("UPDATE batch SET id = zeroblob(16)")]
    [InlineData("DELETE FROM batch")]
    public void Sql_ThatChangesHistory_IsRefusedByTheDatabase(string statement)
    {
        var refused = Assert.Throws<SqliteException>(() => site.Sql(statement));

        Assert.Equal(SQLitePCL.raw.SQLITE_CONSTRAINT, refused.SqliteErrorCode);
        Assert.Empty(site.Verify().Flaws);
    }

    [Theory]
    [InlineData(7, "payload_update", "UPDATE payload SET sealed = CAST(substr(sealed, 1, 20) || x'ffff' || substr(sealed, 23) AS BLOB) WHERE position = 7")]
    [InlineData(7, "payload_update", "UPDATE payload SET sealed = (SELECT sealed FROM payload WHERE position = 8) WHERE position = 7")]
    [InlineData(7, "payload_update", "UPDATE payload SET sealed = x'00' WHERE position = 7")]
    [InlineData(7, "payload_update", "UPDATE payload SET fingerprint = zeroblob(32) WHERE position = 7")]
    [InlineData(7, "payload_update", "UPDATE payload SET generation = 1 WHERE position = 7")]
    [InlineData(7, "payload_delete", "DELETE FROM payload WHERE position = 7")]
    [InlineData(1, "payload_replace", "INSERT INTO payload SELECT 1, generation, fingerprint, sealed FROM payload WHERE position = 7")]
    [InlineData(400, "payload_replace", "INSERT INTO payload SELECT 400, generation, fingerprint, sealed FROM payload WHERE position = 7")]
    [InlineData(7, "entry_update", "UPDATE entry SET header = CAST(substr(header, 1, length(header) - 1) || x'ff' AS BLOB) WHERE position = 7")]
    [InlineData(7, "entry_update", "UPDATE entry SET header = x'00' WHERE position = 7")]
    [InlineData(7, "entry_update", "UPDATE entry SET stream = 'administrations/PL' WHERE position = 7")]
    [InlineData(7, "entry_update", "UPDATE entry SET topic = 'instruments/pmm/periods/2025' WHERE position = 7")]
    [InlineData(7, "entry_update", "UPDATE entry SET payload_hash = zeroblob(32) WHERE position = 7")]
    [InlineData(7, "entry_update", "UPDATE entry SET leaf_hash = zeroblob(32) WHERE position = 7")]
    [InlineData(270, "entry_update", "UPDATE entry SET leaf_hash = zeroblob(32) WHERE position = 270")]
    [InlineData(7, "entry_update", "UPDATE entry SET idempotency = zeroblob(32) WHERE position = 7")]
    [InlineData(7, "entry_delete", "DELETE FROM entry WHERE position = 7")]
    [InlineData(299, "entry_delete", "DELETE FROM entry WHERE position = 299")]
    [InlineData(2, "erasure_delete", "DELETE FROM erasure")]
    [InlineData(0, "erasure_delete", "DELETE FROM erasure")]
    [InlineData(299, "erasure_insert", "INSERT INTO erasure SELECT position, stream, topic, 7 FROM entry WHERE position = 299")]
    [InlineData(7, "tile_update", "UPDATE tile SET hashes = CAST(substr(hashes, 1, 7 * 32) || zeroblob(32) || substr(hashes, 8 * 32 + 1) AS BLOB)")]
    [InlineData(255, "tile_update", "UPDATE tile SET hashes = CAST(substr(hashes, 1, 255 * 32) || zeroblob(32) AS BLOB)")]
    [InlineData(0, "tile_update", "UPDATE tile SET root = zeroblob(32)")]
    [InlineData(0, "tile_delete", "DELETE FROM tile")]
    [InlineData(256, "tile_delete", "INSERT INTO tile SELECT 0, 1, root, hashes FROM tile")]
    [InlineData(null, "head_update", "UPDATE ledger_head SET frontier = zeroblob(length(frontier))")]
    [InlineData(null, "head_update", "UPDATE ledger_head SET root = zeroblob(32)")]
    [InlineData(300, "head_update", "UPDATE ledger_head SET size = 301")]
    [InlineData(299, "head_update", "UPDATE ledger_head SET size = 299")]
    [InlineData(null, "checkpoint_update", "UPDATE checkpoint SET note = replace(note, '300', '299')")]
    [InlineData(null, "checkpoint_update", "UPDATE checkpoint SET size = 200")]
    public void Verify_TamperedWithoutTheTrigger_NamesThePosition(int? position, string trigger, string statement)
    {
        site.Sql($"DROP TRIGGER {trigger}");
        Assert.True(site.Sql(statement) > 0);

        var flaws = site.Verify().Flaws;

        Assert.Contains(flaws, flaw => flaw.Position == position);
    }

    [Fact]
    public void Verify_RewrittenAndRehashed_DiffersFromWhatWasSigned()
    {
        // Who has the file and not the log key can rebuild the tree, but not sign it.
        var before = site.Verify();
        site.Sql("DROP TRIGGER checkpoint_update; UPDATE checkpoint SET note = replace(note, 'hub.test/log' || char(10) || '300', 'hub.test/log' || char(10) || '301')");

        Assert.Empty(before.Flaws);
        Assert.Contains(site.Verify().Flaws, flaw => flaw.Text.Contains("no valid signature", StringComparison.Ordinal));
    }

    [Fact]
    public void Verify_AnotherRootSignedWithTheLogKey_DiffersFromTheTree()
    {
        // Who has the log key as well signs whatever he likes; the entries do not follow.
        var note = SignedNote.Sign(new Checkpoint(SqliteSite.Origin, 300, new byte[Leaf.HashSize]).ToText(), site.Signer);
        site.Sql($"DROP TRIGGER checkpoint_update; UPDATE checkpoint SET note = '{note}'");

        Assert.Equal("the checkpoint's root is not that of the tree at its size: the log was rewritten after it was signed", Assert.Single(site.Verify().Flaws).Text);
    }

    [Fact]
    public void Verify_OtherFigureSealedWithTheDataKey_IsNotThatOfItsHash()
    {
        // Who has the data keys as well seals whatever he likes; the leaf does not follow.
        var key = site.Keys.Find(new DataKeyName("administrations/CA", Topic, 0))!;
        using (var session = SqliteSession.Open(site.Options.LedgerFile))
        {
            var entry = StoredEntry.ReadAll(session).Single(e => e.Position == 7);
            var other = new DraftEntry(7, entry.TryParseHeader()!, entry.Header, entry.LeafHash, PendingEvent.Of(Submitted("99")), new DataKeyName(entry.Stream, Topic, 0), null);
            session.Execute("DROP TRIGGER payload_update");
            session.Prepare("UPDATE payload SET sealed = ?1 WHERE position = 7").Bind(1, SealedPayload.Seal(other, key)).Run();
        }

        Assert.Equal(new LedgerFlaw(7, "the payload is not that of its hash"), Assert.Single(site.Verify().Flaws));
    }

    [Fact]
    public void Verify_SoundLedger_CountsItsEntries()
    {
        var found = site.Verify();

        Assert.True(found.IsSound);
        Assert.Equal((300, 2), (found.Entries, found.Erased));
    }

    [Fact]
    public async Task Read_PayloadByteChanged_IsCorruptAtItsPositionAndSaysNothingElse()
    {
        site.Sql("DROP TRIGGER payload_update; UPDATE payload SET sealed = zeroblob(60) WHERE position = 7");
        var ledger = site.Open();

        var corrupt = await Assert.ThrowsAsync<LedgerCorruptException>(() => ledger.ReadReceiptAsync(7, Token));

        Assert.Equal(7, corrupt.Position);
    }

    [Fact]
    public void Start_TreeDoesNotFitTheHead_IsRefused()
    {
        site.Sql("DROP TRIGGER head_update; UPDATE ledger_head SET root = zeroblob(32)");

        Assert.Throws<LedgerCorruptException>(() => site.Open());
    }

    private static Event Submitted(string payload) => new("submitted", 1, Topic, Encoding.UTF8.GetBytes(payload));
}
