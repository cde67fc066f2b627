using Hub.Client;
using Hub.Testing;
using Xunit;

namespace Hub.SystemTests.Access;

/// <summary>A Hub with UA, which has submitted, PL, which has not, and one that is suspended; the table's requests change nothing in it.</summary>
public sealed class AccessHub : IAsyncLifetime
{
    public const string Suspended = "SU";

    public HubFixture Hub { get; private set; } = null!;

    /// <summary>UA's submission.</summary>
    public string Submission { get; private set; } = "";

    public async ValueTask InitializeAsync()
    {
        Hub = await HubFixture.StartAsync();
        await Hub.RegisterAsync("UA", "PL", Suspended);
        using var secretariat = Hub.Operator();
        await secretariat.Registry.SuspendAsync($"administrations/{Suspended}", "Agreement ended");
        using var member = Hub.Member("UA");
        var draft = new SubmissionDraft("instruments/lpi/periods/2023", ("LP.LPI.CUST.XQ", Figure.Decimal("2.4")));
        Submission = (await member.Submissions.CreateAsync(draft)).Submission.Name;
    }

    public ValueTask DisposeAsync() => Hub.DisposeAsync();
}
