using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;
using Hub.Silo.Access;
using Hub.Silo.Disclosures;
using Hub.Silo.Ledger;
using Hub.Silo.Releases;
using Hub.Silo.Tests.Disclosures;
using Hub.Testing;
using Hub.V1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Hub.Silo.Tests.Releases;

/// <summary>The real silo with a small catalogue of its own and a clock that the test moves: members submit, persons propose and review.</summary>
internal sealed class ReleaseSite : IAsyncDisposable
{
    public const string Collection = TestCatalogue.Collection;
    public const string Indicator = TestCatalogue.Indicator;
    public const string Proposer = "ada";
    public const string Reviewer = "bo";

    private readonly DirectoryInfo catalogue;
    private readonly HubFixture hub;
    private GrpcChannel channel;

    private ReleaseSite(DirectoryInfo catalogue, HubFixture hub, FakeTimeProvider time)
    {
        (this.catalogue, this.hub, Time) = (catalogue, hub, time);
        channel = hub.Channel();
    }

    public FakeTimeProvider Time { get; }

    public HubFixture Hub => hub;

    public V1.ReleaseService.ReleaseServiceClient Releases => new(channel);

    public SubmissionService.SubmissionServiceClient Submissions => new(channel);

    public ILedger Ledger => hub.Services.GetRequiredService<ILedger>();

    public OpenReleases Open => hub.Services.GetRequiredService<OpenReleases>();

    public static ReleaseName Edition(int number) => ReleaseName.Of(Collection, number);

    /// <summary>A hub with so many members, half of them in each of two regions.</summary>
    public static async Task<ReleaseSite> StartAsync(int members, int reviewsRequired = 1, Action<HubFixtureOptions>? configure = null)
    {
        var folder = Directory.CreateTempSubdirectory("hub-catalogue-");
        foreach (var file in TestCatalogue.Files(members, reviewsRequired))
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, file.Name), file.Text);
        }

        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 10, 12, 0, 0, TimeSpan.Zero));
        var hub = await HubFixture.StartAsync(options =>
        {
            options.CatalogueFolder = folder.FullName;
            options.Time = time;
            configure?.Invoke(options);
        });
        // Orleans watches its thread pool by the same clock, and takes a jump of it for a pause of the machine.
        hub.ExpectedErrors = record => record.Message.Contains("execution stalled", StringComparison.Ordinal);
        var site = new ReleaseSite(folder, hub, time);
        await hub.RegisterAsync([.. Enumerable.Range(0, members).Select(Member)]);
        return site;
    }

    public static string Member(int index) => TestCatalogue.Member(index);

    /// <summary>Members submit one value each, in their order.</summary>
    public async Task<IReadOnlyList<Submission>> SubmitAsync(params decimal[] values)
    {
        var submissions = new List<Submission>();
        for (var i = 0; i < values.Length; i++)
        {
            var request = new CreateSubmissionRequest { Parent = "administrations/self", RequestId = Guid.NewGuid().ToString(), Submission = Draft(values[i]) };
            submissions.Add((await Submissions.CreateSubmissionAsync(request, AsMember(i))).Submission);
        }

        return submissions;
    }

    public async Task<Submission> CorrectAsync(int member, Submission submission, decimal value)
    {
        var corrected = Draft(value);
        (corrected.Name, corrected.Collection) = (submission.Name, submission.Collection);
        var request = new CorrectSubmissionRequest { Submission = corrected, Reason = "A better count", RequestId = Guid.NewGuid().ToString() };
        return (await Submissions.CorrectSubmissionAsync(request, AsMember(member))).Submission;
    }

    public Task CloseAsync() => new CatalogueService.CatalogueServiceClient(channel).CloseCollectionAsync(
        new CloseCollectionRequest { Name = Collection, Reason = "Everybody has submitted", RequestId = Guid.NewGuid().ToString() }, AsOperator()).ResponseAsync;

    public async Task<Submission> WithdrawAsync(int member, Submission submission) => (await Submissions.WithdrawSubmissionAsync(
        new WithdrawSubmissionRequest { Name = submission.Name, Reason = "A mistake of ours", RequestId = Guid.NewGuid().ToString() }, AsMember(member))).Submission;

    public async Task<Submission> EraseAsync(int member, Submission submission) => (await Submissions.EraseSubmissionAsync(
        new EraseSubmissionRequest { Name = submission.Name, Reason = "A mistake of ours", RequestId = Guid.NewGuid().ToString() }, AsMember(member))).Submission;

    public async Task ConfirmErasureAsync(int member) => await Submissions.ConfirmErasureAsync(
        new ConfirmErasureRequest { Parent = $"administrations/{Member(member)}", Collection = Collection, RequestId = Guid.NewGuid().ToString() }, AsOperator());

    public async Task<Proposal> ProposeAsync(string person = Proposer) => (await Releases.ProposeReleaseAsync(
        new ProposeReleaseRequest { Parent = Collection, Comment = "As planned", RequestId = Guid.NewGuid().ToString() }, AsPerson(person))).Proposal;

    public async Task<Proposal> LookAsync(int edition, string person = Reviewer) =>
        (await Releases.GetProposalAsync(new GetProposalRequest { Name = Edition(edition).ToString() }, AsPerson(person))).Proposal;

    /// <summary>Proposes and waits for the end of the computation.</summary>
    public async Task<Proposal> ProposeComputedAsync(string person = Proposer)
    {
        var name = ReleaseName.Parse((await ProposeAsync(person)).Name)!.Value;
        await ComputedAsync(name);
        return await LookAsync(name.Number);
    }

    public async Task ComputedAsync(ReleaseName name)
    {
        var current = hub.Services.GetRequiredService<CurrentReleases>();
        for (var changed = current.Changed; current.Find(name)?.Computation?.IsConcluded != true; changed = current.Changed)
        {
            await changed.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
        }
    }

    public async Task<Proposal> ReviewAsync(Proposal seen, V1.Verdict verdict = V1.Verdict.Approve, string person = Reviewer) => (await Releases.ReviewReleaseAsync(
        new ReviewReleaseRequest { Name = seen.Name, Verdict = verdict, Comment = "Seen", Etag = seen.Etag, RequestId = Guid.NewGuid().ToString() }, AsPerson(person))).Proposal;

    public async Task<Proposal> ScheduleAsync(string name, DateTimeOffset publishTime) => (await Releases.ScheduleReleaseAsync(
        new ScheduleReleaseRequest
        {
            Name = name,
            PublishTime = Google.Protobuf.WellKnownTypes.Timestamp.FromDateTimeOffset(publishTime),
            RequestId = Guid.NewGuid().ToString(),
        },
        AsOperator())).Proposal;

    public async Task<Proposal> WithdrawAsync(string name, CallOptions caller) => (await Releases.WithdrawReleaseAsync(
        new WithdrawReleaseRequest { Name = name, Reason = "A mistake in the plan", RequestId = Guid.NewGuid().ToString() }, caller)).Proposal;

    /// <summary>The whole way from a closed collection to an open release.</summary>
    public async Task<OpenRelease> PublishAsync()
    {
        var approved = await ReviewAsync(await ProposeComputedAsync());
        await ScheduleAsync(approved.Name, Time.GetUtcNow().AddSeconds(2));
        Time.Advance(TimeSpan.FromSeconds(2));
        return Open.Find(ReleaseName.Parse(approved.Name)!.Value)!;
    }

    /// <summary>Waits until what this silo has followed of the ledger is as it must become.</summary>
    public async Task ChangedAsync(Func<bool> isSo)
    {
        var tail = hub.Services.GetRequiredService<ILedgerTail>();
        await tail.CaughtUpAsync((await Ledger.ReadHeadAsync(TestContext.Current.CancellationToken)).Size - 1, TestContext.Current.CancellationToken);
        Assert.True(isSo());
    }

    public async Task RestartAsync()
    {
        channel.Dispose();
        await hub.RestartAsync();
        channel = hub.Channel();
    }

    public CallOptions AsMember(int index) => Bearer(hub.MachineToken($"adm-{index}", Member(index), Scopes.Submit, Scopes.Read));

    public CallOptions AsPerson(string subject) => Bearer(hub.PersonToken(subject, null, Scopes.Review));

    public CallOptions AsOperator() => Bearer(hub.MachineToken("operator", null, Scopes.Operate));

    public static CallOptions Bearer(string token) => new(new Metadata { { "authorization", $"Bearer {token}" } });

    public async ValueTask DisposeAsync()
    {
        channel.Dispose();
        await hub.DisposeAsync();
        catalogue.Delete(recursive: true);
    }

    private static Submission Draft(decimal value) => new()
    {
        Collection = Collection,
        Values =
        {
            new IndicatorValue
            {
                Indicator = $"instruments/test/indicators/{Indicator}",
                Decimal = new Google.Type.Decimal { Value = value.ToString(CultureInfo.InvariantCulture) },
            },
        },
    };
}
