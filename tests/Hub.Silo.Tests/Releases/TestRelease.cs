using Hub.Privacy;
using Hub.Silo.Disclosures;
using Hub.Silo.Ledger;
using Hub.Silo.Releases;
using Hub.Silo.Tests.Disclosures;

namespace Hub.Silo.Tests.Releases;

/// <summary>Releases as their entries make them, without a ledger.</summary>
internal sealed class TestRelease
{
    public const string Proposer = "ada";
    public const string Reviewer = "bo";
    public const string Second = "cy";
    public const string Operator = "op";

    public static readonly DateTimeOffset PublishTime = TestLog.Start.AddHours(1);

    private readonly TestLog log;

    public TestRelease(int number = 1, int reviewsRequired = 1, TestLog? log = null)
    {
        this.log = log ?? new TestLog();
        Name = ReleaseName.Of(TestCatalogue.Collection, number);
        State = new ReleaseState(Name);
        Happened(DisclosureStateTests.Requested(number, reviewsRequired));
    }

    public ReleaseName Name { get; }

    public ReleaseState State { get; private set; }

    public List<Entry> Entries { get; } = [];

    /// <summary>Of 24 values from 2 to 94, by two regions.</summary>
    public static ProtectedTable Table { get; } = MakeTable();

    /// <summary>A release in a state, with reviews_required 2, so that there is an IN_REVIEW.</summary>
    public static TestRelease In(ReleaseStatus status)
    {
        var release = new TestRelease(reviewsRequired: 2);
        return status switch
        {
            ReleaseStatus.Computing => release,
            ReleaseStatus.Refused => release.Refused(),
            ReleaseStatus.Proposed => release.Proposed(),
            ReleaseStatus.InReview => release.Proposed().Reviewed(),
            ReleaseStatus.Returned => release.Proposed().Returned(),
            ReleaseStatus.Approved => release.Proposed().Reviewed().Approved(),
            ReleaseStatus.Scheduled or ReleaseStatus.Published => release.Proposed().Reviewed().Approved().Scheduled(),
            ReleaseStatus.Withdrawn => release.Proposed().Withdrawn(),
            _ => throw new ArgumentOutOfRangeException(nameof(status)),
        };
    }

    /// <summary>A time at which a release made by <see cref="In"/> is in that state.</summary>
    public static DateTimeOffset TimeOf(ReleaseStatus status) => status == ReleaseStatus.Published ? PublishTime : TestLog.Start;

    public TestRelease Proposed() => Happened(new Proposed(Name.ToString(), Table.Write())
    {
        Fence = State.Computation!.Fence,
        Checkpoint = "checkpoint",
        Indicators = [new IndicatorSnapshot(TestCatalogue.Indicator, 1, "points", Silo.Catalogue.Polarity.BetterHigh, [])],
        Groups = [new GroupSnapshot("region.A", 3, "region"), new GroupSnapshot("region.B", 1, "region")],
        Findings = [],
        Warnings = [],
    });

    public TestRelease Refused() => Happened(new Refused(Name.ToString(), [new Violation("plan", "Rule.", "Remedy.")]));

    public TestRelease Viewed(string by = Reviewer) => Happened(new Viewed(Name.ToString(), by));

    public TestRelease Reviewed(string by = Reviewer) => Happened(new Reviewed(Name.ToString(), by, "Fine"));

    public TestRelease Approved(string by = Second) => Happened(new Approved(Name.ToString(), by, "Fine"));

    public TestRelease Returned(string by = Reviewer) => Happened(new Returned(Name.ToString(), by, "Not so"));

    public TestRelease Scheduled(DateTimeOffset? publishTime = null) => Happened(new Scheduled(Name.ToString(), Operator, publishTime ?? PublishTime));

    public TestRelease Withdrawn(DateTimeOffset? at = null) => Happened(new Withdrawn(Name.ToString(), Operator, "A mistake"), at);

    public void FollowedBy(CurrentReleases current) => Entries.ForEach(current.Apply);

    private TestRelease Happened(DisclosureEvent happened) => Happened(Streams.Disclosures("test"), DisclosureEntries.ToEntry(happened), null);

    private TestRelease Happened(ReleaseEvent happened, DateTimeOffset? at = null) => Happened(Streams.Release(Name.Key), ReleaseEntries.ToEntry(happened), at);

    private TestRelease Happened(string stream, Event happened, DateTimeOffset? at)
    {
        var entry = log.Add(stream, happened, at);
        Entries.Add(entry);
        State = State.Apply(entry);
        return this;
    }

    private static ProtectedTable MakeTable()
    {
        var state = TestCatalogue.State(TestCatalogue.Files(24), TestLog.Start);
        var plan = state.FindPlan(TestCatalogue.Instrument)!;
        var planned = PlannedPublication.Of(plan, state.FindPolicy(plan.Policy)!, state.FindCollection(TestCatalogue.Collection)!, state);
        return Publication.Protect(new PublicationRequest
        {
            Instrument = TestCatalogue.Instrument,
            Period = "2024",
            Edition = 1,
            Plan = planned.Plan,
            Policy = planned.Policy,
            Indicators = planned.Indicators,
            Partitions = planned.Partitions,
            Contributions = new Dictionary<string, IReadOnlyList<Contribution>>
            {
                [TestCatalogue.Indicator] = [.. Enumerable.Range(0, 24).Select(i => new Contribution(TestCatalogue.Member(i), 1, ContributedValue.Level(2m + i * 4m), false))],
            },
            Memory = [],
        }).Table!;
    }
}
