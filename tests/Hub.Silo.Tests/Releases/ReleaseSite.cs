using System.Globalization;
using Grpc.Core;
using Grpc.Net.Client;
using Hub.Silo.Access;
using Hub.Silo.Disclosures;
using Hub.Silo.Releases;
using Hub.Testing;
using Hub.V1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;
using Xunit;

namespace Hub.Silo.Tests.Releases;

/// <summary>The real silo with a small catalogue of its own and a clock that the test moves: members submit, persons propose and review.</summary>
internal sealed class ReleaseSite : IAsyncDisposable
{
    public const string Collection = "instruments/test/periods/2024";
    public const string Indicator = "T.SCORE";
    public const string Proposer = "ada";
    public const string Reviewer = "bo";

    private static readonly Random Random = new();
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

    public OpenReleases Open => hub.Services.GetRequiredService<OpenReleases>();

    public static ReleaseName Edition(int number) => ReleaseName.Of(Collection, number);

    /// <summary>A hub with so many members, half of them in each of two regions.</summary>
    public static async Task<ReleaseSite> StartAsync(int members, int reviewsRequired = 1, Action<HubFixtureOptions>? configure = null)
    {
        var folder = Directory.CreateTempSubdirectory("hub-catalogue-");
        foreach (var (text, i) in SmallCatalogue(members, reviewsRequired).Select((text, i) => (text, i)))
        {
            await File.WriteAllTextAsync(Path.Combine(folder.FullName, $"{(char)('a' + i)}.yaml"), text);
        }

        var time = new FakeTimeProvider(new DateTimeOffset(2026, 1, 10, 12, 0, 0, TimeSpan.Zero));
        var hub = await HubFixture.StartAsync(options =>
        {
            options.CatalogueFolder = folder.FullName;
            options.Time = time;
            options.Settings["Hub:SiloPort"] = Random.Next(20000, 50000).ToString(CultureInfo.InvariantCulture);
            configure?.Invoke(options);
        });
        var site = new ReleaseSite(folder, hub, time);
        await hub.RegisterAsync([.. Enumerable.Range(0, members).Select(Member)]);
        return site;
    }

    public static string Member(int index) => string.Create(CultureInfo.InvariantCulture, $"M{index:D2}");

    /// <summary>Members submit one value each, in their order.</summary>
    public async Task<IReadOnlyList<Submission>> SubmitAsync(params decimal[] values)
    {
        var submissions = new List<Submission>();
        for (var i = 0; i < values.Length; i++)
        {
            var request = new CreateSubmissionRequest { Parent = "administrations/self", RequestId = Guid.NewGuid().ToString(), Submission = Draft(values[i]) };
            submissions.Add((await new SubmissionService.SubmissionServiceClient(channel).CreateSubmissionAsync(request, AsMember(i))).Submission);
        }

        return submissions;
    }

    public async Task<Submission> CorrectAsync(int member, Submission submission, decimal value)
    {
        var corrected = Draft(value);
        (corrected.Name, corrected.Collection) = (submission.Name, submission.Collection);
        var request = new CorrectSubmissionRequest { Submission = corrected, Reason = "A better count", RequestId = Guid.NewGuid().ToString() };
        return (await new SubmissionService.SubmissionServiceClient(channel).CorrectSubmissionAsync(request, AsMember(member))).Submission;
    }

    public Task CloseAsync() => new CatalogueService.CatalogueServiceClient(channel).CloseCollectionAsync(
        new CloseCollectionRequest { Name = Collection, Reason = "Everybody has submitted", RequestId = Guid.NewGuid().ToString() }, AsOperator()).ResponseAsync;

    public async Task<Proposal> ProposeAsync(string person = Proposer) => (await Releases.ProposeReleaseAsync(
        new ProposeReleaseRequest { Parent = Collection, Comment = "As planned", RequestId = Guid.NewGuid().ToString() }, AsPerson(person))).Proposal;

    public async Task<Proposal> LookAsync(int edition, string person = Reviewer) =>
        (await Releases.GetProposalAsync(new GetProposalRequest { Name = Edition(edition).ToString() }, AsPerson(person))).Proposal;

    /// <summary>Proposes and waits for the end of the computation.</summary>
    public async Task<Proposal> ProposeComputedAsync(string person = Proposer)
    {
        var asked = await ProposeAsync(person);
        var current = hub.Services.GetRequiredService<CurrentReleases>();
        var name = ReleaseName.Parse(asked.Name)!.Value;
        while (true)
        {
            var changed = current.Changed;
            if (current.Find(name)?.Computation?.IsConcluded == true)
            {
                return await LookAsync(name.Number);
            }

            await changed.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
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

    public async Task<Proposal> WithdrawAsync(string name, Metadata caller) => (await Releases.WithdrawReleaseAsync(
        new WithdrawReleaseRequest { Name = name, Reason = "A mistake in the plan", RequestId = Guid.NewGuid().ToString() }, caller)).Proposal;

    /// <summary>The whole way from a closed collection to an open release.</summary>
    public async Task<OpenRelease> PublishAsync()
    {
        var approved = await ReviewAsync(await ProposeComputedAsync());
        await ScheduleAsync(approved.Name, Time.GetUtcNow().AddSeconds(2));
        Time.Advance(TimeSpan.FromSeconds(2));
        return Open.Find(ReleaseName.Parse(approved.Name)!.Value)!;
    }

    public async Task RestartAsync()
    {
        channel.Dispose();
        await hub.RestartAsync();
        channel = hub.Channel();
    }

    public Metadata AsMember(int index) => Bearer(hub.MachineToken($"adm-{index}", Member(index), Scopes.Submit, Scopes.Read));

    public Metadata AsPerson(string subject) => Bearer(hub.PersonToken(subject, null, Scopes.Review));

    public Metadata AsOperator() => Bearer(hub.MachineToken("operator", null, Scopes.Operate));

    public static Metadata Bearer(string token) => new() { { "authorization", $"Bearer {token}" } };

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

    private static string[] SmallCatalogue(int members, int reviewsRequired) =>
    [
        """
        instrument:
          code: test
          title: {en: "A test"}
          publisher: "The tests (synthetic)"
          licence: CC0
        indicators:
          - code: T.SCORE
            title: {en: "A synthetic score"}
            definition: {en: "Made up."}
            comparability_note: {en: "Synthetic."}
            unit: points
            lower: 0
            upper: 100
            decimals_max: 2
            protection_width: 10
            protection_width_reason: "A tenth of the range."
            polarity: better-high
            value_kind: score
        """,
        $$"""
        partition: all
        groups:
          - {code: all, title: {en: "All"}, members: [{{Members(0, members)}}]}
        """,
        $$"""
        partition: region
        groups:
          - {code: region.A, title: {en: "A"}, members: [{{Members(0, members / 2)}}]}
          - {code: region.B, title: {en: "B"}, members: [{{Members(members / 2, members)}}]}
        """,
        """
        calendar:
          - instrument: test
            periods: [2024]
            indicators: [T.SCORE]
            window: {opens: first-start, closes: 2026-06-30T00:00, zone: Europe/Brussels}
        """,
        $$"""
        policies:
          - code: quick
            coalition: 3
            contributors_min: 10
            joined_contributors_min: 20
            difference_min: 5
            edition_difference_min: 10
            quantiles: {window: 5, median: 10, tertiles: 15, quartiles: 20, outer_deciles: 50}
            reviews_required: {{reviewsRequired}}
            publish_lead_seconds: 1
        """,
        """
        plans:
          - instrument: test
            policy: quick
            indicators:
              - {code: T.SCORE, partitions: [region]}
        """,
    ];

    private static string Members(int from, int to) => string.Join(", ", Enumerable.Range(from, to - from).Select(Member));
}
