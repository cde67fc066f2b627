using System.Text.Json.Nodes;
using Hub.Client;
using Hub.Silo.Ledger;
using Hub.Testing;
using Hub.Transparency;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hub.SystemTests.Faults;

/// <summary>Hands on the database, on a receipt, on the history: each is seen.</summary>
public sealed class TamperingTests : IDisposable
{
    private const string Collection = "instruments/lpi/periods/2023";
    private readonly DirectoryInfo keys = Directory.CreateTempSubdirectory("hub-keys-");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => keys.Delete(recursive: true);

    [Fact]
    public async Task PayloadByte_ChangedByHandInSqlite_IsNamedByTheNextVerification()
    {
        await using var hub = await HubFixture.StartAsync(options => options.LedgerMayBeUnsound = true);
        await hub.RegisterAsync("UA", "PL");
        var positions = new List<long>();
        foreach (var code in (string[])["UA", "PL"])
        {
            using var member = hub.Member(code);
            positions.Add((await member.Submissions.CreateAsync(Draft(), Cancellation)).Receipt.Position);
        }

        Assert.True(Verify(hub).IsSound);
        await ExecuteAsync(hub, $"DROP TRIGGER payload_update; UPDATE payload SET sealed = CAST(substr(sealed, 1, 40) || x'00' || substr(sealed, 42) AS BLOB) WHERE position = {positions[0]}");
        if (Verify(hub).IsSound)
        {
            // That byte was zero already.
            await ExecuteAsync(hub, $"UPDATE payload SET sealed = CAST(substr(sealed, 1, 40) || x'01' || substr(sealed, 42) AS BLOB) WHERE position = {positions[0]}");
        }

        var flaw = Assert.Single(Verify(hub).Flaws);
        Assert.Equal(positions[0], flaw.Position);
    }

    [Fact]
    public async Task Receipt_TamperedWithInAnyPart_IsRefused()
    {
        await using var hub = await HubFixture.StartAsync();
        await hub.RegisterAsync("UA", "PL");
        using var member = hub.Member("UA");
        using var other = hub.Member("PL");
        var receipt = (await member.Submissions.CreateAsync(Draft(), Cancellation)).Receipt;
        var later = (await other.Submissions.CreateAsync(Draft(), Cancellation)).Receipt;
        var log = NoteVerifier.Parse(hub.LogKey);
        Assert.True(Receipt.FromJson(receipt.ToJson()).Verify(log).IsVerified);

        foreach (var part in JsonNode.Parse(receipt.ToJson())!.AsObject().Select(p => p.Key).ToList())
        {
            var changed = JsonNode.Parse(receipt.ToJson())!;
            changed[part] = JsonNode.Parse(later.ToJson())![part]!.DeepClone();

            Assert.False(Receipt.FromJson(changed.ToJsonString()).Verify(log).IsVerified, part);
        }
    }

    [Fact]
    public async Task History_Rewritten_IsSeenByAMemberWhoRemembersACheckpoint()
    {
        var remembered = new RememberedCheckpoint();
        for (var life = 1; life <= 2; life++)
        {
            // The same log key over another history: the ledger was thrown away and begun anew.
            await using var hub = await HubFixture.StartAsync(options => options.Settings["Hub:KeysFolder"] = keys.FullName);
            await hub.RegisterAsync("PL", "UA");
            using var member = hub.Client(() => hub.MachineToken("adm-UA", "UA", "hub.submit", "hub.read"), options => options.CheckpointStore = remembered);
            if (life == 1)
            {
                await member.Submissions.CreateAsync(Draft(), Cancellation);
                continue;
            }

            await Assert.ThrowsAsync<LogInconsistentException>(() => member.Submissions.CreateAsync(Draft(), Cancellation));
        }
    }

    [Fact]
    public async Task Restart_InTheMiddle_GoesOnWithTheSameHistory()
    {
        var remembered = new RememberedCheckpoint();
        await using var hub = await HubFixture.StartAsync();
        await hub.RegisterAsync("UA");
        using var before = Remembering(hub, remembered);
        var created = await before.Submissions.CreateAsync(Draft(), Cancellation);
        await hub.RestartAsync();

        using var after = Remembering(hub, remembered);
        var corrected = await after.Submissions.CorrectAsync(
            created.Submission, [KeyValuePair.Create("LP.LPI.CUST.XQ", Figure.Decimal("2.6"))], "Recount", cancellationToken: Cancellation);
        var again = await after.Submissions.GetReceiptAsync(created.Submission.Name, 1, Cancellation);

        Assert.Equal(created.Receipt.Position, again.Position);
        Assert.True(again.TreeSize > created.Receipt.TreeSize);
        Assert.Equal(2, corrected.Submission.Version);
    }

    private static HubClient Remembering(HubFixture hub, ICheckpointStore store) =>
        hub.Client(() => hub.MachineToken("adm-UA", "UA", "hub.submit", "hub.read"), options => options.CheckpointStore = store);

    private static SubmissionDraft Draft() => new(Collection, ("LP.LPI.CUST.XQ", Figure.Decimal("2.4")));

    private static LedgerVerification Verify(HubFixture hub) => hub.Services.GetRequiredService<LedgerVerifier>().Verify(Cancellation);

    private static async Task ExecuteAsync(HubFixture hub, string sql)
    {
        await using var database = new SqliteConnection($"Data Source={Path.Combine(hub.DataFolder, "ledger.db")};Pooling=False");
        await database.OpenAsync(Cancellation);
        await using var command = database.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(Cancellation);
    }

    private sealed class RememberedCheckpoint : ICheckpointStore
    {
        private string? last;

        public ValueTask<string?> ReadAsync(CancellationToken cancellationToken) => ValueTask.FromResult(last);

        public ValueTask WriteAsync(string checkpoint, CancellationToken cancellationToken)
        {
            last = checkpoint;
            return ValueTask.CompletedTask;
        }
    }
}
