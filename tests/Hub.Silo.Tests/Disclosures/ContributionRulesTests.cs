using Hub.Privacy;
using Hub.Silo.Administrations;
using Hub.Silo.Catalogue;
using Hub.Silo.Disclosures;
using Hub.Silo.Ledger;
using Xunit;
using Disclosure = Hub.Silo.Administrations.Disclosure;

namespace Hub.Silo.Tests.Disclosures;

public sealed class ContributionRulesTests
{
    private const string UA = "administrations/UA";
    private static readonly Guid Id = Guid.NewGuid();
    private readonly TestLog log = new();

    [Fact]
    public void At_SubmittedBeforeTheFence_Counts()
    {
        Submit(50m);

        Assert.Equal([new Contribution("UA", 1, ContributedValue.Level(50m), false)], At(1));
        Assert.Empty(At(0));
    }

    [Fact]
    public void At_CorrectedAfterTheFence_CountsAsItStoodThen()
    {
        Submit(50m);
        Correct(60m);

        Assert.Equal(ContributedValue.Level(50m), At(1).Single().Value);
        Assert.Equal(new Contribution("UA", 2, ContributedValue.Level(60m), false), At(2).Single());
    }

    [Fact]
    public void At_CorrectedWithoutAChange_IsTheContributionThatItWas()
    {
        Submit(50m);
        Correct(50.0m);
        Assert.Equal(new Contribution("UA", 1, ContributedValue.Level(50m), false), At(2).Single());

        Correct(60m);
        Correct(50m);
        Assert.Equal(new Contribution("UA", 1, ContributedValue.Level(50m), false), At(4).Single());
    }

    [Fact]
    public void At_Withdrawn_CountsNoMore()
    {
        Submit(50m);
        log.Add(UA, SubmissionEntries.ToEntry(new Withdrawn(Id, TestCatalogue.Collection, "why")));

        Assert.Single(At(1));
        Assert.Empty(At(2));
    }

    [Fact]
    public void At_ForItsOwnerAloneOrAbsent_TakesNoPart()
    {
        Submit(50m, Disclosure.OWN_ONLY);
        log.Add("administrations/CA", Submitted(new SubmittedValue(TestCatalogue.Indicator, Disclosure.AGGREGATES_ONLY) { Absence = Absence.NOT_AVAILABLE }));

        Assert.Empty(At(2));
    }

    [Theory]
    [InlineData("MEMBERS")]
    [InlineData("PUBLIC")]
    public void At_OpenedByItsOwner_IsKnownToAll(string disclosure)
    {
        Submit(50m, Enum.Parse<Disclosure>(disclosure));

        Assert.True(At(1).Single().DisclosedByOwner);
    }

    [Fact]
    public void At_SameValueOpenedLater_IsKnownToAllInTheEditionOfThen()
    {
        Submit(50m);
        Correct(50m, Disclosure.PUBLIC);

        Assert.True(At(1).Single().DisclosedByOwner);
    }

    [Fact]
    public void At_AnotherValueOpenedLater_LeavesTheEarlierOneProtected()
    {
        Submit(50m);
        Correct(60m, Disclosure.PUBLIC);

        Assert.False(At(1).Single().DisclosedByOwner);
    }

    [Fact]
    public void At_Rate_KeepsItsParts()
    {
        var value = new SubmittedValue(TestCatalogue.Indicator, Disclosure.AGGREGATES_ONLY) { Ratio = new SubmittedRatio(ExactDecimal.Parse("3"), ExactDecimal.Parse("4")) };
        log.Add(UA, Submitted(value));

        Assert.Equal(ContributedValue.Rate(3m, 4m), At(1).Single().Value);
    }

    [Fact]
    public void At_ErasedSince_StandsThereWithoutItsValue()
    {
        Submit(50m);
        log.Add(UA, SubmissionEntries.ToEntry(new Erased(Id, TestCatalogue.Collection, "why", [new ErasedSubmission(Id, 1)], [1])));
        var entries = log.WithErased(UA, 1);

        var then = ContributionRules.At(1, TestCatalogue.Collection, entries, [TestCatalogue.Indicator])[TestCatalogue.Indicator];
        Assert.Equal([new Contribution("UA", 1, null, false)], then);
        Assert.Empty(ContributionRules.At(2, TestCatalogue.Collection, entries, [TestCatalogue.Indicator])[TestCatalogue.Indicator]);
    }

    [Fact]
    public void At_ErasedSubmittedAgainAndErasedOnceMore_IsStillRememberedAsContributed()
    {
        Submit(50m);
        log.Add(UA, SubmissionEntries.ToEntry(new Erased(Id, TestCatalogue.Collection, "why", [new ErasedSubmission(Id, 1)], [1])));
        Submit(60m);
        log.Add(UA, SubmissionEntries.ToEntry(new Erased(Id, TestCatalogue.Collection, "why", [new ErasedSubmission(Id, 1)], [3])));
        var entries = log.WithErased(UA, 1).Select(e => e.Position == 2 ? e with { Payload = null } : e).ToList();

        Assert.Equal([new Contribution("UA", 3, null, false)], Of(entries, 3));
        Assert.Empty(Of(entries, 2));
        Assert.Empty(Of(entries, 4));
    }

    [Fact]
    public void At_WithdrawnBeforeItsErasureWasAskedFor_IsNotRememberedAsContributed()
    {
        Submit(50m);
        log.Add(UA, SubmissionEntries.ToEntry(new Withdrawn(Id, TestCatalogue.Collection, "why")));
        log.Add(UA, SubmissionEntries.ToEntry(new ErasureRequested(Id, TestCatalogue.Collection, "why")));

        Assert.Empty(Of(log.WithErased(UA, 2), 3));
    }

    private static IReadOnlyList<Contribution> Of(IReadOnlyList<Entry> entries, long fence) =>
        ContributionRules.At(fence, TestCatalogue.Collection, entries, [TestCatalogue.Indicator])[TestCatalogue.Indicator];

    private IReadOnlyList<Contribution> At(long fence) =>
        ContributionRules.At(fence, TestCatalogue.Collection, log.Entries, [TestCatalogue.Indicator])[TestCatalogue.Indicator];

    private void Submit(decimal value, Disclosure disclosure = Disclosure.AGGREGATES_ONLY) => log.Add(UA, Submitted(Level(value, disclosure)));

    private void Correct(decimal value, Disclosure disclosure = Disclosure.AGGREGATES_ONLY) =>
        log.Add(UA, SubmissionEntries.ToEntry(new Corrected(Id, TestCatalogue.Collection, [Level(value, disclosure)], "why")));

    private static Event Submitted(SubmittedValue value) => SubmissionEntries.ToEntry(new Submitted(Id, TestCatalogue.Collection, [value]));

    private static SubmittedValue Level(decimal value, Disclosure disclosure) =>
        new(TestCatalogue.Indicator, disclosure) { Decimal = ExactDecimal.Parse(value.ToString(System.Globalization.CultureInfo.InvariantCulture)) };
}
