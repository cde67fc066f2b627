namespace Hub.Client;

/// <summary>The caller as its token says, and the log that it talks to.</summary>
public sealed record CallerIdentity
{
    /// <summary>The OAuth client.</summary>
    public required string ClientId { get; init; }

    /// <summary>The person's subject at the issuer; null for a machine.</summary>
    public required string? Subject { get; init; }

    /// <summary>Machine or person.</summary>
    public required CallerKind Kind { get; init; }

    /// <summary>Scopes of the token, sorted.</summary>
    public required IReadOnlyList<string> Scopes { get; init; }

    /// <summary>The caller's own administration, <c>administrations/{code}</c>; null for callers without one.</summary>
    public required string? Administration { get; init; }

    /// <summary>Whether that administration is registered and active.</summary>
    public required AdministrationState AdministrationState { get; init; }

    /// <summary>SHA-256 of the log's public key in lower-case hexadecimal, as the Hub says.</summary>
    public required string LogKeyFingerprint { get; init; }

    /// <summary>
    /// Whether that is the pinned log key. If not, no receipt of this Hub will verify: the address is another Hub's, or the key changed;
    /// ask the secretariat, and never take the key from the Hub.
    /// </summary>
    public required bool IsLogKeyPinned { get; init; }

    /// <summary>Origin of the log, as its checkpoints state it.</summary>
    public required string LogOrigin { get; init; }

    /// <summary>The Hub's clock.</summary>
    public required DateTimeOffset? ServerTime { get; init; }

    /// <summary>Confirmations that a change of the registry needs. 0 only in a sandbox.</summary>
    public required int ConfirmationsRequired { get; init; }
}
