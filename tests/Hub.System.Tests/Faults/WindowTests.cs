using Hub.Client;
using Hub.Silo.Ledger;
using Hub.Testing;
using Hub.Transparency;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Hub.SystemTests.Faults;

/// <summary>A window closes: creations end with it, even those that were under way; corrections and withdrawals do not.</summary>
public sealed class WindowTests : IDisposable
{
    private static readonly DateTimeOffset Opened = new(2026, 6, 1, 9, 0, 0, TimeSpan.Zero);
    private readonly SyntheticCatalogue catalogue = new(periods: 2, window: "{opens: first-start, closes: 2026-06-30T18:00, zone: Europe/Brussels}");
    private readonly FakeTimeProvider time = new(Opened);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => catalogue.Dispose();

    [Fact]
    public async Task Window_Closed_RefusesCreationsInBothZonesAndTakesCorrectionAndWithdrawal()
    {
        await using var hub = await StartAsync();
        using var member = hub.Member("UA");
        var created = await member.Submissions.CreateAsync(Draft(1), Cancellation);
        time.Advance(TimeSpan.FromDays(60));

        var refused = await Assert.ThrowsAsync<HubException>(() => member.Submissions.CreateAsync(Draft(2), Cancellation));
        var corrected = await member.Submissions.CorrectAsync(
            created.Submission, [KeyValuePair.Create(SyntheticCatalogue.Indicator, Figure.Decimal("12"))], "Recount", cancellationToken: Cancellation);
        var withdrawn = await member.Submissions.WithdrawAsync(corrected.Submission, "Wrong method", cancellationToken: Cancellation);

        Assert.Equal(ErrorReason.CollectionClosed, refused.Reason);
        Assert.Contains("2026-06-30 16:00:00 UTC (2026-06-30 19:00:00 +03:00 Europe/Kyiv)", refused.Message, StringComparison.Ordinal);
        Assert.Equal((SubmissionState.Withdrawn, 3L), (withdrawn.Submission.State, withdrawn.Submission.Version));
        var anew = await Assert.ThrowsAsync<HubException>(() => member.Submissions.CreateAsync(Draft(1), Cancellation));
        Assert.Equal(ErrorReason.CollectionClosed, anew.Reason);
    }

    [Fact]
    public async Task Window_ClosesWhileACreationWaits_RefusesItAtTheCommit()
    {
        var closing = false;
        await using var hub = await StartAsync(services => services.AddSingleton<ILedger>(s => new WaitingLedger(s.GetRequiredService<SqliteLedger>())
        {
            BeforeAppend = append =>
            {
                // The grain has decided while the window was open; the entry comes to its commit after it.
                if (closing && append.Stream == "administrations/UA") time.SetUtcNow(new DateTimeOffset(2026, 6, 30, 16, 0, 0, TimeSpan.Zero));
            },
        }));
        using var member = hub.Member("UA");
        time.SetUtcNow(new DateTimeOffset(2026, 6, 30, 15, 59, 59, TimeSpan.Zero));
        closing = true;

        var refused = await Assert.ThrowsAsync<HubException>(() => member.Submissions.CreateAsync(Draft(1), Cancellation));

        Assert.Equal(ErrorReason.CollectionClosed, refused.Reason);
        Assert.Empty(await member.Submissions.ListAsync(cancellationToken: Cancellation).ToListAsync(Cancellation));
    }

    [Fact]
    public async Task Window_AboutToClose_TakesACreationInItsLastSecond()
    {
        // The twin of the refusal: one second earlier it counts.
        await using var hub = await StartAsync();
        using var member = hub.Member("UA");
        time.SetUtcNow(new DateTimeOffset(2026, 6, 30, 15, 59, 59, TimeSpan.Zero));

        var created = await member.Submissions.CreateAsync(Draft(1), Cancellation);

        Assert.Equal(1, created.Submission.Version);
    }

    private async Task<HubFixture> StartAsync(Action<IServiceCollection>? services = null)
    {
        var hub = await HubFixture.StartAsync(options =>
        {
            options.CatalogueFolder = catalogue.Folder;
            options.Time = time;
            options.Services = services ?? options.Services;
        });
        using var secretariat = hub.Operator();
        await secretariat.Registry.ProposeRegistrationAsync(
            new Administration("administrations/UA", "Ukraine") { TimeZone = "Europe/Kyiv" }, "Joins", cancellationToken: Cancellation);
        return hub;
    }

    private static SubmissionDraft Draft(int period) => new(SyntheticCatalogue.Collection(period), (SyntheticCatalogue.Indicator, Figure.Decimal("10")));
}
