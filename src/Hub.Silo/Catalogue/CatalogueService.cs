using Grpc.Core;
using Hub.Silo.Access;
using Hub.Silo.Hosting;
using Hub.Silo.Ledger;
using Hub.V1;

namespace Hub.Silo.Catalogue;

/// <summary>The gRPC face of the catalogue: reads the snapshot, asks the grain to change it, and decides nothing.</summary>
internal sealed class CatalogueService(CurrentCatalogue catalogue, IGrainFactory grains, ILedgerTail tail, RequestKeys keys, TimeProvider time)
    : V1.CatalogueService.CatalogueServiceBase
{
    public override Task<GetInstrumentResponse> GetInstrument(GetInstrumentRequest request, ServerCallContext context) =>
        Task.FromResult(new GetInstrumentResponse { Instrument = CatalogueMapping.ToProto(FindInstrument(request.Name)) });

    public override Task<ListInstrumentsResponse> ListInstruments(ListInstrumentsRequest request, ServerCallContext context)
    {
        var page = Paging.Take(request, [.. catalogue.State.Instruments.Values], i => i.Code).OrThrow();
        return Task.FromResult(new ListInstrumentsResponse
        {
            Instruments = { page.Items.Select(CatalogueMapping.ToProto) },
            NextPageToken = page.NextPageToken,
        });
    }

    public override Task<GetIndicatorResponse> GetIndicator(GetIndicatorRequest request, ServerCallContext context)
    {
        var indicator = CatalogueMapping.ParseIndicator(request.Name) is { } name ? catalogue.State.FindIndicator(name.Instrument, name.Code) : null;
        return Task.FromResult(new GetIndicatorResponse { Indicator = CatalogueMapping.ToProto(indicator ?? throw NotFound("such indicator")) });
    }

    public override Task<ListIndicatorsResponse> ListIndicators(ListIndicatorsRequest request, ServerCallContext context)
    {
        var instrument = FindInstrument(request.Parent);
        var page = Paging.Take(request, catalogue.State.Indicators[instrument.Code], i => i.Code).OrThrow();
        return Task.FromResult(new ListIndicatorsResponse
        {
            Indicators = { page.Items.Select(CatalogueMapping.ToProto) },
            NextPageToken = page.NextPageToken,
        });
    }

    public override Task<GetGroupResponse> GetGroup(GetGroupRequest request, ServerCallContext context)
    {
        var group = CatalogueMapping.ParseGroup(request.Name) is { } name ? catalogue.State.FindGroup(name.Code, name.Version) : null;
        return Task.FromResult(new GetGroupResponse { Group = CatalogueMapping.ToProto(group ?? throw NotFound("such group")) });
    }

    public override Task<ListGroupsResponse> ListGroups(ListGroupsRequest request, ServerCallContext context)
    {
        var page = Paging.Take(request, [.. catalogue.State.Groups.Values.Select(versions => versions[^1])], g => g.Code).OrThrow();
        return Task.FromResult(new ListGroupsResponse
        {
            Groups = { page.Items.Select(CatalogueMapping.ToProto) },
            NextPageToken = page.NextPageToken,
        });
    }

    public override async Task<GetCollectionResponse> GetCollection(GetCollectionRequest request, ServerCallContext context)
    {
        var collection = FindCollection(request.Name);
        var own = await OwnSubmissions.OfAsync(grains, context.Caller(), collection.Name);
        return new GetCollectionResponse { Collection = CatalogueMapping.ToProto(collection, time.GetUtcNow(), own) };
    }

    public override async Task<ListCollectionsResponse> ListCollections(ListCollectionsRequest request, ServerCallContext context)
    {
        var page = Paging.Take(request, CollectionsOf(request.Parent), c => c.Name).OrThrow();
        var own = await OwnSubmissions.OfAsync(grains, context.Caller(), collection: "");
        return new ListCollectionsResponse
        {
            Collections = { page.Items.Select(c => CatalogueMapping.ToProto(c, time.GetUtcNow(), own)) },
            NextPageToken = page.NextPageToken,
        };
    }

    public override async Task<CloseCollectionResponse> CloseCollection(CloseCollectionRequest request, ServerCallContext context)
    {
        var caller = context.Caller();
        var act = keys.ToAct(caller, context.Method, request.RequestId, request).OrThrow();
        var command = new CloseCommand(act, request.Name, request.Reason, keys.Pseudonym(caller));
        var position = (await grains.GetGrain<ICatalogueGrain>(0).CloseAsync(command)).OrThrow();
        await tail.CaughtUpAsync(position, context.CancellationToken);
        var own = await OwnSubmissions.OfAsync(grains, caller, request.Name);
        return new CloseCollectionResponse { Collection = CatalogueMapping.ToProto(FindCollection(request.Name), time.GetUtcNow(), own) };
    }

    private List<Collection> CollectionsOf(string parent)
    {
        var all = catalogue.State.Collections.Values;
        if (CatalogueMapping.ParseInstrument(parent) == CatalogueMapping.AnyInstrument)
        {
            return [.. all];
        }

        var instrument = FindInstrument(parent);
        return [.. all.Where(c => c.Instrument == instrument.Code)];
    }

    private Instrument FindInstrument(string name) =>
        CatalogueMapping.ParseInstrument(name) is { } code && catalogue.State.Instruments.TryGetValue(code, out var found) ? found : throw NotFound("such instrument");

    private Collection FindCollection(string name) => catalogue.State.FindCollection(name) ?? throw NotFound("such collection");

    private static HubException NotFound(string what) => new(Refusal.NotFound(what));
}
