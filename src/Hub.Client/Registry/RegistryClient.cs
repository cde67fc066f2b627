using static Hub.V1.RegistryService;

namespace Hub.Client;

/// <summary>
/// Who may take part. A change is proposed by one person and confirmed by others, as many as
/// <see cref="RegistryChange.ConfirmationsRequired"/> says; a suspension is one operator's and holds everywhere within two seconds.
/// </summary>
public sealed class RegistryClient
{
    private readonly RegistryServiceClient rpc;
    private readonly HubCalls calls;

    internal RegistryClient(RegistryServiceClient rpc, HubCalls calls) => (this.rpc, this.calls) = (rpc, calls);

    /// <summary>One administration. Who takes part is known to all members.</summary>
    /// <param name="name"><c>administrations/{code}</c>, or <c>administrations/self</c></param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public async Task<Administration> GetAdministrationAsync(string name, CancellationToken cancellationToken = default)
    {
        var request = new V1.GetAdministrationRequest { Name = name };
        var answer = await calls.CallAsync(rpc.GetAdministrationAsync, request, cancellationToken).ConfigureAwait(false);
        return RegistryMapping.ToAdministration(answer.Administration);
    }

    /// <summary>The administrations, by code. Fetched page by page as they are read.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public IAsyncEnumerable<Administration> ListAdministrationsAsync(CancellationToken cancellationToken = default) =>
        Paging.ReadAsync(async (page, token) =>
        {
            var request = new V1.ListAdministrationsRequest { PageToken = page };
            var answer = await calls.CallAsync(rpc.ListAdministrationsAsync, request, token).ConfigureAwait(false);
            return new Page<Administration>(answer.Administrations.Select(RegistryMapping.ToAdministration), answer.NextPageToken);
        }, cancellationToken);

    /// <summary>One change. Scope <c>hub.operate</c>.</summary>
    /// <param name="name"><c>changes/{uuid}</c></param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public async Task<RegistryChange> GetChangeAsync(string name, CancellationToken cancellationToken = default)
    {
        var request = new V1.GetChangeRequest { Name = name };
        var answer = await calls.CallAsync(rpc.GetChangeAsync, request, cancellationToken).ConfigureAwait(false);
        return RegistryMapping.ToChange(answer.Change);
    }

    /// <summary>The changes, the newest first. Scope <c>hub.operate</c>. Fetched page by page as they are read.</summary>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public IAsyncEnumerable<RegistryChange> ListChangesAsync(CancellationToken cancellationToken = default) =>
        Paging.ReadAsync(async (page, token) =>
        {
            var request = new V1.ListChangesRequest { PageToken = page };
            var answer = await calls.CallAsync(rpc.ListChangesAsync, request, token).ConfigureAwait(false);
            return new Page<RegistryChange>(answer.Changes.Select(RegistryMapping.ToChange), answer.NextPageToken);
        }, cancellationToken);

    /// <summary>Proposes a new administration. Scope <c>hub.operate</c>.</summary>
    /// <param name="administration">The administration; its state and etag are ignored.</param>
    /// <param name="reason">Why, in at most 500 characters.</param>
    /// <param name="requestId">Names the change and becomes its id; a fresh one unless given.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public Task<RegistryChange> ProposeRegistrationAsync(
        Administration administration, string reason, Guid? requestId = null, CancellationToken cancellationToken = default) =>
        ProposeAsync(new V1.Change { Register = RegistryMapping.ToProto(administration), Reason = reason }, requestId, cancellationToken);

    /// <summary>Proposes other attributes of an administration; all of them are replaced. Scope <c>hub.operate</c>.</summary>
    /// <param name="administration">The administration with its new attributes; its state and etag are ignored.</param>
    /// <param name="reason">Why, in at most 500 characters.</param>
    /// <param name="requestId">Names the change and becomes its id; a fresh one unless given.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public Task<RegistryChange> ProposeAttributesAsync(
        Administration administration, string reason, Guid? requestId = null, CancellationToken cancellationToken = default) =>
        ProposeAsync(new V1.Change { ReplaceAttributes = RegistryMapping.ToProto(administration), Reason = reason }, requestId, cancellationToken);

    /// <summary>Proposes the end of a suspension. Scope <c>hub.operate</c>.</summary>
    /// <param name="name"><c>administrations/{code}</c></param>
    /// <param name="reason">Why, in at most 500 characters.</param>
    /// <param name="requestId">Names the change and becomes its id; a fresh one unless given.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public Task<RegistryChange> ProposeReinstatementAsync(
        string name, string reason, Guid? requestId = null, CancellationToken cancellationToken = default) =>
        ProposeAsync(new V1.Change { Reinstate = name, Reason = reason }, requestId, cancellationToken);

    /// <summary>Confirms a change that somebody else proposed. Scope <c>hub.operate</c>.</summary>
    /// <param name="name"><c>changes/{uuid}</c></param>
    /// <param name="requestId">Names the act; a fresh one unless given.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public async Task<RegistryChange> ConfirmChangeAsync(string name, Guid? requestId = null, CancellationToken cancellationToken = default)
    {
        var request = new V1.ConfirmChangeRequest { Name = name, RequestId = (requestId ?? Guid.NewGuid()).ToString() };
        var answer = await calls.CallAsync(rpc.ConfirmChangeAsync, request, cancellationToken).ConfigureAwait(false);
        return RegistryMapping.ToChange(answer.Change);
    }

    /// <summary>Suspends an administration at once. Scope <c>hub.operate</c>.</summary>
    /// <param name="name"><c>administrations/{code}</c></param>
    /// <param name="reason">Why, in at most 500 characters.</param>
    /// <param name="requestId">Names the act; a fresh one unless given.</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="HubException">The Hub refused, or did not answer.</exception>
    public async Task<Administration> SuspendAsync(
        string name, string reason, Guid? requestId = null, CancellationToken cancellationToken = default)
    {
        var request = new V1.SuspendAdministrationRequest
        {
            Name = name,
            Reason = reason,
            RequestId = (requestId ?? Guid.NewGuid()).ToString(),
        };
        var answer = await calls.CallAsync(rpc.SuspendAdministrationAsync, request, cancellationToken).ConfigureAwait(false);
        return RegistryMapping.ToAdministration(answer.Administration);
    }

    internal async Task<CallerIdentity> WhoAmIAsync(string logKeyFingerprint, CancellationToken cancellationToken)
    {
        var answer = await calls.CallAsync(rpc.WhoAmIAsync, new V1.WhoAmIRequest(), cancellationToken).ConfigureAwait(false);
        return RegistryMapping.ToCaller(answer, logKeyFingerprint);
    }

    private async Task<RegistryChange> ProposeAsync(V1.Change change, Guid? requestId, CancellationToken cancellationToken)
    {
        var request = new V1.ProposeChangeRequest { Change = change, RequestId = (requestId ?? Guid.NewGuid()).ToString() };
        var answer = await calls.CallAsync(rpc.ProposeChangeAsync, request, cancellationToken).ConfigureAwait(false);
        return RegistryMapping.ToChange(answer.Change);
    }
}
