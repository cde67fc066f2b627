using Hub.Silo.Access;

namespace Hub.Silo.Disclosures;

/// <summary>A release of a collection to compute.</summary>
[GenerateSerializer, Immutable, Alias("hub.propose-release")]
internal sealed record ProposeReleaseCommand(Act Act, Actor Proposer, string Collection, string Comment);

/// <summary>What a computation came to, as the entry to append; it counts only if nothing was shown since the audit read the stream.</summary>
/// <param name="ExpectedVersion">The version of the stream that the audit read.</param>
[GenerateSerializer, Immutable, Alias("hub.conclude-release")]
internal sealed record ConcludeCommand(ReleaseName Release, long ExpectedVersion, string Kind, byte[] Payload);

/// <summary>Where the request stands in the ledger, and the name that it was given.</summary>
[GenerateSerializer, Immutable, Alias("hub.proposed-release")]
internal sealed record ProposedRelease(long Position, ReleaseName Release);
