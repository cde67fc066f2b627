namespace Hub.Authority.Storage;

/// <summary>A client assertion that was accepted once; kept until it would have expired anyway.</summary>
internal sealed class SpentAssertion
{
    public required string ClientId { get; init; }
    public required string Jti { get; init; }

    /// <summary>Unix seconds.</summary>
    public required long Expires { get; init; }
}
