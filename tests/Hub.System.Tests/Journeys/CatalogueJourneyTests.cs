using Hub.Client;
using Hub.Testing;
using Xunit;

namespace Hub.SystemTests.Journeys;

/// <summary>What members see of the catalogue and of themselves in it, and what an operator changes, through the SDK.</summary>
public sealed class CatalogueJourneyTests
{
    private const string Collection = "instruments/enterprise-surveys/periods/2013";
    private const string Indicator = "IC.FRM.BRIB.ZS";

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Member_ListsCollections_SeesItsOwnStatusAndNobodyElses()
    {
        await using var hub = await HubFixture.StartAsync();
        await hub.RegisterAsync("UA", "PL");
        using var ukraine = hub.Member("UA");
        using var poland = hub.Member("PL");
        using var secretariat = hub.Operator();
        Assert.All(await AllAsync(ukraine), c => Assert.Equal((CollectionState.Open, OwnStatus.NotSubmitted, ""), (c.State, c.OwnStatus, c.OwnSubmission)));

        var untouched = await AllAsync(poland);
        var submitted = (await ukraine.Submissions.CreateAsync(new SubmissionDraft(Collection, (Indicator, Figure.Decimal("49.3"))), Cancellation)).Submission;
        var own = await AllAsync(ukraine);
        Assert.Equal(21, own.Count);
        Assert.All(own, c => Assert.Equal(
            c.Name == Collection ? (OwnStatus.Submitted, submitted.Name) : (OwnStatus.NotSubmitted, ""), (c.OwnStatus, c.OwnSubmission)));
        Assert.Equal(untouched.Select(c => (c.Name, c.State, c.OwnStatus, c.OwnSubmission)), (await AllAsync(poland)).Select(c => (c.Name, c.State, c.OwnStatus, c.OwnSubmission)));
        Assert.All(await AllAsync(secretariat), c => Assert.Equal((OwnStatus.Unspecified, ""), (c.OwnStatus, c.OwnSubmission)));

        var withdrawn = await ukraine.Submissions.WithdrawAsync(submitted, "Wrong method", cancellationToken: Cancellation);
        Assert.Equal((OwnStatus.Withdrawn, ""), await OwnAsync(ukraine));
        await ukraine.Submissions.EraseAsync(withdrawn.Submission, "No more", cancellationToken: Cancellation);
        Assert.Equal((OwnStatus.Erased, ""), await OwnAsync(ukraine));
    }

    [Fact]
    public async Task Operator_ClosesACollectionEarly_NobodySubmitsToItAnyMore()
    {
        await using var hub = await HubFixture.StartAsync();
        await hub.RegisterAsync("UA");
        using var ukraine = hub.Member("UA");
        using var secretariat = hub.Operator();
        var closed = await secretariat.Catalogue.CloseCollectionAsync(Collection, "All have submitted.", cancellationToken: Cancellation);
        Assert.Equal((CollectionState.Closed, "All have submitted."), (closed.State, closed.CloseReason));

        var seen = await ukraine.Catalogue.GetCollectionAsync(Collection, Cancellation);
        Assert.Equal((CollectionState.Closed, closed.CloseTime), (seen.State, seen.CloseTime));
        var refused = await Assert.ThrowsAsync<HubException>(() =>
            ukraine.Submissions.CreateAsync(new SubmissionDraft(Collection, (Indicator, Figure.Decimal("49.3"))), Cancellation));
        Assert.Equal(ErrorReason.CollectionClosed, refused.Reason);
        var again = await Assert.ThrowsAsync<HubException>(() => secretariat.Catalogue.CloseCollectionAsync(Collection, "Again.", cancellationToken: Cancellation));
        Assert.Equal(ErrorReason.CollectionClosed, again.Reason);
        var notAllowed = await Assert.ThrowsAsync<HubException>(() => ukraine.Catalogue.CloseCollectionAsync(Collection, "Mine.", cancellationToken: Cancellation));
        Assert.Equal(ErrorReason.ScopeInsufficient, notAllowed.Reason);
    }

    [Fact]
    public async Task Restart_WithTheSameFilesThenWithAChangedOne_MakesAVersionOnlyThen()
    {
        var folder = Directory.CreateTempSubdirectory("hub-files-");
        foreach (var file in Directory.GetFiles(Path.Combine(Repository.Samples, "catalogue")))
        {
            File.Copy(file, Path.Combine(folder.FullName, Path.GetFileName(file)));
        }

        await using (var hub = await HubFixture.StartAsync(options => options.CatalogueFolder = folder.FullName))
        {
            var (opened, version) = await ReadAsync(hub);
            await hub.RestartAsync();
            Assert.Equal((opened, version), await ReadAsync(hub));

            var lpi = Path.Combine(folder.FullName, "lpi.yaml");
            await File.WriteAllTextAsync(lpi, (await File.ReadAllTextAsync(lpi, Cancellation)).Replace("upper: 5", "upper: 5.0", StringComparison.Ordinal), Cancellation);
            await hub.RestartAsync();
            Assert.Equal((opened, version + 1), await ReadAsync(hub));
        }

        folder.Delete(recursive: true);
    }

    [Fact]
    public async Task Start_WithMistakes_NamesEachWithFileAndLine()
    {
        var folder = Directory.CreateTempSubdirectory("hub-files-");
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "a.yaml"), "partition: all\ngroups:\n  - code: all\n    title: {en: All}\n    members: [x]\n", Cancellation);
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, "b.yaml"), "calendar: 1\n", Cancellation);
        var failure = await Assert.ThrowsAnyAsync<Exception>(() => HubFixture.StartAsync(options => options.CatalogueFolder = folder.FullName));
        Assert.Contains("a.yaml(5): groups[0].members[0]: A member is", failure.ToString(), StringComparison.Ordinal);
        Assert.Contains("b.yaml(1): calendar: Here belongs a list", failure.ToString(), StringComparison.Ordinal);
        folder.Delete(recursive: true);
    }

    private static async Task<(DateTimeOffset? Opened, int Version)> ReadAsync(HubFixture hub)
    {
        using var reader = hub.Operator();
        var collection = await reader.Catalogue.GetCollectionAsync("instruments/lpi/periods/2023", Cancellation);
        var indicator = await reader.Catalogue.GetIndicatorAsync("instruments/lpi/indicators/LP.LPI.CUST.XQ", Cancellation);
        return (collection.OpenTime, indicator.Version);
    }

    private static async Task<List<Collection>> AllAsync(HubClient client) =>
        await client.Catalogue.ListCollectionsAsync(cancellationToken: Cancellation).ToListAsync(Cancellation);

    private static async Task<(OwnStatus, string)> OwnAsync(HubClient client)
    {
        var collection = await client.Catalogue.GetCollectionAsync(Collection, Cancellation);
        return (collection.OwnStatus, collection.OwnSubmission);
    }
}
