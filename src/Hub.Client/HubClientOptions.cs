using Hub.Transparency;

namespace Hub.Client;

/// <summary>Everything that a <see cref="HubClient"/> needs to know. Checked as a whole when the client is made, every mistake named.</summary>
public sealed class HubClientOptions
{
    /// <summary>Where the Hub listens, for example <c>https://hub.example</c>. Plain http is taken for a loopback address only.</summary>
    public Uri? Address { get; set; }

    /// <summary>
    /// The OpenID Connect issuer of access tokens, exactly as its discovery document names itself. Not needed with
    /// <see cref="TokenSource"/>. Plain http is taken for a loopback address only.
    /// </summary>
    public Uri? Issuer { get; set; }

    /// <summary>The OAuth client that the issuer registered. Not needed with <see cref="TokenSource"/>.</summary>
    public string? ClientId { get; set; }

    /// <summary>
    /// The client's private key, as PEM (PKCS#8, SEC 1 or PKCS#1, not encrypted) or as a JWK: EC on P-256, P-384 or P-521, or RSA of at
    /// least 2048 bits. It signs assertions for the issuer (<c>private_key_jwt</c>) and is sent nowhere. Not needed with
    /// <see cref="TokenSource"/>.
    /// </summary>
    public string? ClientKey { get; set; }

    /// <summary>The scopes to ask for; <c>hub.submit</c> and <c>hub.read</c> if empty.</summary>
    public IList<string> Scopes { get; set; } = [];

    /// <summary>
    /// The log's public key as handed over at onboarding, <c>name+id+base64</c>. Never take it from the Hub that it judges.
    /// </summary>
    public string? LogKey { get; set; }

    /// <summary>
    /// Code of the caller's own administration, for example <c>UA</c>: receipts must be of its stream. If it is not set, the Hub is asked
    /// once who the caller is.
    /// </summary>
    public string? Administration { get; set; }

    /// <summary>gRPC unless set.</summary>
    public HubTransport Transport { get; set; } = HubTransport.Grpc;

    /// <summary>Most time for one call with all its repetitions; 30 seconds unless set.</summary>
    public TimeSpan Deadline { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>Most time for one attempt, so that a lost reply leaves time to ask again; 10 seconds unless set.</summary>
    public TimeSpan AttemptDeadline { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// File that remembers the log's last checkpoint from one run to the next, so that a history rewritten in between shows. Without it
    /// the memory ends with the client.
    /// </summary>
    public string? CheckpointFile { get; set; }

    /// <summary>A store of the caller's own instead of <see cref="CheckpointFile"/>.</summary>
    public ICheckpointStore? CheckpointStore { get; set; }

    /// <summary>
    /// Where access tokens come from instead of client credentials: for persons (authorization code with PKCE) and for tests.
    /// </summary>
    public ITokenSource? TokenSource { get; set; }

    /// <summary>Makes the handler of calls to the Hub, for proxies and tests. Who supplies it disposes it.</summary>
    public Func<HttpMessageHandler>? HubHttp { get; set; }

    /// <summary>Makes the handler of calls to the issuer, for proxies and tests. Who supplies it disposes it.</summary>
    public Func<HttpMessageHandler>? IssuerHttp { get; set; }

    /// <summary>The clock of token lifetimes, repetitions and the circuit breaker.</summary>
    public TimeProvider TimeProvider { get; set; } = TimeProvider.System;

    /// <summary>Numbers from 0 to 1 that spread repetitions over time; must be safe for several threads.</summary>
    public Func<double> Randomness { get; set; } = CallPipeline.Random;

    /// <summary>The scopes asked for. Not the property's default, because a configuration's list is appended to what is there.</summary>
    internal IEnumerable<string> AskedScopes => Scopes.Count > 0 ? Scopes : ["hub.submit", "hub.read"];

    /// <summary>Everything that is wrong; empty if nothing is.</summary>
    internal IReadOnlyList<string> Mistakes()
    {
        var mistakes = new List<string>();
        CheckAddress(mistakes, nameof(Address), Address);
        if (TokenSource is null) CheckCredentials(mistakes);
        CheckLogKey(mistakes);
        if (Deadline <= TimeSpan.Zero) mistakes.Add("Deadline must be longer than zero.");
        if (AttemptDeadline <= TimeSpan.Zero) mistakes.Add("AttemptDeadline must be longer than zero.");
        if (!Enum.IsDefined(Transport)) mistakes.Add("Transport must be Grpc or GrpcWeb.");
        if (Administration is not null && (Administration.Length == 0 || Administration.Contains('/')))
            mistakes.Add("Administration is a code such as UA, without administrations/ before it.");
        if (CheckpointFile is not null && CheckpointStore is not null) mistakes.Add("Set CheckpointFile or CheckpointStore, not both.");
        return mistakes;
    }

    private static void CheckAddress(List<string> mistakes, string name, Uri? address)
    {
        if (address is null || !address.IsAbsoluteUri || (address.Scheme != Uri.UriSchemeHttps && address.Scheme != Uri.UriSchemeHttp))
            mistakes.Add($"{name} must be an absolute https address.");
        else if (address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
            mistakes.Add($"{name} must be https: plain http is taken for a loopback address only.");
    }

    private void CheckCredentials(List<string> mistakes)
    {
        CheckAddress(mistakes, nameof(Issuer), Issuer);
        if (string.IsNullOrWhiteSpace(ClientId)) mistakes.Add("ClientId is missing: it is what the issuer registered.");
        if (Scopes is null || Scopes.Any(string.IsNullOrWhiteSpace)) mistakes.Add("Scopes are names of scopes, none empty.");
        if (string.IsNullOrWhiteSpace(ClientKey)) mistakes.Add("ClientKey is missing: the private key as PEM or JWK, or set TokenSource.");
        else Try(mistakes, () => SigningKey.Parse(ClientKey), "ClientKey");
    }

    private void CheckLogKey(List<string> mistakes)
    {
        if (string.IsNullOrWhiteSpace(LogKey)) mistakes.Add("LogKey is missing: the log's public key, name+id+base64, is handed over at onboarding.");
        else Try(mistakes, () => NoteVerifier.Parse(LogKey), "LogKey cannot be read.");
    }

    private static void Try(List<string> mistakes, Action read, string subject)
    {
        try
        {
            read();
        }
        catch (FormatException e)
        {
            mistakes.Add($"{subject} {e.Message}");
        }
    }
}
