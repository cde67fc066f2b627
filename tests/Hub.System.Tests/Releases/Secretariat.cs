using Hub.Client;
using Hub.Silo.Access;
using Hub.Testing;
using Xunit;

namespace Hub.SystemTests.Releases;

/// <summary>The shortest way to a release through the SDK, on public figures of the samples, for tests of what comes after it.</summary>
internal static class Secretariat
{
    public const string Collection = "instruments/lpi/periods/2023";
    public const string Indicator = "LP.LPI.CUST.XQ";
    private const int Contributors = 24;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    /// <summary>Members join and submit; gives their codes.</summary>
    public static async Task<IReadOnlyList<string>> SubmitAsync(HubFixture hub)
    {
        var rows = await File.ReadAllLinesAsync(Path.Combine(Repository.Samples, "figures", $"{Indicator}.csv"), Cancellation);
        var figures = rows.Select(row => row.Split(',')).Where(row => row[2] == "2023").Take(Contributors).Select(row => (Code: row[1], Value: row[3])).ToList();
        await hub.RegisterAsync([.. figures.Select(f => f.Code)]);
        foreach (var (code, value) in figures)
        {
            using var member = hub.Member(code);
            await member.Submissions.CreateAsync(new SubmissionDraft(Collection, (Indicator, Figure.Decimal(value))), Cancellation);
        }

        return [.. figures.Select(f => f.Code)];
    }

    /// <summary>The collection is closed, and a release of it proposed and computed.</summary>
    public static async Task<Proposal> ProposeAsync(HubFixture hub)
    {
        using var secretariat = hub.Operator();
        using var ada = hub.Person("ada", Scopes.Review);
        await secretariat.Catalogue.CloseCollectionAsync(Collection, "Everybody has submitted", cancellationToken: Cancellation);
        var asked = await ada.Releases.ProposeAsync(Collection, "As planned", cancellationToken: Cancellation);
        return await ada.Releases.GetComputedAsync(asked.Name, Cancellation);
    }

    /// <summary>Another reviewer approves, and an operator schedules it; it opens some seconds later.</summary>
    public static async Task ScheduleAsync(HubFixture hub, Proposal proposal)
    {
        using var secretariat = hub.Operator();
        using var bo = hub.Person("bo", Scopes.Review);
        await bo.Releases.ReviewAsync(await bo.Releases.GetAsync(proposal.Name, Cancellation), Verdict.Approve, cancellationToken: Cancellation);
        await secretariat.Releases.ScheduleAsync(proposal.Name, hub.Time.GetUtcNow().AddSeconds(3), cancellationToken: Cancellation);
    }
}
