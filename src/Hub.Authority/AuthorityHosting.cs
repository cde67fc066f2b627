using Hub.Authority.Clients;
using Hub.Authority.Keys;
using Hub.Authority.Storage;
using Hub.Authority.Tokens;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using OpenIddict.Server.AspNetCore;
using OpenIddict.Validation.AspNetCore;

namespace Hub.Authority;

/// <summary>
/// Puts the authority into a web application of its own: signing keys do not live where uploads are parsed. Settings come from the
/// configuration section <c>Authority</c>; time from the registered <see cref="TimeProvider"/>, else the system's.
/// </summary>
public static class AuthorityHosting
{
    private const string ManagementPolicy = "authority.manage";

    /// <summary>Registers everything that <see cref="MapHubAuthority"/> needs.</summary>
    public static WebApplicationBuilder AddHubAuthority(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AuthorityOptions>().Bind(builder.Configuration.GetSection(AuthorityOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuthorityOptions>, AuthorityOptionsRules>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<SigningKeys>();
        services.AddScoped<ClientRegistration>();
        services.AddHostedService<AuthorityStart>();
        services.AddDbContext<AuthorityDatabase>((provider, database) =>
            database.UseSqlite(ConnectionString(provider.GetRequiredService<IOptions<AuthorityOptions>>().Value)));
        AddIssuer(services);
        AddAccess(services);
        builder.WebHost.ConfigureKestrel(kestrel => kestrel.Limits.MaxRequestBodySize = Limits.RequestBytesMax);
        return builder;
    }

    /// <summary>Maps the issuer's endpoints; call it once, on the application that <see cref="AddHubAuthority"/> was called for.</summary>
    public static WebApplication MapHubAuthority(this WebApplication app)
    {
        var issuer = new HostString(app.Services.GetRequiredService<IOptions<AuthorityOptions>>().Value.IssuerUri.Authority);
        app.Use((http, next) =>
        {
            // Addresses in the discovery document follow the configured issuer, never what a caller writes into Host.
            http.Request.Host = issuer;
            return next(http);
        });
        app.UseAuthentication();
        app.UseAuthorization();
        TokenEndpoint.Map(app);
        return app;
    }

    private static string ConnectionString(AuthorityOptions options) =>
        new SqliteConnectionStringBuilder { DataSource = Path.Combine(options.DataFolder, "authority.db") }.ToString();

    private static void AddIssuer(IServiceCollection services)
    {
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>, IssuerConfiguration>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerAspNetCoreOptions>, IssuerConfiguration>();
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<AuthorityDatabase>())
            .AddServer(server =>
            {
                server.SetTokenEndpointUris("connect/token").AllowClientCredentialsFlow();
                server.DisableAccessTokenEncryption().DisableAuthorizationStorage().IgnoreScopePermissions().RegisterScopes(Scopes.All);
                server.AddEventHandler(OneTimeAssertion.Descriptor).AddEventHandler(TokenShape.Descriptor).AddEventHandler(RefusalStatus.Descriptor)
                    .AddEventHandler(DiscoveryIssuer.Descriptor).AddEventHandler(AuthorizationIssuer.Descriptor);
                server.UseAspNetCore().EnableTokenEndpointPassthrough();
            })
            .AddValidation(validation =>
            {
                validation.UseLocalServer();
                validation.UseAspNetCore();
                validation.AddAudiences(Scopes.AuthorityAudience);
            });
    }

    /// <summary>What no endpoint opens to others is for holders of <c>authority.manage</c> alone.</summary>
    private static void AddAccess(IServiceCollection services)
    {
        services.AddAuthentication();
        services.AddAuthorizationBuilder().AddFallbackPolicy(ManagementPolicy, policy => policy
            .AddAuthenticationSchemes(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme)
            .RequireAssertion(context => context.User.HasScope(Scopes.Manage)));
    }
}
