using Hub.Client;
using Hub.Testing;
using Xunit;

namespace Hub.SystemTests.Faults;

/// <summary>A long stream that breaks in the middle is repaired by sending everything again.</summary>
public sealed class StreamCutTests
{
    private const int Lines = 1000;
    private const int Cut = 500;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task SubmitMany_CutAtHalf_IsFinishedByASecondRunAndNothingTwice()
    {
        using var catalogue = new SyntheticCatalogue(periods: Lines);
        await using var hub = await HubFixture.StartAsync(options => options.CatalogueFolder = catalogue.Folder);
        // The silo stops in the middle of it, and Orleans says so.
        hub.ExpectedErrors = record => record.Category?.StartsWith("Orleans.", StringComparison.Ordinal) == true;
        await hub.RegisterAsync("UA");
        var drafts = Enumerable.Range(1, Lines)
            .Select(period => new SubmissionDraft(SyntheticCatalogue.Collection(period), (SyntheticCatalogue.Indicator, Figure.Decimal($"{period}.5")))).ToList();

        var first = new Dictionary<Guid, long>();
        using (var member = hub.Member("UA"))
        {
            await foreach (var result in member.Submissions.SubmitManyAsync(drafts.ToAsyncEnumerable(), Cancellation))
            {
                first.Add(result.Draft.RequestId, result.Recorded!.Receipt.Position);
                if (first.Count == Cut) break;
            }
        }

        await hub.RestartAsync();
        using var again = hub.Member("UA");
        var second = await again.Submissions.SubmitManyAsync(drafts.ToAsyncEnumerable(), Cancellation)
            .ToDictionaryAsync(result => result.Draft.RequestId, result => result.Recorded!.Receipt.Position, cancellationToken: Cancellation);

        Assert.Equal(drafts.Select(d => d.RequestId).Order(), second.Keys.Order());
        Assert.All(first, line => Assert.Equal(line.Value, second[line.Key]));
        Assert.Equal(Lines, second.Values.Distinct().Count());
        var recorded = await again.Submissions.ListAsync(cancellationToken: Cancellation).ToListAsync(Cancellation);
        Assert.Equal(drafts.Select(d => d.Collection).Order(), recorded.Select(s => s.Collection).Order());
        Assert.All(recorded, s => Assert.Equal(1, s.Version));
    }
}
