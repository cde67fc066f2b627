using Google.Protobuf;
using Grpc.Core;
using Hub.V1;

namespace Hub.Silo.Ledger;

/// <summary>The ledger as anybody with a token may see it: hashes only.</summary>
internal sealed class LedgerService(ILedger ledger) : V1.LedgerService.LedgerServiceBase
{
    public override async Task<GetCheckpointResponse> GetCheckpoint(GetCheckpointRequest request, ServerCallContext context) =>
        new() { Checkpoint = await ledger.ReadCheckpointAsync(context.CancellationToken) };

    public override async Task<GetInclusionProofResponse> GetInclusionProof(GetInclusionProofRequest request, ServerCallContext context)
    {
        var head = await ledger.ReadHeadAsync(context.CancellationToken);
        RequireWithin("size", request.Size, 1, head.Size);
        RequireWithin("position", request.Position, 0, request.Size - 1);
        var proof = await ledger.ProveInclusionAsync(request.Position, request.Size, context.CancellationToken);
        return new GetInclusionProofResponse { Proof = { proof.Select(hash => ByteString.CopyFrom(hash)) } };
    }

    public override async Task<GetConsistencyProofResponse> GetConsistencyProof(GetConsistencyProofRequest request, ServerCallContext context)
    {
        var head = await ledger.ReadHeadAsync(context.CancellationToken);
        RequireWithin("second_size", request.SecondSize, 0, head.Size);
        RequireWithin("first_size", request.FirstSize, 0, request.SecondSize);
        var proof = await ledger.ProveConsistencyAsync(request.FirstSize, request.SecondSize, context.CancellationToken);
        return new GetConsistencyProofResponse { Proof = { proof.Select(hash => ByteString.CopyFrom(hash)) } };
    }

    private static void RequireWithin(string field, long value, long min, long max)
    {
        if (value < min || value > max)
        {
            throw new HubException(Refusal.Invalid(field, $"It is not between {min} and {max}.", "Take sizes from a checkpoint of this log."));
        }
    }
}
