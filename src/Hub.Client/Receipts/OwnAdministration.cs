using Grpc.Core;

namespace Hub.Client;

/// <summary>The administration that the caller speaks for: as configured, else as the Hub says, asked once and held to from then on.</summary>
internal sealed class OwnAdministration(string? configured, Func<CancellationToken, Task<CallerIdentity>> whoAmI)
{
    private volatile string? known = configured;

    public async ValueTask<string> GetAsync(CancellationToken cancellationToken)
    {
        if (known is { } code) return code;
        var caller = await whoAmI(cancellationToken).ConfigureAwait(false);
        if (caller.Administration is not { } name)
            throw new HubException("The token speaks for no administration: the issuer did not put one into it.", StatusCode.PermissionDenied);
        return known ??= EntryPayload.CodeOf(name);
    }
}
