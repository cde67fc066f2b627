using static Hub.V1.CatalogueService;

namespace Hub.Client;

/// <summary>What may be submitted, when, and by which groups it is compared.</summary>
public sealed class CatalogueClient
{
    private const string AllInstruments = "instruments/-";
    private readonly CatalogueServiceClient rpc;
    private readonly HubCalls calls;

    internal CatalogueClient(CatalogueServiceClient rpc, HubCalls calls) => (this.rpc, this.calls) = (rpc, calls);

    /// <summary>One instrument, in the version in force.</summary>
    /// <param name="name"><c>instruments/{instrument}</c></param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public async Task<Instrument> GetInstrumentAsync(string name, CancellationToken cancellationToken = default)
    {
        var request = new V1.GetInstrumentRequest { Name = name };
        var answer = await calls.CallAsync(rpc.GetInstrumentAsync, request, cancellationToken).ConfigureAwait(false);
        return CatalogueMapping.ToInstrument(answer.Instrument);
    }

    /// <summary>The instruments, by code. Fetched page by page as they are read.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public IAsyncEnumerable<Instrument> ListInstrumentsAsync(CancellationToken cancellationToken = default) =>
        Paging.ReadAsync(async (page, token) =>
        {
            var request = new V1.ListInstrumentsRequest { PageToken = page };
            var answer = await calls.CallAsync(rpc.ListInstrumentsAsync, request, token).ConfigureAwait(false);
            return new Page<Instrument>(answer.Instruments.Select(CatalogueMapping.ToInstrument), answer.NextPageToken);
        }, cancellationToken);

    /// <summary>One indicator, in the version in force.</summary>
    /// <param name="name"><c>instruments/{instrument}/indicators/{code}</c></param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public async Task<Indicator> GetIndicatorAsync(string name, CancellationToken cancellationToken = default)
    {
        var request = new V1.GetIndicatorRequest { Name = name };
        var answer = await calls.CallAsync(rpc.GetIndicatorAsync, request, cancellationToken).ConfigureAwait(false);
        return CatalogueMapping.ToIndicator(answer.Indicator);
    }

    /// <summary>The indicators of an instrument, in the catalogue's order. Fetched page by page as they are read.</summary>
    /// <param name="instrument"><c>instruments/{instrument}</c></param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public IAsyncEnumerable<Indicator> ListIndicatorsAsync(string instrument, CancellationToken cancellationToken = default) =>
        Paging.ReadAsync(async (page, token) =>
        {
            var request = new V1.ListIndicatorsRequest { Parent = instrument, PageToken = page };
            var answer = await calls.CallAsync(rpc.ListIndicatorsAsync, request, token).ConfigureAwait(false);
            return new Page<Indicator>(answer.Indicators.Select(CatalogueMapping.ToIndicator), answer.NextPageToken);
        }, cancellationToken);

    /// <summary>One group.</summary>
    /// <param name="name"><c>groups/{group}@{version}</c>, or without a version for the one in force.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public async Task<Group> GetGroupAsync(string name, CancellationToken cancellationToken = default)
    {
        var request = new V1.GetGroupRequest { Name = name };
        var answer = await calls.CallAsync(rpc.GetGroupAsync, request, cancellationToken).ConfigureAwait(false);
        return CatalogueMapping.ToGroup(answer.Group);
    }

    /// <summary>The groups in force, by name. Fetched page by page as they are read.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public IAsyncEnumerable<Group> ListGroupsAsync(CancellationToken cancellationToken = default) =>
        Paging.ReadAsync(async (page, token) =>
        {
            var request = new V1.ListGroupsRequest { PageToken = page };
            var answer = await calls.CallAsync(rpc.ListGroupsAsync, request, token).ConfigureAwait(false);
            return new Page<Group>(answer.Groups.Select(CatalogueMapping.ToGroup), answer.NextPageToken);
        }, cancellationToken);

    /// <summary>One collection, with the caller's own status in it.</summary>
    /// <param name="name"><c>instruments/{instrument}/periods/{period}</c></param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public async Task<Collection> GetCollectionAsync(string name, CancellationToken cancellationToken = default)
    {
        var request = new V1.GetCollectionRequest { Name = name };
        var answer = await calls.CallAsync(rpc.GetCollectionAsync, request, cancellationToken).ConfigureAwait(false);
        return CatalogueMapping.ToCollection(answer.Collection);
    }

    /// <summary>The collections of an instrument or of all, each with its state, deadline and the caller's own status. Fetched page by page as they are read.</summary>
    /// <param name="instrument"><c>instruments/{instrument}</c>; all of them unless given.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public IAsyncEnumerable<Collection> ListCollectionsAsync(string instrument = AllInstruments, CancellationToken cancellationToken = default) =>
        Paging.ReadAsync(async (page, token) =>
        {
            var request = new V1.ListCollectionsRequest { Parent = instrument, PageToken = page };
            var answer = await calls.CallAsync(rpc.ListCollectionsAsync, request, token).ConfigureAwait(false);
            return new Page<Collection>(answer.Collections.Select(CatalogueMapping.ToCollection), answer.NextPageToken);
        }, cancellationToken);

    /// <summary>Closes a collection before its time; takes effect at once and cannot be undone. Scope <c>hub.operate</c>.</summary>
    /// <param name="name"><c>instruments/{instrument}/periods/{period}</c></param>
    /// <param name="reason">Why, in at most 500 characters. Recorded, and shown to all members.</param>
    /// <param name="requestId">Names the act; a fresh one unless given. Give it to repeat an act whose outcome is unknown.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public async Task<Collection> CloseCollectionAsync(
        string name, string reason, Guid? requestId = null, CancellationToken cancellationToken = default)
    {
        var request = new V1.CloseCollectionRequest { Name = name, Reason = reason, RequestId = (requestId ?? Guid.NewGuid()).ToString() };
        var answer = await calls.CallAsync(rpc.CloseCollectionAsync, request, cancellationToken).ConfigureAwait(false);
        return CatalogueMapping.ToCollection(answer.Collection);
    }
}
