using System.Security.Claims;
using System.Text.Json;
using Microsoft.Extensions.Options;
using Microsoft.IdentityModel.JsonWebTokens;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace Hub.Authority.Tokens;

/// <summary>
/// <c>iss</c> stands in each token exactly as configured (OpenIddict would add a slash, and the Hub compares exactly), and an
/// access token leaves no row: it is valid by its signature alone and for ten minutes. Only codes have rows, so that each is used once.
/// </summary>
internal sealed class TokenShape(IOptions<AuthorityOptions> options) : IOpenIddictServerHandler<GenerateTokenContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<GenerateTokenContext>()
            .UseSingletonHandler<TokenShape>()
            .SetOrder(OpenIddictServerHandlers.Protection.AttachSecurityCredentials.Descriptor.Order + 1)
            .Build();

    public ValueTask HandleAsync(GenerateTokenContext context)
    {
        if (context.TokenType is TokenTypeIdentifiers.AccessToken or TokenTypeIdentifiers.IdentityToken)
        {
            context.Principal.SetClaim(Claims.Private.Issuer, options.Value.Issuer);
            context.CreateTokenEntry = false;
        }
        if (context.TokenType is TokenTypeIdentifiers.AccessToken && context.Principal.GetClaim(Claims.AuthenticationMethodReference) is { } method)
        {
            // An array by its definition (RFC 8176), also of one; OpenIddict would send a string.
            context.Principal.RemoveClaims(Claims.AuthenticationMethodReference);
            ((ClaimsIdentity)context.Principal.Identity!).AddClaim(new Claim(
                Claims.AuthenticationMethodReference, JsonSerializer.Serialize<string[]>([method]), JsonClaimValueTypes.JsonArray));
        }
        return ValueTask.CompletedTask;
    }
}

/// <summary>The discovery document names the same issuer, letter for letter.</summary>
internal sealed class DiscoveryIssuer(IOptions<AuthorityOptions> options) : IOpenIddictServerHandler<ApplyConfigurationResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyConfigurationResponseContext>()
            .UseSingletonHandler<DiscoveryIssuer>()
            .SetOrder(int.MinValue)
            .Build();

    public ValueTask HandleAsync(ApplyConfigurationResponseContext context)
    {
        if (context.Response.Error is null)
        {
            context.Response[Metadata.Issuer] = options.Value.Issuer;
        }
        return ValueTask.CompletedTask;
    }
}

/// <summary>So does the answer to an authorization request (RFC 9207).</summary>
internal sealed class AuthorizationIssuer(IOptions<AuthorityOptions> options) : IOpenIddictServerHandler<ApplyAuthorizationResponseContext>
{
    public static OpenIddictServerHandlerDescriptor Descriptor { get; } =
        OpenIddictServerHandlerDescriptor.CreateBuilder<ApplyAuthorizationResponseContext>()
            .UseSingletonHandler<AuthorizationIssuer>()
            .SetOrder(OpenIddictServerHandlers.Authentication.AttachIssuer.Descriptor.Order + 1)
            .Build();

    public ValueTask HandleAsync(ApplyAuthorizationResponseContext context)
    {
        if (context.Response.Iss is not null)
        {
            context.Response.Iss = options.Value.Issuer;
        }
        return ValueTask.CompletedTask;
    }
}
