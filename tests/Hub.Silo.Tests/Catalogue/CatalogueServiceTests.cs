using Hub.Silo.Access;
using Hub.Silo.Catalogue;
using Hub.Silo.Ledger;
using Hub.Transparency;
using Hub.V1;
using Microsoft.Extensions.Time.Testing;
using Xunit;
using CatalogueService = Hub.Silo.Catalogue.CatalogueService;

namespace Hub.Silo.Tests.Catalogue;

/// <summary>The reads of a caller without an administration, who has no status of his own and asks no grain.</summary>
public sealed class CatalogueServiceTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);
    private readonly FakeTimeProvider time = new(Start);
    private readonly CatalogueService service;

    public CatalogueServiceTests()
    {
        var current = new CurrentCatalogue();
        var events = CatalogueRules.Adopt(CatalogueState.Empty, CatalogueReader.Read(SmallCatalogue.Files), "o", Start).Value;
        foreach (var (happened, i) in events.Select((happened, i) => (happened, i)))
        {
            var stored = CatalogueEntries.ToEntry(happened);
            current.Apply(new Entry(i, new EntryHeader("hub.test", Streams.Catalogue, i + 1, stored.Kind, stored.Schema, Start), "", [], stored.Payload, null));
        }

        service = new CatalogueService(current, grains: null!, tail: null!, new RequestKeys([1]), time);
    }

    [Fact]
    public void Follows_OnlyItsOwnStream()
    {
        var current = new CurrentCatalogue();
        Assert.True(current.Follows(Streams.Catalogue));
        Assert.False(current.Follows(Streams.Registry));
        Assert.False(current.Follows(Streams.Administration("UA")));
    }

    [Fact]
    public async Task ListCollections_OfAllInstruments_GivesStateAndTimesAndNoStatus()
    {
        var page = await service.ListCollections(new ListCollectionsRequest { Parent = "instruments/-" }, Call());
        Assert.Equal(["2025", "2026", "2027"], page.Collections.Select(c => c.Name["instruments/synthetic/periods/".Length..]));
        Assert.Equal(
            [V1.CollectionState.Open, V1.CollectionState.Open, V1.CollectionState.Scheduled],
            page.Collections.Select(c => c.State));
        Assert.All(page.Collections, c => Assert.Equal((OwnStatus.Unspecified, "", ""), (c.OwnStatus, c.OwnSubmission, c.CloseReason)));
        Assert.Equal(("America/Toronto", new DateTime(2028, 4, 1, 3, 59, 59)), (page.Collections[2].TimeZone, page.Collections[2].CloseTime.ToDateTime()));
        Assert.Equal(["instruments/synthetic/indicators/LEVEL"], page.Collections[2].Indicators);
    }

    [Fact]
    public async Task ListCollections_PageByPage_GivesEachOnce()
    {
        var request = new ListCollectionsRequest { Parent = "instruments/synthetic", PageSize = 2 };
        var first = await service.ListCollections(request, Call());
        request.PageToken = first.NextPageToken;
        var second = await service.ListCollections(request, Call());
        Assert.Equal((2, 1, ""), (first.Collections.Count, second.Collections.Count, second.NextPageToken));
        request.Parent = "instruments/-";
        Assert.Equal(ErrorReason.PageTokenInvalid, await ReasonAsync(() => service.ListCollections(request, Call())));
    }

    [Fact]
    public async Task GetCollection_AsTimePasses_ChangesItsState()
    {
        var request = new GetCollectionRequest { Name = "instruments/synthetic/periods/2025" };
        Assert.Equal(V1.CollectionState.Open, (await service.GetCollection(request, Call())).Collection.State);
        time.Advance(TimeSpan.FromDays(200));
        Assert.Equal(V1.CollectionState.Closed, (await service.GetCollection(request, Call())).Collection.State);
    }

    [Fact]
    public async Task Lists_OfTheRest_GiveWhatIsInForce()
    {
        Assert.Equal(["instruments/synthetic"], (await service.ListInstruments(new ListInstrumentsRequest(), Call())).Instruments.Select(i => i.Name));
        Assert.Equal(
            ["LEVEL", "RATE", "CHANGE"],
            (await service.ListIndicators(new ListIndicatorsRequest { Parent = "instruments/synthetic" }, Call())).Indicators.Select(i => i.Name.Split('/')[^1]));
        Assert.Equal(
            ["groups/all@1", "groups/region.north@1", "groups/region.south@1"],
            (await service.ListGroups(new ListGroupsRequest(), Call())).Groups.Select(g => g.Name));
        var group = (await service.GetGroup(new GetGroupRequest { Name = "groups/region.south@1" }, Call())).Group;
        Assert.Equal(["administrations/CC", "administrations/DD"], group.Members);
    }

    [Theory]
    [InlineData("")]
    [InlineData("instruments/none")]
    [InlineData("instruments/-")]
    [InlineData("instruments/synthetic/indicators/NONE")]
    [InlineData("instruments/none/indicators/LEVEL")]
    [InlineData("instruments/synthetic/periods/1999")]
    [InlineData("groups/region.north@2")]
    [InlineData("groups/none")]
    public async Task Gets_AnUnknownName_AreNotFound(string name)
    {
        Assert.Equal(ErrorReason.NotFound, await ReasonAsync(() => service.GetInstrument(new GetInstrumentRequest { Name = name }, Call())));
        Assert.Equal(ErrorReason.NotFound, await ReasonAsync(() => service.GetIndicator(new GetIndicatorRequest { Name = name }, Call())));
        Assert.Equal(ErrorReason.NotFound, await ReasonAsync(() => service.GetGroup(new GetGroupRequest { Name = name }, Call())));
        Assert.Equal(ErrorReason.NotFound, await ReasonAsync(() => service.GetCollection(new GetCollectionRequest { Name = name }, Call())));
        Assert.Equal(ErrorReason.NotFound, await ReasonAsync(() => service.ListIndicators(new ListIndicatorsRequest { Parent = name }, Call())));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1234")]
    [InlineData("00000000-0000-0000-0000-000000000000")]
    public async Task CloseCollection_WithoutARequestId_NamesTheField(string requestId)
    {
        var refused = await Assert.ThrowsAsync<HubException>(() => service.CloseCollection(
            new CloseCollectionRequest { Name = "instruments/synthetic/periods/2025", Reason = "Why.", RequestId = requestId }, Call()));
        Assert.Equal("request_id", Assert.Single(refused.Refusal.Violations).Field);
    }

    private static async Task<ErrorReason> ReasonAsync(Func<Task> call) => (await Assert.ThrowsAsync<HubException>(call)).Refusal.Reason;

    private static StubCall Call()
    {
        var call = new StubCall();
        call.SetCaller(new Caller("partner", null, null, new HashSet<string> { Scopes.Read }));
        return call;
    }
}
