using Hub.Silo.Access;
using Hub.Silo.Catalogue;
using Hub.Silo.Disclosures;
using Hub.Silo.Ledger;
using Xunit;
using Limits = Hub.Silo.Disclosures.Limits;

namespace Hub.Silo.Tests.Disclosures;

public sealed class DisclosureRulesTests
{
    private const int Members = 24;
    private static readonly DateTimeOffset Opened = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
    private static readonly DateTimeOffset Closed = new(2026, 7, 1, 0, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Propose_ClosedCollectionWithAPlan_FixesPlanPolicyAndCatalogue()
    {
        var decision = Propose(TestCatalogue.Files(Members));

        var requested = Assert.IsType<ComputationRequested>(decision.Value);
        Assert.Equal($"{TestCatalogue.Collection}/releases/1", requested.Release);
        Assert.Equal(("test@1", "quick@1", 1, TimeSpan.FromSeconds(1)), (requested.Plan, requested.Policy, requested.ReviewsRequired, requested.PublishLead));
        Assert.Equal("ada", requested.Proposer);
    }

    [Fact]
    public void Propose_SecondOfACollection_GetsTheNextNumber()
    {
        var state = Asked(1);

        var second = (ComputationRequested)Propose(TestCatalogue.Files(Members), state).Value;

        Assert.Equal($"{TestCatalogue.Collection}/releases/2", second.Release);
    }

    [Fact]
    public void Propose_OpenCollection_IsRefusedWithTheClosingTime()
    {
        var refusal = Propose(TestCatalogue.Files(Members), now: Opened.AddDays(1)).Refusal!;

        Assert.Equal(ErrorReason.CollectionOpen, refusal.Reason);
        Assert.Contains("2026-06-29 22:00:00 UTC", refusal.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Propose_UnknownCollection_IsNotFound() =>
        Assert.Equal(ErrorReason.NotFound, Propose(TestCatalogue.Files(Members), collection: "instruments/test/periods/1999").Refusal!.Reason);

    [Fact]
    public void Propose_WithoutAPlan_IsRefused() =>
        Assert.Equal(ErrorReason.PlanRefused, Propose([.. TestCatalogue.Files(Members).Where(f => f.Name != "plans.yaml")]).Refusal!.Reason);

    [Fact]
    public void Propose_PlanOfTwoPartitions_NamesFieldAndRemedy()
    {
        var refusal = Propose(TestCatalogue.With(Members, "plans.yaml", "[region]", "[region, size]")).Refusal!;

        Assert.Equal(ErrorReason.PlanRefused, refusal.Reason);
        Assert.Equal(new Violation("plan.indicators[T.SCORE].partitions", "OverlappingPartitions.", "Name one partition or none."), Assert.Single(refusal.Violations));
    }

    [Fact]
    public void Propose_PlanOfAnUnknownGroup_NamesIt()
    {
        var refusal = Propose(TestCatalogue.With(Members, "plans.yaml", "[region]", "[continent]")).Refusal!;

        Assert.Equal((ErrorReason.PlanRefused, "plan.indicators[T.SCORE].partitions[continent]"), (refusal.Reason, Assert.Single(refusal.Violations).Field));
    }

    [Fact]
    public void Propose_PlanOfAnUnknownIndicator_NamesIt()
    {
        var refusal = Propose(TestCatalogue.With(Members, "plans.yaml", "T.SCORE", "T.OTHER")).Refusal!;

        Assert.Equal((ErrorReason.PlanRefused, "indicators[T.OTHER]"), (refusal.Reason, Assert.Single(refusal.Violations).Field));
    }

    [Fact]
    public void Propose_WidthOfZero_IsRefused()
    {
        // The reader refuses such a file at start; a catalogue that got in some other way is refused here, too.
        var refusal = Propose(TestCatalogue.With(Members, "instrument.yaml", "protection_width: 10", "protection_width: 0")).Refusal!;

        Assert.Equal((ErrorReason.PlanRefused, "indicators[T.SCORE].width"), (refusal.Reason, Assert.Single(refusal.Violations).Field));
    }

    [Fact]
    public void Propose_PolicyThatContradictsItself_NamesFieldAndRemedy()
    {
        var refusal = Propose(TestCatalogue.With(Members, "policies.yaml", "coalition: 3", "coalition: 9")).Refusal!;

        Assert.Equal(ErrorReason.PolicyRefused, refusal.Reason);
        Assert.Contains(refusal.Violations, v => v is { Field: "policy.contributors_min", Remedy: "Take at least the coalition plus 2." });
    }

    [Fact]
    public void Propose_LongComment_IsRefused() =>
        Assert.Equal("comment", Assert.Single(Propose(TestCatalogue.Files(Members), comment: new string('x', 501)).Refusal!.Violations).Field);

    [Fact]
    public void Propose_TooManyUnfinished_IsRefusedWithATimeToRetry()
    {
        var refusal = Propose(TestCatalogue.Files(Members), Asked(Limits.UnfinishedMax)).Refusal!;

        Assert.Equal((ErrorReason.QuotaExceeded, Limits.RetryAfter), (refusal.Reason, refusal.RetryAfter));
    }

    [Theory]
    [InlineData(1, 2, true)]
    [InlineData(1, 0, false)]
    public void Propose_ErasedAfterOrBeforeSomethingWasShown_IsRefusedOnlyAfter(long shownAt, long erasedAt, bool isRefused)
    {
        var log = new TestLog();
        var state = Asked(log, 1);
        state = state.Apply(log.Add(Streams.Disclosures("test"), DisclosureEntries.ToEntry(Shown(1))));
        Assert.Equal(shownAt, state.ShownOf(TestCatalogue.Collection).Single().ConcludedAt);

        var decision = Propose(TestCatalogue.Files(Members), state, erasedAt: erasedAt);

        Assert.Equal(isRefused ? ErrorReason.CollectionErased : null, decision.Refusal?.Reason);
    }

    internal static Proposed Shown(int number) => new($"{TestCatalogue.Collection}/releases/{number}", [])
    {
        Fence = 0,
        Checkpoint = "",
        Indicators = [],
        Groups = [],
        Findings = [],
        Warnings = [],
    };

    private static DisclosureState Asked(int count) => Asked(new TestLog(), count);

    private static DisclosureState Asked(TestLog log, int count) => Enumerable.Range(1, count)
        .Select(number => log.Add(Streams.Disclosures("test"), DisclosureEntries.ToEntry(DisclosureStateTests.Requested(number))))
        .Aggregate(DisclosureState.Empty, (state, entry) => state.Apply(entry));

    private static Decision<DisclosureEvent> Propose(
        IReadOnlyList<CatalogueFile> files, DisclosureState? state = null, DateTimeOffset? now = null, string collection = TestCatalogue.Collection,
        string comment = "", long? erasedAt = null)
    {
        var act = new Act(Guid.NewGuid(), [1], [2]);
        var command = new ProposeReleaseCommand(act, new Actor("ada", true), collection, comment);
        return DisclosureRules.Propose(state ?? DisclosureState.Empty, command, TestCatalogue.State(files, Opened), erasedAt, now ?? Closed);
    }
}
