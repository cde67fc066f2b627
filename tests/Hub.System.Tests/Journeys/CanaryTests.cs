using System.Text;
using Hub.Client;
using Hub.Testing;
using Xunit;

namespace Hub.SystemTests.Journeys;

/// <summary>A figure that occurs nowhere else goes the whole way of a submission, and then is looked for wherever it must not be.</summary>
public sealed class CanaryTests
{
    private const string Canary = "31415.9265";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Figure_AfterAWholeJourney_IsInNoLogNoErrorAndNoFile()
    {
        using var catalogue = new SyntheticCatalogue(periods: 3);
        await using var hub = await HubFixture.StartAsync(options => options.CatalogueFolder = catalogue.Folder);
        await hub.RegisterAsync("UA", "PL");
        using var member = hub.Member("UA");
        using var other = hub.Member("PL");
        var errors = new List<string>();

        var draft = Draft(1, Canary);
        var created = await member.Submissions.CreateAsync(draft, Cancellation);
        await member.Submissions.CreateAsync(draft, Cancellation);
        await RefusedAsync(errors, () => member.Submissions.CreateAsync(Draft(1, Canary), Cancellation));
        await RefusedAsync(errors, () => member.Submissions.CreateAsync(Draft(2, $"{Canary}1"), Cancellation));
        await RefusedAsync(errors, () => member.Submissions.CreateAsync(Draft(2, $"9{Canary}"), Cancellation));
        await RefusedAsync(errors, () => other.Submissions.GetAsync(created.Submission.Name, Cancellation));
        var corrected = await member.Submissions.CorrectAsync(
            created.Submission, [KeyValuePair.Create(SyntheticCatalogue.Indicator, Figure.Decimal(Canary) with { Disclosure = Disclosure.Public })], "Open now", cancellationToken: Cancellation);
        await hub.RestartAsync();
        using var later = hub.Member("UA");
        await RefusedAsync(errors, () => later.Submissions.CorrectAsync(created.Submission, corrected.Submission.Figures, "Stale", cancellationToken: Cancellation));
        await later.Submissions.WithdrawAsync(corrected.Submission, "Wrong method", cancellationToken: Cancellation);

        // It is where it belongs, so the search below looks for the right thing.
        Assert.Contains(Canary, Encoding.UTF8.GetString(created.Receipt.Payload.Span), StringComparison.Ordinal);
        Assert.Equal(5, errors.Count);
        Assert.All(errors, error => Assert.DoesNotContain(Canary, error, StringComparison.Ordinal));
        Assert.NotEmpty(hub.Log.GetSnapshot());
        Assert.All(hub.Log.GetSnapshot(), record =>
        {
            Assert.DoesNotContain(Canary, $"{record.Message} {record.Exception}", StringComparison.Ordinal);
            Assert.DoesNotContain(record.StructuredState ?? [], pair => pair.Value?.Contains(Canary, StringComparison.Ordinal) == true);
        });
        await SearchFilesAsync(hub);
    }

    private static async Task SearchFilesAsync(HubFixture hub)
    {
        var files = (string[])[.. Directory.GetFiles(hub.DataFolder, "*", SearchOption.AllDirectories), .. Directory.GetFiles(hub.KeysFolder, "*", SearchOption.AllDirectories)];
        Assert.Contains(files, file => Path.GetFileName(file) == "ledger.db");
        foreach (var file in files)
        {
            await using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var copy = new MemoryStream();
            await stream.CopyToAsync(copy, Cancellation);
            foreach (var form in Forms())
            {
                Assert.True(copy.ToArray().AsSpan().IndexOf(form) < 0, $"The figure is in {Path.GetFileName(file)}.");
            }
        }
    }

    // As text in two encodings, as the digits of a scaled number, as a double and in base64 at its three offsets.
    private static IEnumerable<byte[]> Forms()
    {
        yield return Encoding.UTF8.GetBytes(Canary);
        yield return Encoding.Unicode.GetBytes(Canary);
        yield return Encoding.UTF8.GetBytes(Canary.Replace(".", "", StringComparison.Ordinal));
        yield return BitConverter.GetBytes(31415.9265);
        for (var offset = 0; offset < 3; offset++)
        {
            var text = Convert.ToBase64String([.. new byte[offset], .. Encoding.UTF8.GetBytes(Canary)]);
            yield return Encoding.UTF8.GetBytes(text[(offset == 0 ? 0 : 4)..^4]);
        }
    }

    private static async Task RefusedAsync(List<string> errors, Func<Task> act)
    {
        var refused = await Assert.ThrowsAnyAsync<HubException>(act);
        errors.Add($"{refused} {string.Join(' ', refused.Violations)} {string.Join(' ', refused.Details)}");
    }

    private static SubmissionDraft Draft(int period, string value) => new(SyntheticCatalogue.Collection(period), (SyntheticCatalogue.Indicator, Figure.Decimal(value)));
}
