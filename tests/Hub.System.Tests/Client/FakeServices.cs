using Google.Protobuf;
using Grpc.Core;
using static Hub.V1.CatalogueService;
using static Hub.V1.LedgerService;
using static Hub.V1.RegistryService;

namespace Hub.SystemTests.Client;

internal sealed class FakeRegistryService(FakeHub hub) : RegistryServiceBase
{
    public override Task<V1.WhoAmIResponse> WhoAmI(V1.WhoAmIRequest request, ServerCallContext context) => Task.FromResult(new V1.WhoAmIResponse
    {
        ClientId = "adm-ua",
        Kind = V1.CallerKind.Machine,
        Scopes = { "hub.read", "hub.submit" },
        Administration = $"administrations/{FakeHub.Administration}",
        AdministrationState = V1.AdministrationState.Active,
        LogKeyFingerprint = Transparency.NoteVerifier.Of(hub.Log.Signer).Fingerprint,
        LogOrigin = FakeLog.Origin,
    });

    public override Task<V1.ProposeChangeResponse> ProposeChange(V1.ProposeChangeRequest request, ServerCallContext context)
    {
        var change = request.Change.Clone();
        (change.Name, change.State, change.Proposer) = ($"changes/{request.RequestId}", V1.ChangeState.Pending, "0011223344556677");
        change.ConfirmationsRequired = 1;
        return Task.FromResult(new V1.ProposeChangeResponse { Change = change });
    }
}

internal sealed class FakeLedgerService(FakeHub hub) : LedgerServiceBase
{
    public override Task<V1.GetCheckpointResponse> GetCheckpoint(V1.GetCheckpointRequest request, ServerCallContext context) =>
        Task.FromResult(new V1.GetCheckpointResponse { Checkpoint = hub.Log.Checkpoint() });

    public override Task<V1.GetInclusionProofResponse> GetInclusionProof(V1.GetInclusionProofRequest request, ServerCallContext context) =>
        Task.FromResult(new V1.GetInclusionProofResponse
        {
            Proof = { hub.Log.Inclusion(request.Position, request.Size).Select(hash => ByteString.CopyFrom(hash)) },
        });

    public override Task<V1.GetConsistencyProofResponse> GetConsistencyProof(V1.GetConsistencyProofRequest request, ServerCallContext context)
    {
        if (request.SecondSize > hub.Log.Size) throw new RpcException(new Status(StatusCode.InvalidArgument, "Beyond the log."));
        var proof = hub.Log.Consistency(request.FirstSize, request.SecondSize);
        return Task.FromResult(new V1.GetConsistencyProofResponse { Proof = { proof.Select(hash => ByteString.CopyFrom(hash)) } });
    }
}

internal sealed class FakeCatalogueService : CatalogueServiceBase
{
    public override Task<V1.GetCollectionResponse> GetCollection(V1.GetCollectionRequest request, ServerCallContext context) =>
        Task.FromResult(new V1.GetCollectionResponse
        {
            Collection = new V1.Collection { Name = request.Name, State = V1.CollectionState.Open, OwnStatus = V1.OwnStatus.NotSubmitted, TimeZone = "UTC" },
        });

    public override Task<V1.GetIndicatorResponse> GetIndicator(V1.GetIndicatorRequest request, ServerCallContext context) =>
        Task.FromResult(new V1.GetIndicatorResponse
        {
            Indicator = new V1.Indicator
            {
                Name = request.Name,
                Title = new V1.LocalizedText { Texts = { ["en"] = "Customs score", ["fr"] = "Note douanière" } },
                Lower = new Google.Type.Decimal { Value = "1" },
                Upper = new Google.Type.Decimal { Value = "5.0" },
                Polarity = V1.Polarity.BetterHigh,
                ValueKind = V1.ValueKind.Score,
            },
        });
}
