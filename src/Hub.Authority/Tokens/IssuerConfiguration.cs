using Hub.Authority.Keys;
using Microsoft.Extensions.Options;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace Hub.Authority.Tokens;

/// <summary>Gives OpenIddict what our options and keys say; read again whenever the keys change.</summary>
internal sealed class IssuerConfiguration(IOptions<AuthorityOptions> options, SigningKeys keys)
    : IConfigureOptions<OpenIddictServerOptions>, IConfigureOptions<OpenIddictServerAspNetCoreOptions>
{
    public void Configure(OpenIddictServerOptions server)
    {
        server.Issuer = options.Value.IssuerUri;
        server.AccessTokenLifetime = options.Value.AccessTokenLifetime;
        server.AuthorizationCodeLifetime = Limits.CodeLifetime;
        server.SigningCredentials.AddRange(keys.All.Select(key => key.Credentials()));
        server.EncryptionCredentials.Add(keys.CodeEncryption);
        // No shared secrets, no verifier in clear, no answer that needs a script: what is never used is not offered.
        server.ClientAuthenticationMethods.IntersectWith([ClientAuthenticationMethods.PrivateKeyJwt]);
        server.ResponseModes.IntersectWith([ResponseModes.Query]);
        server.CodeChallengeMethods.IntersectWith([CodeChallengeMethods.Sha256]);
    }

    public void Configure(OpenIddictServerAspNetCoreOptions server) =>
        server.DisableTransportSecurityRequirement = options.Value.AllowHttp;
}
