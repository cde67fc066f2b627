using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Hub.Silo.Access;
using Hub.Silo.Hosting;
using Hub.Silo.Ledger;
using Hub.Transparency;
using Hub.V1;

namespace Hub.Silo.Registry;

/// <summary>The gRPC face of the registry. Reads come from what this silo has followed, changes go to the grain.</summary>
internal sealed class RegistryService(
    IGrainFactory grains, CurrentRegistry current, ILedgerTail tail, RequestKeys keys, RegistryOptions options, WhoAmI whoAmI)
    : V1.RegistryService.RegistryServiceBase
{
    public override async Task<ProposeChangeResponse> ProposeChange(ProposeChangeRequest request, ServerCallContext context)
    {
        var act = Act(request.RequestId, request, context);
        var command = new ProposeCommand(
            act, keys.Actor(context.Caller()), RegistryMapping.ToChange(request.Change), request.Change?.Reason ?? "", options.ConfirmationsRequired);
        await CaughtUpAsync(await Registry.ProposeAsync(command), context);
        return new ProposeChangeResponse { Change = RegistryMapping.ToProto(current.State.Changes[act.RequestId]) };
    }

    public override async Task<ConfirmChangeResponse> ConfirmChange(ConfirmChangeRequest request, ServerCallContext context)
    {
        var id = RegistryMapping.ToChangeId(request.Name).OrThrow();
        var command = new ConfirmCommand(Act(request.RequestId, request, context), keys.Actor(context.Caller()), id);
        await CaughtUpAsync(await Registry.ConfirmAsync(command), context);
        return new ConfirmChangeResponse { Change = RegistryMapping.ToProto(current.State.Changes[id]) };
    }

    public override Task<GetChangeResponse> GetChange(GetChangeRequest request, ServerCallContext context)
    {
        var id = RegistryMapping.ToChangeId(request.Name).OrThrow();
        return current.State.Changes.TryGetValue(id, out var change)
            ? Task.FromResult(new GetChangeResponse { Change = RegistryMapping.ToProto(change) })
            : throw new HubException(Refusal.NotFound("such change"));
    }

    public override Task<ListChangesResponse> ListChanges(ListChangesRequest request, ServerCallContext context)
    {
        var all = current.State.Changes.Values.OrderByDescending(c => c.Version).ToList();
        var page = Paging.Take(request, all, c => c.Id.ToString("N")).OrThrow();
        return Task.FromResult(new ListChangesResponse
        {
            Changes = { page.Items.Select(RegistryMapping.ToProto) },
            NextPageToken = page.NextPageToken,
        });
    }

    public override async Task<SuspendAdministrationResponse> SuspendAdministration(SuspendAdministrationRequest request, ServerCallContext context)
    {
        var code = RegistryMapping.ToCode(request.Name);
        var command = new SuspendCommand(Act(request.RequestId, request, context), keys.Actor(context.Caller()), code, request.Reason);
        await CaughtUpAsync(await Registry.SuspendAsync(command), context);
        return new SuspendAdministrationResponse { Administration = RegistryMapping.ToProto(current.Find(code)!) };
    }

    public override Task<GetAdministrationResponse> GetAdministration(GetAdministrationRequest request, ServerCallContext context)
    {
        var code = RegistryMapping.ToCode(request.Name);
        var found = current.Find(code == "self" ? context.Caller().Administration ?? "" : code);
        return found is not null
            ? Task.FromResult(new GetAdministrationResponse { Administration = RegistryMapping.ToProto(found) })
            : throw new HubException(Refusal.NotFound("such administration"));
    }

    public override Task<ListAdministrationsResponse> ListAdministrations(ListAdministrationsRequest request, ServerCallContext context)
    {
        var page = Paging.Take(request, [.. current.State.Administrations.Values], a => a.Attributes.Code).OrThrow();
        return Task.FromResult(new ListAdministrationsResponse
        {
            Administrations = { page.Items.Select(RegistryMapping.ToProto) },
            NextPageToken = page.NextPageToken,
        });
    }

    public override Task<WhoAmIResponse> WhoAmI(WhoAmIRequest request, ServerCallContext context) =>
        Task.FromResult(whoAmI.Answer(context.Caller()));

    private IRegistryGrain Registry => grains.GetGrain<IRegistryGrain>(0);

    private Act Act(string requestId, IMessage request, ServerCallContext context) =>
        keys.ToAct(context.Caller(), context.Method, requestId, request).OrThrow();

    // What a caller changed is there for its next call, on this silo at once and on every other within two seconds.
    private Task CaughtUpAsync(Decision<RegistryAnswer> decision, ServerCallContext context) =>
        tail.CaughtUpAsync(decision.OrThrow().Position, context.CancellationToken);
}

/// <summary>Tells a caller how the Hub sees it: the first thing that an integrator calls.</summary>
internal sealed class WhoAmI(CurrentRegistry registry, NoteVerifier log, RegistryOptions options, TimeProvider time)
{
    public WhoAmIResponse Answer(Caller caller) => new()
    {
        ClientId = caller.ClientId,
        Subject = caller.Subject ?? "",
        Kind = caller.IsPerson ? CallerKind.Person : CallerKind.Machine,
        Scopes = { caller.Scopes.Order(StringComparer.Ordinal) },
        Administration = caller.Administration is { } code ? $"administrations/{code}" : "",
        AdministrationState = RegistryMapping.ToState(caller.Administration is null ? null : registry.Find(caller.Administration)),
        LogKeyFingerprint = log.Fingerprint,
        LogOrigin = log.Name,
        ServerTime = time.GetUtcNow().ToTimestamp(),
        ConfirmationsRequired = options.ConfirmationsRequired,
    };
}
