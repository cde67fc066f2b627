using System.Collections.Concurrent;
using Hub.Client;
using Hub.Testing;
using Xunit;

namespace Hub.SystemTests.Faults;

/// <summary>SIGKILL under load: what was receipted is there, and the ledger is sound.</summary>
public sealed class KillTests
{
    private const int Members = 8;
    private const int ReceiptsBeforeTheKill = 120;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Silo_KilledUnderLoad_KeepsEveryReceiptThatItGave()
    {
        var folder = Directory.CreateTempSubdirectory("hub-kill-").FullName;
        using var catalogue = new SyntheticCatalogue(periods: 200);
        Directory.Move(catalogue.Folder, Path.Combine(folder, "catalogue"));
        Directory.CreateDirectory(catalogue.Folder);
        try
        {
            using var issuer = new TestIssuer();
            await using var loopback = await LoopbackIssuer.StartAsync(issuer);
            ConcurrentBag<(string Code, Recorded Recorded)> receipts;
            ConcurrentBag<(string Code, SubmissionDraft Draft)> unanswered;
            using (var silo = await SiloProcess.StartAsync(folder, loopback.Address, Cancellation))
            {
                await RegisterAsync(issuer, silo, LogKey(folder));
                (receipts, unanswered) = await SubmitUntilKilledAsync(issuer, silo, LogKey(folder));
            }

            Assert.True(receipts.Count >= ReceiptsBeforeTheKill);
            using (var silo = await SiloProcess.StartAsync(folder, loopback.Address, Cancellation))
            {
                await AllAreThereAsync(issuer, silo, LogKey(folder), receipts, unanswered);
                await silo.KillAsync(Cancellation);
            }

            var (exitCode, output) = await SiloProcess.VerifyAsync(folder, Cancellation);
            Assert.True(exitCode == 0 && output.Contains("sound", StringComparison.Ordinal), output);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static async Task<(ConcurrentBag<(string, Recorded)> Receipts, ConcurrentBag<(string, SubmissionDraft)> Unanswered)> SubmitUntilKilledAsync(
        TestIssuer issuer, SiloProcess silo, string logKey)
    {
        var receipts = new ConcurrentBag<(string, Recorded)>();
        var unanswered = new ConcurrentBag<(string, SubmissionDraft)>();
        using var killed = CancellationTokenSource.CreateLinkedTokenSource(Cancellation);
        var enough = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        var load = Enumerable.Range(0, Members).Select(async member =>
        {
            using var hub = Connect(issuer, silo, logKey, SyntheticCatalogue.Member(member), null);
            for (var period = 1; period <= 200; period++)
            {
                var draft = new SubmissionDraft(SyntheticCatalogue.Collection(period), (SyntheticCatalogue.Indicator, Figure.Decimal($"{period}")));
                try
                {
                    receipts.Add((SyntheticCatalogue.Member(member), await hub.Submissions.CreateAsync(draft, killed.Token)));
                    if (receipts.Count >= ReceiptsBeforeTheKill) enough.TrySetResult();
                }
                // A receipt ahead of the log is no lost answer: its reply came before its commit.
                catch (Exception e) when (e is (HubException or OperationCanceledException) and not LogInconsistentException)
                {
                    unanswered.Add((SyntheticCatalogue.Member(member), draft));
                    enough.TrySetResult();
                    return;
                }
            }
        }).ToList();
        await await Task.WhenAny([enough.Task, .. load]).WaitAsync(TimeSpan.FromMinutes(3), Cancellation);
        await silo.KillAsync(Cancellation);
        await killed.CancelAsync();
        await Task.WhenAll(load);
        return (receipts, unanswered);
    }

    private static async Task AllAreThereAsync(
        TestIssuer issuer, SiloProcess silo, string logKey, IEnumerable<(string Code, Recorded Recorded)> receipts, IEnumerable<(string Code, SubmissionDraft Draft)> unanswered)
    {
        foreach (var given in receipts.GroupBy(r => r.Code))
        {
            using var hub = Connect(issuer, silo, logKey, given.Key, null);
            foreach (var (_, recorded) in given)
            {
                var again = await hub.Submissions.GetReceiptAsync(recorded.Submission.Name, 1, Cancellation);
                Assert.Equal(recorded.Receipt.Position, again.Position);
                Assert.True(recorded.Receipt.LeafHash.Span.SequenceEqual(again.LeafHash.Span));
            }
        }

        // What got no answer is repaired by asking again, whether it had happened or not.
        foreach (var (code, draft) in unanswered)
        {
            using var hub = Connect(issuer, silo, logKey, code, null);
            Assert.Equal(1, (await hub.Submissions.CreateAsync(draft, Cancellation)).Submission.Version);
        }
    }

    private static async Task RegisterAsync(TestIssuer issuer, SiloProcess silo, string logKey)
    {
        using var hub = Connect(issuer, silo, logKey, null, "hub.operate");
        for (var i = 0; i < Members; i++)
        {
            var code = SyntheticCatalogue.Member(i);
            await hub.Registry.ProposeRegistrationAsync(new Administration($"administrations/{code}", code), "Joins", cancellationToken: Cancellation);
        }
    }

    private static HubClient Connect(TestIssuer issuer, SiloProcess silo, string logKey, string? code, string? scope) => new(new HubClientOptions
    {
        Address = silo.Address,
        LogKey = logKey,
        TokenSource = new TestTokens(() => issuer.Sign(issuer.Machine(TimeProvider.System.GetUtcNow(), code is null ? "operator" : $"adm-{code}", code, scope ?? "hub.submit", "hub.read"))),
    });

    // The key as an operator hands it over: from the silo's own files.
    private static string LogKey(string folder)
    {
        var options = new Silo.Ledger.LedgerOptions { DataFolder = Path.Combine(folder, "ledger"), KeysFolder = Path.Combine(folder, "keys"), Origin = "hub.sandbox" };
        return Transparency.NoteVerifier.Of(new Silo.Ledger.FileSigner(options)).ToString();
    }
}
