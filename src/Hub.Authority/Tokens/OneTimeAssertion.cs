using Hub.Authority.Storage;
using Microsoft.EntityFrameworkCore;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Hub.Authority.Tokens;

/// <summary>
/// A client assertion is accepted once, also over a restart. It runs after OpenIddict has checked the signature, so a stranger can
/// neither spend somebody's <c>jti</c> nor fill the table; and before anything is granted. The database's primary key decides a race.
/// </summary>
internal sealed class OneTimeAssertion(AuthorityDatabase database, TimeProvider time) : IOpenIddictServerHandler<ProcessAuthenticationContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ProcessAuthenticationContext>()
            .AddFilter<OpenIddictServerHandlerFilters.RequireClientAssertionPrincipal>()
            .UseScopedHandler<OneTimeAssertion>()
            .SetOrder(OpenIddictServerHandlers.ValidateClientAssertionIssuer.Descriptor.Order + 1)
            .Build();

    public async ValueTask HandleAsync(ProcessAuthenticationContext context)
    {
        var assertion = context.ClientAssertionPrincipal!;
        var jti = assertion.GetClaim(Claims.JwtId);
        if (string.IsNullOrEmpty(jti) || jti.Length > Limits.AssertionIdLengthMax)
        {
            Refuse(context, $"The client assertion needs a 'jti' of 1 to {Limits.AssertionIdLengthMax} characters, new in each assertion.");
            return;
        }
        if (assertion.GetExpirationDate() is not { } expires || !IsWithinLimits(expires - time.GetUtcNow()))
        {
            Refuse(context, $"The client assertion's 'exp' must be ahead, by at most {Limits.AssertionLifetimeMax.TotalMinutes:0} minutes.");
            return;
        }
        if (!await TrySpendAsync(assertion.GetClaim(Claims.Issuer)!, jti, expires, context.CancellationToken))
        {
            Refuse(context, "This client assertion was used before: sign a new one, with a new 'jti', for each request.");
        }
    }

    /// <summary>OpenIddict would forgive five minutes after 'exp'; then a row could be gone while its assertion is still good.</summary>
    private static bool IsWithinLimits(TimeSpan ahead) => ahead > TimeSpan.Zero && ahead <= Limits.AssertionLifetimeMax;

    private async Task<bool> TrySpendAsync(string clientId, string jti, DateTimeOffset expires, CancellationToken cancellation)
    {
        // An assertion that has expired is refused anyway: its row may go.
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        await database.SpentAssertions.Where(row => row.Expires < now).ExecuteDeleteAsync(cancellation);
        return await database.Database.ExecuteSqlAsync(
            $"INSERT INTO SpentAssertions (ClientId, Jti, Expires) VALUES ({clientId}, {jti}, {expires.ToUnixTimeSeconds()}) ON CONFLICT DO NOTHING",
            cancellation) == 1;
    }

    private static void Refuse(ProcessAuthenticationContext context, string description) =>
        context.Reject(Errors.InvalidClient, description, uri: null);
}
