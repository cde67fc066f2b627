using Hub.Silo.Disclosures;
using Hub.Silo.Ledger;
using Xunit;

namespace Hub.Silo.Tests.Disclosures;

public sealed class DisclosureStateTests
{
    private readonly TestLog log = new();
    private DisclosureState state = DisclosureState.Empty;

    [Fact]
    public void Apply_Requested_IsUnfinishedUntilConcluded()
    {
        Happened(Requested(1));
        Assert.Equal([1], state.Unfinished.Select(c => c.Release.Number));

        Happened(new Refused(Name(1), [new Violation("plan", "Rule.", "Remedy.")]));
        Assert.Empty(state.Unfinished);
        Assert.Empty(state.ShownOf(TestCatalogue.Collection));
        Assert.Equal((2, 1), (state.Version, state.Find(ReleaseName.Of(TestCatalogue.Collection, 1))!.ConcludedAt));
    }

    [Fact]
    public void Apply_Proposed_IsMemoryForEver()
    {
        Happened(Requested(1));
        Happened(DisclosureRulesTests.Shown(1));
        Happened(Requested(2));

        Assert.Equal([1], state.ShownOf(TestCatalogue.Collection).Select(c => c.Release.Number));
        Assert.Equal([2], state.Unfinished.Select(c => c.Release.Number));
    }

    [Fact]
    public void CountsFrom_EntryBetweenTwoFences_CountsFromTheSecond()
    {
        log.Add(Streams.Administration("UA"), new Event("submitted", 1, TestCatalogue.Collection, new byte[] { 1 }));
        Happened(Requested(1));
        log.Add(Streams.Administration("UA"), new Event("corrected", 1, TestCatalogue.Collection, new byte[] { 1 }));
        Happened(Requested(2));

        Assert.Equal((1, 2, 3), (CountsFrom(0), CountsFrom(2), CountsFrom(4)));
        Assert.Equal(1, state.CountsFrom("instruments/test/periods/2023", 4, _ => true));

        int CountsFrom(long position) => state.CountsFrom(TestCatalogue.Collection, position, _ => true);
    }

    [Fact]
    public void CountsFrom_EditionsThatAreNotTold_AreAsIfTheyWereNot()
    {
        Happened(Requested(1));
        Happened(Requested(2));

        Assert.Equal(1, state.CountsFrom(TestCatalogue.Collection, 1, _ => false));
        Assert.Equal(2, state.CountsFrom(TestCatalogue.Collection, 1, edition => edition.Number == 1));
        Assert.Equal(2, state.CountsFrom(TestCatalogue.Collection, 0, edition => edition.Number == 2));
    }

    [Fact]
    public void Entries_WrittenAndRead_AreWhatTheyWere()
    {
        var written = Requested(7) with { PublishLead = TimeSpan.FromHours(24), Comment = "because" };
        var entry = DisclosureEntries.ToEntry(written);

        Assert.Equal(("computation-requested", written.Release), (entry.Kind, entry.Topic));
        Assert.Equal(written, DisclosureEntries.Read(entry.Kind, entry.Payload));
    }

    internal static ComputationRequested Requested(int number, int reviewsRequired = 1) => new(Name(number), "ada", "")
    {
        Plan = "test@1",
        Policy = "quick@1",
        CataloguePosition = 0,
        ReviewsRequired = reviewsRequired,
        PublishLead = TimeSpan.FromSeconds(1),
    };

    private static string Name(int number) => $"{TestCatalogue.Collection}/releases/{number}";

    private void Happened(DisclosureEvent happened) =>
        state = state.Apply(log.Add(Streams.Disclosures("test"), DisclosureEntries.ToEntry(happened)));
}
