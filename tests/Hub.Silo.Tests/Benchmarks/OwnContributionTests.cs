using Hub.Silo.Administrations;
using Hub.Silo.Benchmarks;
using Hub.Silo.Catalogue;
using Hub.Silo.Ledger;
using Hub.Silo.Tests.Disclosures;
using Xunit;

namespace Hub.Silo.Tests.Benchmarks;

public sealed class OwnContributionTests
{
    private const string Collection = "c";
    private static readonly Guid Id = Guid.Parse("11111111-1111-4111-8111-111111111111");

    private readonly TestLog log = new();

    [Fact]
    public void At_CorrectedBeforeAndAfterTheFence_IsTheVersionOfTheEdition()
    {
        Add(new Submitted(Id, Collection, [Value("1")]));
        Add(new Corrected(Id, Collection, [Value("2")], "Better"));
        Add(new Corrected(Id, Collection, [Value("3")], "Better still"));

        var own = OwnContribution.At(2, "UA", Collection, log.Entries);

        Assert.Equal(2m, own.Values["I"].Numerator);
        Assert.Equal(($"administrations/UA/submissions/{Id:D}", 2), (own.Submission, own.Version));
    }

    [Fact]
    public void At_WithdrawnBeforeTheFence_IsNone()
    {
        Add(new Submitted(Id, Collection, [Value("1")]));
        Add(new Withdrawn(Id, Collection, "Wrong"));

        Assert.Equal(OwnContribution.None, OwnContribution.At(2, "UA", Collection, log.Entries));
        Assert.Equal(1m, OwnContribution.At(1, "UA", Collection, log.Entries).Values["I"].Numerator);
    }

    [Fact]
    public void At_OtherCollectionOrForItsOwnerAlone_TakesNoPart()
    {
        Add(new Submitted(Id, "another", [Value("1")]));
        Assert.Equal(OwnContribution.None, OwnContribution.At(9, "UA", Collection, log.Entries));

        Add(new Submitted(Guid.NewGuid(), Collection, [Value("1") with { Disclosure = Disclosure.OWN_ONLY }]));
        Assert.Empty(OwnContribution.At(9, "UA", Collection, log.Entries).Values);
    }

    [Fact]
    public void At_ErasedAfterTheFence_IsErasedAndHasNoValues()
    {
        var own = OwnContribution.At(1, "UA", Collection, ErasedLater());

        Assert.True(own.IsErased);
        Assert.Empty(own.Values);
    }

    /// <summary>A submission before position 1, whose content is gone since.</summary>
    internal static IReadOnlyList<Entry> ErasedLater()
    {
        var test = new OwnContributionTests();
        test.Add(new Submitted(Id, Collection, [Value("1")]));
        return test.log.WithErased(Streams.Administration("UA"), 1);
    }

    private static SubmittedValue Value(string text) => new("I", Disclosure.AGGREGATES_ONLY) { Decimal = ExactDecimal.Parse(text) };

    private void Add(SubmissionEvent happened) => log.Add(Streams.Administration("UA"), SubmissionEntries.ToEntry(happened));
}
