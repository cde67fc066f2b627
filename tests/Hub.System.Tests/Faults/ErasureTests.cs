using Hub.Client;
using Hub.Silo.Ledger;
using Hub.Testing;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Xunit;

namespace Hub.SystemTests.Faults;

public sealed class ErasureTests
{
    private const string Collection = "instruments/lpi/periods/2023";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Erasure_OfASubmission_LeavesHashesOnlyAndTheLedgerVerifies()
    {
        await using var hub = await HubFixture.StartAsync();
        await hub.RegisterAsync("UA", "PL");
        using var member = hub.Member("UA");
        using var other = hub.Member("PL");
        var created = await member.Submissions.CreateAsync(Draft("2.4"), Cancellation);
        var corrected = await member.Submissions.CorrectAsync(
            created.Submission, [KeyValuePair.Create("LP.LPI.CUST.XQ", Figure.Decimal("2.6"))], "Recount", cancellationToken: Cancellation);
        var kept = await other.Submissions.CreateAsync(Draft("3.1"), Cancellation);
        Assert.Equal(2, await CountAsync(hub.DataFolder, "ledger.db", $"SELECT count(*) FROM payload WHERE position IN ({created.Receipt.Position}, {corrected.Receipt.Position})"));

        var erased = await member.Submissions.EraseAsync(corrected.Submission, "Our right", cancellationToken: Cancellation);

        Assert.Equal("erased", erased.Receipt.Kind);
        var seen = await member.Submissions.GetAsync(created.Submission.Name, Cancellation);
        Assert.Equal(SubmissionState.Erased, seen.State);
        Assert.Empty(seen.Figures);
        foreach (var version in (long[])[1, 2])
        {
            var gone = await Assert.ThrowsAnyAsync<HubException>(() => member.Submissions.GetReceiptAsync(created.Submission.Name, version, Cancellation));
            Assert.Equal(ErrorReason.SubmissionErased, gone.Reason);
        }

        Assert.Equal(3, erased.Submission.Version);
        Assert.Equal(erased.Receipt.Position, (await member.Submissions.GetReceiptAsync(created.Submission.Name, 3, Cancellation)).Position);
        Assert.Equal(0, await CountAsync(hub.DataFolder, "ledger.db", $"SELECT count(*) FROM payload WHERE position IN ({created.Receipt.Position}, {corrected.Receipt.Position})"));
        Assert.Equal(1, await CountAsync(hub.DataFolder, "ledger.db", $"SELECT count(*) FROM payload WHERE position = {kept.Receipt.Position}"));
        var verified = hub.Services.GetRequiredService<LedgerVerifier>().Verify(Cancellation);
        Assert.Equal((true, 2L), (verified.IsSound, verified.Erased));
        // A receipt that the member saved before still proves what it proved.
        Assert.True(Transparency.Receipt.FromJson(created.Receipt.ToJson()).Verify(Transparency.NoteVerifier.Parse(hub.LogKey)).IsVerified);
        Assert.Equal(kept.Receipt.Position, (await other.Submissions.GetReceiptAsync(kept.Submission.Name, 1, Cancellation)).Position);
    }

    [Fact]
    public async Task Erasure_OfACollectionOfWhichNothingWasShown_LetsItGoOn()
    {
        await using var hub = await HubFixture.StartAsync();
        await hub.RegisterAsync("UA");
        using var member = hub.Member("UA");
        var created = await member.Submissions.CreateAsync(Draft("2.4"), Cancellation);
        await member.Submissions.EraseAsync(created.Submission, "Our right", cancellationToken: Cancellation);
        await hub.RestartAsync();

        using var later = hub.Member("UA");
        var anew = await later.Submissions.CreateAsync(Draft("2.5"), Cancellation);

        Assert.Equal(1, anew.Submission.Version);
        Assert.NotEqual(created.Submission.Name, anew.Submission.Name);
    }

    private static SubmissionDraft Draft(string value) => new(Collection, ("LP.LPI.CUST.XQ", Figure.Decimal(value)));

    private static async Task<long> CountAsync(string folder, string file, string sql)
    {
        await using var database = new SqliteConnection($"Data Source={Path.Combine(folder, file)};Pooling=False");
        await database.OpenAsync(Cancellation);
        await using var command = database.CreateCommand();
        command.CommandText = sql;
        return (long)(await command.ExecuteScalarAsync(Cancellation))!;
    }
}
