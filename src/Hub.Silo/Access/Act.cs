using Hub.Silo.Ledger;

namespace Hub.Silo.Access;

/// <summary>What every act carries: its request id, and the keyed hashes that make a repetition harmless.</summary>
[GenerateSerializer, Immutable, Alias("hub.act")]
internal sealed record Act(Guid RequestId, byte[] Key, byte[] Fingerprint)
{
    public Idempotency Idempotency => new(Key, Fingerprint);
}

/// <summary>Who acts, as entries name him: by a pseudonym.</summary>
[GenerateSerializer, Immutable, Alias("hub.actor")]
internal sealed record Actor(string Pseudonym, bool IsPerson);
