using System.Net;
using System.Net.Sockets;
using Hub.Silo.Access;
using Hub.Silo.Administrations;
using Hub.Silo.Benchmarks;
using Hub.Silo.Catalogue;
using Hub.Silo.Disclosures;
using Hub.Silo.Ledger;
using Hub.Silo.Registry;
using Hub.Silo.Releases;
using Hub.V1;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Options;
using Microsoft.OpenApi.Models;
using Orleans.Configuration;

namespace Hub.Silo.Hosting;

/// <summary>Puts the silo into a web application: what Program and Hub.Standalone call, and the only type that is public.</summary>
public static class HubHosting
{
    /// <summary>Largest message that the Hub takes, in bytes. A submission of 500 values has about 60 KB.</summary>
    public const int MessageBytesMax = 1024 * 1024;

    /// <summary>Adds everything that the silo needs, configured by the sections "Hub" and "Authority".</summary>
    public static WebApplicationBuilder AddHub(this WebApplicationBuilder builder)
    {
        var hub = builder.Configuration.GetSection(HubOptions.Section).Get<HubOptions>() ?? new HubOptions();
        var tokens = builder.Configuration.GetSection(TokenOptions.Section).Get<TokenOptions>() ?? new TokenOptions();
        RequireNone(tokens.Mistakes().Concat(hub.Mistakes()));
        builder.Services.AddSingleton(hub).AddSingleton(tokens);
        builder.Services.AddHubLedger(ReadLedgerOptions(builder.Configuration));
        builder.Services.AddHubCatalogue(hub.CatalogueFolder, hub.Operator);
        builder.Services.AddHubRegistry(new RegistryOptions(hub.ConfirmationsRequired));
        builder.Services.AddHubDisclosures().AddHubReleases().AddHubBenchmarks();
        AddAccess(builder.Services);
        AddGrpc(builder.Services);
        builder.Services.AddSingleton<SubmitManyStream>();
        builder.UseOrleans(silo => ConfigureOrleans(silo, hub));
        // They log each request's line and what could not be read of it, where a caller may have written a figure or a token.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Warning).AddFilter("Grpc", LogLevel.Warning);
        // Transcoding warns of PreparedReads, which is bound by hand and not for it.
        builder.Logging.AddFilter("Microsoft.AspNetCore.Grpc.JsonTranscoding.Internal.Binding", LogLevel.Error);
        return builder;
    }

    /// <summary>Maps the RPCs, over gRPC, gRPC-Web and JSON, with reflection, health and the OpenAPI document.</summary>
    public static WebApplication MapHub(this WebApplication app)
    {
        app.UseGrpcWeb(new GrpcWebOptions { DefaultEnabled = true });
        // Within gRPC-Web, which puts the trailers into the body when all else is done.
        app.UseMiddleware<BareStatusMiddleware>();
        app.UseMiddleware<BareJsonMiddleware>();
        MapRpcs<Registry.RegistryService>(app);
        MapRpcs<Catalogue.CatalogueService>(app);
        MapRpcs<Administrations.SubmissionService>(app);
        MapRpcs<Releases.ReleaseService>(app);
        MapRpcs<Benchmarks.BenchmarkService>(app);
        // Before the same methods of the service, which serves them over JSON.
        MapRpcs<Benchmarks.PreparedReads>(app).Add(endpoint => ((RouteEndpointBuilder)endpoint).Order = -1);
        MapRpcs<Ledger.LedgerService>(app);
        app.MapGrpcHealthChecksService().AllowAnonymous();
        app.MapGrpcReflectionService().AllowAnonymous();
        app.MapSwagger("/openapi/{documentName}.json").AllowAnonymous();
        return app;
    }

    /// <summary>A port of loopback that nobody listens on now.</summary>
    public static int FindFreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    internal static LedgerOptions ReadLedgerOptions(IConfiguration configuration)
    {
        var hub = configuration.GetSection(HubOptions.Section).Get<HubOptions>() ?? new HubOptions();
        return new LedgerOptions { DataFolder = hub.DataFolder, KeysFolder = hub.KeysFolder, Origin = hub.LogOrigin };
    }

    // To ASP.NET every RPC is anonymous, of any size and without a limit of rate, also where an authority shares the application:
    // AccessInterceptor alone decides who may and how much, and gRPC and BareJsonMiddleware refuse what is larger than a message.
    private static GrpcServiceEndpointConventionBuilder MapRpcs<TService>(WebApplication app) where TService : class =>
        app.MapGrpcService<TService>().AllowAnonymous().DisableRateLimiting().WithMetadata(new DisableRequestSizeLimitAttribute());

    private static void AddAccess(IServiceCollection services)
    {
        services.AddHttpClient(nameof(IssuerKeys), issuer =>
        {
            // Whoever brings an unknown key id waits for it, and nobody knows yet who that is.
            issuer.Timeout = Access.Limits.IssuerPatience;
            issuer.MaxResponseContentBufferSize = Access.Limits.IssuerBytesMax;
        });
        services.AddSingleton(s => new IssuerKeys(
            s.GetRequiredService<TokenOptions>(), s.GetRequiredService<IHttpClientFactory>().CreateClient(nameof(IssuerKeys)),
            s.GetRequiredService<TimeProvider>(), s.GetRequiredService<ILogger<IssuerKeys>>()));
        services.AddSingleton<TokenVerifier>().AddSingleton<Admission>().AddSingleton<Quotas>();
        services.AddSingleton(s => new RequestKeys(s.GetRequiredService<HubSecrets>().RequestKeySecret));
    }

    private static void AddGrpc(IServiceCollection services)
    {
        services.AddSingleton<ErrorInterceptor>().AddSingleton<AccessInterceptor>();
        services.AddGrpc(grpc =>
        {
            grpc.MaxReceiveMessageSize = MessageBytesMax;
            grpc.EnableDetailedErrors = false;
            // In this order: what fails within gets its wire form without.
            grpc.Interceptors.Add<ErrorInterceptor>();
            grpc.Interceptors.Add<AccessInterceptor>();
        }).AddJsonTranscoding(json =>
        {
            json.TypeRegistry = BareJsonMiddleware.ErrorDetails;
            // As the proto3 JSON mapping has them, and the receipts that the SDK saves.
            json.JsonSettings.WriteInt64sAsStrings = true;
        });
        services.AddGrpcReflection();
        services.AddGrpcHealthChecks().AddCheck<LedgerHealth>("ledger");
        services.AddSingleton<Microsoft.AspNetCore.Mvc.ApiExplorer.IApiDescriptionProvider, OpenApiPaths>();
        services.AddGrpcSwagger().AddSwaggerGen(swagger =>
        {
            swagger.SwaggerDoc("v1", new OpenApiInfo { Title = "The Hub", Version = "v1", Description = OpenApiWords.Introduction });
            swagger.AddSecurityDefinition("token", OpenApiWords.Token);
            swagger.AddSecurityRequirement(OpenApiWords.TokenRequired);
            swagger.OperationFilter<OpenApiWords>();
            swagger.SchemaFilter<OpenApiWords>();
        });
    }

    private static void ConfigureOrleans(ISiloBuilder silo, HubOptions hub)
    {
        silo.UseLocalhostClustering(hub.SiloPort == 0 ? FindFreePort() : hub.SiloPort, gatewayPort: 0, serviceId: "hub", clusterId: "hub");
        silo.Configure<EndpointOptions>(endpoint => endpoint.AdvertisedIPAddress = IPAddress.Loopback);
    }

    private static void RequireNone(IEnumerable<string> mistakes)
    {
        var all = mistakes.ToList();
        if (all.Count > 0)
        {
            throw new OptionsValidationException(HubOptions.Section, typeof(HubOptions), all);
        }
    }
}
