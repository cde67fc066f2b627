using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;

namespace Hub.Silo.Access;

/// <summary>Makes idempotency keys and pseudonyms: keyed hashes, so that neither can be guessed from a dump.</summary>
internal sealed class RequestKeys(byte[] secret)
{
    /// <summary>The key of one act: scope of the caller × RPC × request_id; and the fingerprint of what was asked.</summary>
    public Decision<Act> ToAct(Caller caller, string rpc, string requestId, IMessage request)
    {
        if (!Guid.TryParseExact(requestId, "D", out var id) || id == Guid.Empty)
        {
            return Refusal.Invalid("request_id", "It is not a UUID.", "Send a fresh one, for example from uuidgen.");
        }

        return new Act(
            id,
            Hmac("idempotency", Encoding.UTF8.GetBytes($"{caller.IdempotencyScope}\n{rpc}\n{id:D}")),
            Hmac("fingerprint", request.ToByteArray()));
    }

    /// <summary>The caller as entries name him.</summary>
    public Actor Actor(Caller caller) => new(Pseudonym(caller), caller.IsPerson);

    public string Pseudonym(Caller caller) => Convert.ToHexStringLower(Hmac("pseudonym", Encoding.UTF8.GetBytes(caller.Identity)).AsSpan(0, 8));

    // One key for each purpose, so that a hash of one kind says nothing about another.
    private byte[] Hmac(string purpose, byte[] content) =>
        HMACSHA256.HashData(HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(purpose)), content);
}
