using Hub.Client;
using Hub.Silo.Access;
using Hub.Silo.Disclosures;
using Hub.Silo.Releases;
using Hub.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Hub.SystemTests.Releases;

/// <summary>Two silos in one process, each with a ledger driver of its own on one file, and each with a clock of its own.</summary>
public sealed class TwoSilosTests
{
    private const string Collection = "instruments/lpi/periods/2023";
    private const string First = $"{Collection}/releases/1";
    private static readonly DateTimeOffset Start = new(2026, 11, 2, 9, 0, 0, TimeSpan.Zero);
    private static readonly TimeSpan Skew = TimeSpan.FromMilliseconds(400);

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Release_ScheduledOnOneSilo_OpensOnBothWithinASecond()
    {
        var (time, later) = (new FakeTimeProvider(Start), new FakeTimeProvider(Start - Skew));
        await using var one = await HubFixture.StartAsync(options => options.Time = time);
        await using var other = await HubFixture.StartAsync(options =>
        {
            options.Time = later;
            options.Settings["Hub:DataFolder"] = one.DataFolder;
            options.Settings["Hub:KeysFolder"] = one.KeysFolder;
        });
        Func<Microsoft.Extensions.Logging.Testing.FakeLogRecord, bool> stalled = record => record.Message.Contains("execution stalled", StringComparison.Ordinal);
        (one.ExpectedErrors, other.ExpectedErrors) = (stalled, stalled);
        var name = await ScheduleAsync(one, time);
        Assert.Equal(First, name);
        var current = other.Services.GetRequiredService<CurrentReleases>();
        for (var changed = current.Changed; current.Find(ReleaseName.Parse(name)!.Value)?.PublishTime is null; changed = current.Changed)
        {
            await changed.WaitAsync(TimeSpan.FromSeconds(60), Cancellation);
        }

        Assert.Equal((false, false), (await IsOpenAsync(one), await IsOpenAsync(other)));
        Advance(TimeSpan.FromSeconds(5) - TimeSpan.FromTicks(1));
        Assert.Equal((false, false), (await IsOpenAsync(one), await IsOpenAsync(other)));
        Advance(TimeSpan.FromTicks(1));
        Assert.Equal((true, false), (await IsOpenAsync(one), await IsOpenAsync(other)));
        Advance(Skew);
        Assert.Equal((true, true), (await IsOpenAsync(one), await IsOpenAsync(other)));
        Assert.Equal(await ExportAsync(one), await ExportAsync(other));

        void Advance(TimeSpan by)
        {
            time.Advance(by);
            later.Advance(by);
        }
    }

    [Fact]
    public async Task Collection_ClosedOnOneSilo_TakesNothingOnTheOther()
    {
        await using var one = await HubFixture.StartAsync();
        await one.RegisterAsync("UA", "PL");
        await using var other = await HubFixture.StartAsync(options =>
        {
            options.Settings["Hub:DataFolder"] = one.DataFolder;
            options.Settings["Hub:KeysFolder"] = one.KeysFolder;
        });
        using var secretariat = one.Operator();
        using var ready = other.Member("PL");
        using var late = other.Member("UA");
        var draft = new SubmissionDraft(Collection, ("LP.LPI.CUST.XQ", Figure.Decimal("2.4")));
        await ready.Submissions.CreateAsync(draft, Cancellation);

        await secretariat.Catalogue.CloseCollectionAsync(Collection, "All are in", cancellationToken: Cancellation);
        var refused = await Assert.ThrowsAnyAsync<HubException>(
            () => late.Submissions.CreateAsync(new SubmissionDraft(Collection, ("LP.LPI.CUST.XQ", Figure.Decimal("2.5"))), Cancellation));

        Assert.Equal(Hub.Client.ErrorReason.CollectionClosed, refused.Reason);
    }

    private static async Task<string> ScheduleAsync(HubFixture hub, FakeTimeProvider time)
    {
        var codes = Enumerable.Range(0, 12).Select(i => $"X{(char)('A' + i)}").ToList();
        await hub.RegisterAsync([.. codes]);
        foreach (var (code, i) in codes.Select((code, i) => (code, i)))
        {
            using var member = hub.Member(code);
            await member.Submissions.CreateAsync(new SubmissionDraft(Collection, ("LP.LPI.CUST.XQ", Figure.Decimal(1.5m + (0.25m * i)))), Cancellation);
        }

        using var secretariat = hub.Operator();
        using var ada = hub.Person("ada", Scopes.Review);
        using var bo = hub.Person("bo", Scopes.Review);
        await secretariat.Catalogue.CloseCollectionAsync(Collection, "All are in", cancellationToken: Cancellation);
        var asked = await ada.Releases.ProposeAsync(Collection, "As planned", cancellationToken: Cancellation);
        await hub.ComputedAsync(asked.Name);
        await bo.Releases.ReviewAsync(await bo.Releases.GetAsync(asked.Name, Cancellation), Hub.Client.Verdict.Approve, cancellationToken: Cancellation);
        return (await secretariat.Releases.ScheduleAsync(asked.Name, time.GetUtcNow().AddSeconds(5), cancellationToken: Cancellation)).Name;
    }

    private static async Task<bool> IsOpenAsync(HubFixture hub)
    {
        using var partner = hub.Client(() => hub.MachineToken("partner", null, Scopes.Read));
        return await partner.Benchmarks.ListReleasesAsync(cancellationToken: Cancellation).AnyAsync(Cancellation);
    }

    private static async Task<string> ExportAsync(HubFixture hub)
    {
        using var partner = hub.Client(() => hub.MachineToken("partner", null, Scopes.Read));
        return (await partner.Benchmarks.ExportReleaseAsync(First, Cancellation)).Csv;
    }
}
