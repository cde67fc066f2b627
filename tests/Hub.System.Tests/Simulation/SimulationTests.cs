using System.Globalization;
using Hub.Client;
using Hub.Silo.Ledger;
using Hub.SystemTests.Faults;
using Hub.Testing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Hub.SystemTests.Simulation;

/// <summary>
/// Random acts on the real Hub beside a model of dictionaries: after each the two must agree. A seed that fails once becomes a
/// named test of its own. HUB_SIMULATION_SEEDS is the number of seeds beyond the ones that always run.
/// </summary>
public sealed partial class SimulationTests
{
    private const int Acts = 120;
    private const int Periods = 3;
    private static readonly DateTimeOffset Deadline = new(2026, 6, 30, 16, 0, 0, TimeSpan.Zero);
    private static readonly string[] Codes = [.. Enumerable.Range(0, 24).Select(SyntheticCatalogue.Member)];
    private readonly HubModel model = new();
    private readonly FakeTimeProvider time = new(new DateTimeOffset(2026, 6, 1, 9, 0, 0, TimeSpan.Zero));
    private readonly LedgerFaults faults = new();
    private readonly List<(string Code, string Collection, long Position)> erasures = [];
    private readonly List<string> done = [];
    private HubFixture hub = null!;
    private Random random = null!;

    public static TheoryData<int> Seeds { get; } =
        [1, 2, 20261124, .. Enumerable.Range(1000, int.Parse(Environment.GetEnvironmentVariable("HUB_SIMULATION_SEEDS") ?? "0", CultureInfo.InvariantCulture))];

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Theory]
    [MemberData(nameof(Seeds))]
    public async Task Hub_UnderRandomActs_AgreesWithTheModel(int seed)
    {
        random = new Random(seed);
        using var catalogue = new SyntheticCatalogue(periods: Periods, window: "{opens: first-start, closes: 2026-06-30T18:00, zone: Europe/Brussels}");
        await using var running = hub = await HubFixture.StartAsync(options =>
        {
            options.CatalogueFolder = catalogue.Folder;
            options.Time = time;
            options.Services = AddServices;
        });
        hub.ExpectedErrors = record => record.Exception is not null;
        await hub.RegisterAsync(Codes);
        try
        {
            await BeginAsync();
            for (var i = 0; i < Acts; i++) await StepAsync();
            await FinishAsync();
            await AgreeAsync();
            Assert.True(comparedFigures > 0, "Nothing was published that could be compared.");
        }
        catch (Exception e)
        {
            throw new InvalidOperationException($"Seed {seed}, after: {string.Join(", ", done)}", e);
        }
    }

    private Task StepAsync() => random.Next(20) switch
    {
        < 4 => SubmitAsync(),
        4 => ResubmitAsync(),
        5 or 6 => ChangeAsync("correct", Pick(), CorrectAsync),
        7 => ChangeAsync("withdraw", Pick(), WithdrawAsync),
        8 => EraseAsync(),
        9 => FailNextAsync(),
        10 => AdvanceAsync(),
        11 => DeactivateOrRestartAsync(),
        12 => CloseAsync(),
        13 => ProposeAsync(random.Next(1, Periods + 1), AnyPerson()),
        < 19 => ActOnReleaseAsync(),
        _ => AgreeAsync(),
    };

    private void AddServices(IServiceCollection services)
    {
        faults.AddTo(services);
        services.AddSingleton<ILedger>(s => new WaitingLedger(s.GetRequiredService<SqliteLedger>()) { BeforeTopicAsync = HoldComputationAsync });
    }

    // Enough contributors for figures in two of the periods; the third lives on what chance brings.
    private async Task BeginAsync()
    {
        for (var period = 1; period <= Periods; period++) model.ClosesAt[period] = Deadline;
        foreach (var code in Codes)
        {
            await SubmitAsync(code, 1);
            await SubmitAsync(code, 2);
        }

        done.Clear();
    }

    private Task SubmitAsync()
    {
        var (code, period) = Pick();
        return SubmitAsync(code, period);
    }

    private async Task SubmitAsync(string code, int period)
    {
        var value = Value();
        done.Add($"submit {code} {period}");
        using var member = hub.Member(code);
        var draft = new SubmissionDraft(SyntheticCatalogue.Collection(period), (SyntheticCatalogue.Indicator, Figure.Decimal(value)));
        if (!IsOpen(period) || model.Live(code, period) is not null)
        {
            var refused = await Assert.ThrowsAsync<HubException>(() => member.Submissions.CreateAsync(draft, Cancellation));
            Assert.Equal(IsOpen(period) ? ErrorReason.SubmissionExists : ErrorReason.CollectionClosed, refused.Reason);
            return;
        }

        var recorded = await member.Submissions.CreateAsync(draft, Cancellation);
        model.Latest[(code, period)] = new ModelledSubmission(recorded.Submission, SubmissionState.Live, 1, value);
        model.Created.Add((code, draft, recorded.Submission.Name, recorded.Receipt.Position));
    }

    private async Task ResubmitAsync()
    {
        if (model.Created.Count == 0) return;
        var (code, draft, name, position) = model.Created[random.Next(model.Created.Count)];
        done.Add($"resubmit {name}");
        using var member = hub.Member(code);
        if (IsErased(code, draft))
        {
            var refused = await Assert.ThrowsAsync<HubException>(() => member.Submissions.CreateAsync(draft, Cancellation));
            Assert.Equal(ErrorReason.SubmissionErased, refused.Reason);
            return;
        }

        var again = await member.Submissions.CreateAsync(draft, Cancellation);
        Assert.Equal((name, position), (again.Submission.Name, again.Receipt.Position));
    }

    private async Task ChangeAsync(string what, (string Code, int Period) key, Func<HubClient, ModelledSubmission, Task<ModelledSubmission>> change)
    {
        if (model.Latest.GetValueOrDefault(key) is not { } known) return;
        done.Add($"{what} {key}");
        using var member = hub.Member(key.Code);
        if (known.State == SubmissionState.Live)
        {
            model.Latest[key] = await change(member, known);
            return;
        }

        var refused = await Assert.ThrowsAsync<HubException>(() => change(member, known));
        Assert.Equal(known.State == SubmissionState.Erased ? ErrorReason.SubmissionErased : ErrorReason.SubmissionWithdrawn, refused.Reason);
    }

    private async Task<ModelledSubmission> CorrectAsync(HubClient member, ModelledSubmission known)
    {
        var value = Value();
        var figures = new[] { KeyValuePair.Create(SyntheticCatalogue.Indicator, Figure.Decimal(value)) };
        var corrected = await member.Submissions.CorrectAsync(known.Seen, figures, "Recount", cancellationToken: Cancellation);
        Assert.Equal(known.Version + 1, corrected.Submission.Version);
        return new ModelledSubmission(corrected.Submission, SubmissionState.Live, known.Version + 1, value);
    }

    private static async Task<ModelledSubmission> WithdrawAsync(HubClient member, ModelledSubmission known)
    {
        var withdrawn = await member.Submissions.WithdrawAsync(known.Seen, "Wrong method", cancellationToken: Cancellation);
        return known with { Seen = withdrawn.Submission, State = SubmissionState.Withdrawn, Version = known.Version + 1 };
    }

    private async Task EraseAsync()
    {
        var key = Pick();
        // Of a closed collection it waits for an operator, who may close it to further editions by that: EditionTests has it.
        if (!IsOpen(key.Period)) return;
        if (model.Latest.GetValueOrDefault(key) is not { State: not SubmissionState.Erased } known) return;
        done.Add($"erase {key}");
        using var member = hub.Member(key.Code);
        var erased = await member.Submissions.EraseAsync(known.Seen, "Our right", cancellationToken: Cancellation);
        model.Latest[key] = known with { Seen = erased.Submission, State = SubmissionState.Erased };
        erasures.Add((key.Code, SyntheticCatalogue.Collection(key.Period), erased.Receipt.Position));
    }

    // It happens once, so the SDK, which asks again, is answered: the model need not know.
    private Task FailNextAsync()
    {
        var point = random.Next(2) == 0 ? LedgerFault.BeforeCommit : LedgerFault.AfterCommitBeforeReply;
        var isUnknown = random.Next(2) == 0;
        done.Add($"fail {point}{(isUnknown ? ", outcome unknown" : "")}");
        faults.FailNext(point, isUnknown);
        return Task.CompletedTask;
    }

    private async Task AdvanceAsync()
    {
        if (random.Next(2) == 0 && NextToOpen() is { } next)
        {
            await OpenAsync(next);
            return;
        }

        time.Advance(TimeSpan.FromDays(random.Next(1, 5)));
        done.Add($"advance to {Now:d}");
    }

    private async Task DeactivateOrRestartAsync()
    {
        if (random.Next(2) == 0)
        {
            done.Add("deactivate");
            await hub.Services.GetRequiredService<IGrainFactory>().GetGrain<IManagementGrain>(0).ForceActivationCollection(TimeSpan.Zero);
            return;
        }

        done.Add("restart");
        faults.Clear();
        await hub.RestartAsync();
    }

    // Early, by an operator; what is closed stays closed.
    private async Task CloseAsync()
    {
        var period = random.Next(1, Periods + 1);
        done.Add($"close {period}");
        using var secretariat = hub.Operator();
        Task Close() => secretariat.Catalogue.CloseCollectionAsync(SyntheticCatalogue.Collection(period), "Everybody has submitted", cancellationToken: Cancellation);
        if (IsOpen(period))
        {
            await Close();
            model.ClosesAt[period] = Now;
            return;
        }

        var refused = await Assert.ThrowsAsync<HubException>(Close);
        Assert.Equal(ErrorReason.CollectionClosed, refused.Reason);
    }

    private async Task AgreeAsync()
    {
        done.Add("verify");
        faults.Clear();
        Assert.True(hub.Services.GetRequiredService<LedgerVerifier>().Verify(Cancellation).IsSound);
        foreach (var ((code, _), known) in model.Latest)
        {
            using var member = hub.Member(code);
            var seen = await member.Submissions.GetAsync(known.Seen.Name, Cancellation);
            Assert.Equal((known.State, known.Seen.Etag), (seen.State, seen.Etag));
            if (known.State != SubmissionState.Erased)
            {
                Assert.Equal((known.Version, known.Value), (seen.Version, Assert.Single(seen.Figures).Value.Value));
            }
        }

        await AgreeOnReleasesAsync();
    }

    private bool IsErased(string code, SubmissionDraft draft) =>
        model.Created.Single(c => c.Draft.RequestId == draft.RequestId) is var created
        && erasures.Any(e => e.Code == code && e.Collection == draft.Collection && e.Position > created.Position);

    private DateTimeOffset Now => time.GetUtcNow();

    private bool IsOpen(int period) => Now < model.ClosesAt[period];

    // Half of the acts are of three administrations, so that many an act meets another one.
    private (string Code, int Period) Pick() => (Codes[random.Next(random.Next(2) == 0 ? 3 : Codes.Length)], random.Next(1, Periods + 1));

    private string Value() => random.Next(0, 100_000).ToString(CultureInfo.InvariantCulture);
}
