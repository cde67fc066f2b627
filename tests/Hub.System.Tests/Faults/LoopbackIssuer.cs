using Hub.Testing;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace Hub.SystemTests.Faults;

/// <summary>The test issuer's documents on a loopback port, for a silo that is a process of its own.</summary>
internal sealed class LoopbackIssuer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly HttpClient published;

    private LoopbackIssuer(TestIssuer issuer)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        published = new HttpClient(issuer.Handler()) { BaseAddress = new Uri(issuer.Address) };
        app.Run(async context =>
        {
            var document = await published.GetStringAsync(new Uri(context.Request.Path, UriKind.Relative), context.RequestAborted);
            context.Response.ContentType = "application/json";
            await context.Response.WriteAsync(
                document.Replace($"{issuer.Address}/.well-known/jwks", $"{Address}.well-known/jwks", StringComparison.Ordinal), context.RequestAborted);
        });
    }

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<LoopbackIssuer> StartAsync(TestIssuer issuer)
    {
        var loopback = new LoopbackIssuer(issuer);
        await loopback.app.StartAsync();
        return loopback;
    }

    public async ValueTask DisposeAsync()
    {
        await app.DisposeAsync();
        published.Dispose();
    }
}
