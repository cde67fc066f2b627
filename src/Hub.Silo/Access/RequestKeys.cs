using System.Security.Cryptography;
using System.Text;
using Google.Protobuf;
using Hub.Silo.Ledger;

namespace Hub.Silo.Access;

/// <summary>Makes idempotency keys and pseudonyms: keyed hashes, so that neither can be guessed from a dump.</summary>
internal sealed class RequestKeys(byte[] secret)
{
    /// <summary>The key of one act: scope of the caller × RPC × request_id; and the fingerprint of what was asked.</summary>
    public Idempotency For(Caller caller, string rpc, Guid requestId, IMessage request) => new(
        Hmac("idempotency", $"{caller.IdempotencyScope}\n{rpc}\n{requestId:D}"),
        HMACSHA256.HashData(Derive("fingerprint"), request.ToByteArray()));

    /// <summary>How a person or client appears in entries.</summary>
    public string Pseudonym(Caller caller) =>
        Convert.ToHexStringLower(Hmac("pseudonym", caller.Identity).AsSpan(0, 8));

    private byte[] Hmac(string purpose, string text) => HMACSHA256.HashData(Derive(purpose), Encoding.UTF8.GetBytes(text));

    private byte[] Derive(string purpose) => HMACSHA256.HashData(secret, Encoding.UTF8.GetBytes(purpose));
}
