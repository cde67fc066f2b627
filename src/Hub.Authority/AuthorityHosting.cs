using System.Threading.RateLimiting;
using Hub.Authority.Clients;
using Hub.Authority.Keys;
using Hub.Authority.Management;
using Hub.Authority.Persons;
using Hub.Authority.Storage;
using Hub.Authority.Tokens;
using Microsoft.AspNetCore.Antiforgery;
using Microsoft.AspNetCore.Authentication.Cookies;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.RateLimiting;
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
    /// <summary>Registers everything that <see cref="MapHubAuthority"/> needs.</summary>
    public static WebApplicationBuilder AddHubAuthority(this WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<AuthorityOptions>().Bind(builder.Configuration.GetSection(AuthorityOptions.Section)).ValidateOnStart();
        services.AddSingleton<IValidateOptions<AuthorityOptions>, AuthorityOptionsRules>();
        services.TryAddSingleton(TimeProvider.System);
        services.AddDbContext<AuthorityDatabase>((provider, database) =>
            database.UseSqlite(provider.GetRequiredService<IOptions<AuthorityOptions>>().Value.ConnectionString));
        services.AddSingleton<SigningKeys>().AddScoped<ClientRegistration>().AddHostedService<AuthorityStart>();
        AddIssuer(services);
        AddPersons(services);
        AddSession(services);
        AddLimits(services);
        AddAccess(services);
        builder.Logging.AddFilter("Microsoft.EntityFrameworkCore.Database.Command", LogLevel.Warning);
        // ASP.NET logs each request's line with its query, where a caller may write a token.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning);
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = Limits.RequestBytesMax;
        });
        return builder;
    }

    /// <summary>Maps the issuer's endpoints; call it once, on the application that <see cref="AddHubAuthority"/> was called for.</summary>
    public static WebApplication MapHubAuthority(this WebApplication app)
    {
        app.UseMiddleware<SecurityHeaders>();
        app.UseExceptionHandler();
        app.UseStatusCodePages();
        app.UseMiddleware<WholeBody>();
        app.UseRateLimiter();
        app.UseAuthentication();
        app.UseAuthorization();
        app.UseAntiforgery();
        TokenEndpoint.Map(app);
        AuthorizationEndpoint.Map(app);
        SignInEndpoint.Map(app);
        ManagementEndpoints.Map(app);
        return app;
    }

    private static void AddIssuer(IServiceCollection services)
    {
        services.AddOpenIddict()
            .AddCore(core => core.UseEntityFrameworkCore().UseDbContext<AuthorityDatabase>())
            .AddServer(server =>
            {
                server.SetTokenEndpointUris(TokenEndpoint.Path).SetAuthorizationEndpointUris(AuthorizationEndpoint.Path);
                server.AllowClientCredentialsFlow().AllowAuthorizationCodeFlow().RequireProofKeyForCodeExchange();
                server.DisableAccessTokenEncryption().DisableAuthorizationStorage().IgnoreScopePermissions().RegisterScopes(Scopes.All);
                server.AddEventHandler(OneTimeAssertion.Descriptor).AddEventHandler(RefusalStatus.Descriptor)
                    .AddEventHandler(TokenShape.Descriptor).AddEventHandler(DiscoveryIssuer.Descriptor)
                    .AddEventHandler(AuthorizationIssuer.Descriptor);
                server.UseAspNetCore().EnableTokenEndpointPassthrough().EnableAuthorizationEndpointPassthrough();
            })
            .AddValidation(validation =>
            {
                validation.UseLocalServer();
                validation.UseAspNetCore();
                validation.AddAudiences(Scopes.AuthorityAudience);
            });
        // After OpenIddict's own, which would offer client secrets.
        services.AddSingleton<IConfigureOptions<OpenIddictServerOptions>, IssuerConfiguration>();
        services.AddSingleton<IConfigureOptions<OpenIddictServerAspNetCoreOptions>, IssuerConfiguration>();
    }

    private static void AddPersons(IServiceCollection services)
    {
        services.TryAddSingleton<IPasswordHasher<Person>, PasswordHasher<Person>>();
        services.AddIdentityCore<Person>(identity =>
        {
            identity.Lockout.MaxFailedAccessAttempts = Limits.SignInTriesMax;
            identity.Lockout.DefaultLockoutTimeSpan = Limits.LockoutTime;
            // Length is what counts (NIST SP 800-63B); rules about letters and digits only make passwords alike.
            identity.Password = new PasswordOptions
            {
                RequiredLength = Limits.PasswordLengthMin,
                RequireDigit = false,
                RequireLowercase = false,
                RequireUppercase = false,
                RequireNonAlphanumeric = false,
            };
        }).AddEntityFrameworkStores<AuthorityDatabase>();
        services.Configure<PasswordHasherOptions>(hasher => hasher.IterationCount = Limits.PasswordIterations);
        services.AddScoped<PersonRegistration>().AddScoped<PersonSignIn>().AddScoped<Session>().AddScoped<SignInServices>()
            .AddSingleton<DummyPassword>();
    }

    private static void AddLimits(IServiceCollection services) => services.AddRateLimiter(limiter =>
    {
        limiter.GlobalLimiter = PartitionedRateLimiter.Create<HttpContext, string>(_ => RateLimitPartition.GetConcurrencyLimiter("all", _ =>
            new ConcurrencyLimiterOptions { PermitLimit = Limits.RequestsAtOnceMax, QueueLimit = Limits.RequestsWaitingMax }));
        limiter.AddConcurrencyLimiter(SignInEndpoint.OneAtATime, one => (one.PermitLimit, one.QueueLimit) = (1, Limits.SignInsWaitingMax));
    });

    private static void AddSession(IServiceCollection services)
    {
        services.AddAuthentication().AddCookie(Session.Scheme);
        services.AddOptions<CookieAuthenticationOptions>(Session.Scheme).Configure<IOptions<AuthorityOptions>>(Session.Configure);
        services.AddAntiforgery();
        services.AddOptions<AntiforgeryOptions>().Configure<IOptions<AuthorityOptions>>((form, authority) =>
        {
            form.Cookie.Name = Session.CookieName(authority.Value, "hub-form");
            form.Cookie.SecurePolicy = authority.Value.AllowHttp ? CookieSecurePolicy.SameAsRequest : CookieSecurePolicy.Always;
            form.Cookie.Path = "/";
        });
        services.AddDataProtection().SetApplicationName("Hub.Authority");
        services.AddOptions<KeyManagementOptions>().Configure<IOptions<AuthorityOptions>, ILoggerFactory>((ring, authority, logs) =>
            ring.XmlRepository = new FileSystemXmlRepository(new DirectoryInfo(Path.Combine(authority.Value.DataFolder, "cookie-keys")), logs));
    }

    /// <summary>What no endpoint opens to others is for holders of <c>authority.manage</c> alone.</summary>
    private static void AddAccess(IServiceCollection services)
    {
        services.AddProblemDetails(problems => problems.CustomizeProblemDetails = context =>
        {
            if (context.ProblemDetails.Status is StatusCodes.Status401Unauthorized or StatusCodes.Status403Forbidden)
            {
                context.ProblemDetails.Detail =
                    $"Management needs a bearer token of this issuer with the scope '{Scopes.Manage}', asked for alone: ask for one and send it.";
            }
        });
        services.AddAuthorizationBuilder().AddFallbackPolicy(Scopes.Manage, policy => policy
            .AddAuthenticationSchemes(OpenIddictValidationAspNetCoreDefaults.AuthenticationScheme)
            .RequireAssertion(context => context.User.HasScope(Scopes.Manage)));
    }
}
