using Hub.Client;
using Hub.Testing;
using Xunit;

namespace Hub.SystemTests.Journeys;

/// <summary>A member's way through the SDK against the real silo: from a figure to a verified receipt, and back out again.</summary>
public sealed class SubmissionJourneyTests
{
    private const string Collection = "instruments/lpi/periods/2023";
    private const string Indicator = "LP.LPI.CUST.XQ";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Member_SubmitsCorrectsAndWithdraws_EachActHasAVerifiedReceipt()
    {
        await using var hub = await HubFixture.StartAsync();
        await hub.RegisterAsync("UA");
        using var member = hub.Member("UA");

        var created = await member.Submissions.CreateAsync(new SubmissionDraft(Collection, (Indicator, Figure.Decimal("2.4"))), Cancellation);
        var corrected = await member.Submissions.CorrectAsync(
            created.Submission, [KeyValuePair.Create(Indicator, Figure.Decimal("2.5"))], "Typing mistake", cancellationToken: Cancellation);
        var withdrawn = await member.Submissions.WithdrawAsync(corrected.Submission, "Wrong method", cancellationToken: Cancellation);

        Assert.Equal(["submitted", "corrected", "withdrawn"], new[] { created, corrected, withdrawn }.Select(r => r.Receipt.Kind));
        Assert.True(created.Receipt.Position < corrected.Receipt.Position && corrected.Receipt.Position < withdrawn.Receipt.Position);
        Assert.Equal(SubmissionState.Withdrawn, withdrawn.Submission.State);
        Assert.Equal(3, withdrawn.Submission.Version);
        var again = await member.Submissions.GetReceiptAsync(created.Submission.Name, 1, Cancellation);
        Assert.Equal(created.Receipt.Position, again.Position);
    }

    [Fact]
    public async Task Draft_SentTwice_IsRecordedOnceAndAnsweredAlike()
    {
        await using var hub = await HubFixture.StartAsync();
        await hub.RegisterAsync("UA");
        using var member = hub.Member("UA");
        var draft = new SubmissionDraft(Collection, (Indicator, Figure.Decimal("2.4")));

        var first = await member.Submissions.CreateAsync(draft, Cancellation);
        await hub.RestartAsync();
        using var later = hub.Member("UA");
        var second = await later.Submissions.CreateAsync(draft, Cancellation);

        Assert.Equal(first.Receipt.Position, second.Receipt.Position);
        Assert.Equal(first.Submission.Name, second.Submission.Name);
        Assert.Single(await later.Submissions.ListAsync(cancellationToken: Cancellation).ToListAsync(Cancellation));
    }
}
