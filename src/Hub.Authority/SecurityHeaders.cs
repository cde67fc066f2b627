using Microsoft.Extensions.Options;

namespace Hub.Authority;

/// <summary>What every answer carries: nothing may be framed, sniffed, cached or referred to. The sign-in page relaxes the policy for itself.</summary>
internal sealed class SecurityHeaders(RequestDelegate next, IOptions<AuthorityOptions> options)
{
    private const string NothingAllowed = "default-src 'none'; form-action 'none'; base-uri 'none'; frame-ancestors 'none'";
    private readonly HostString host = new(options.Value.IssuerUri.Authority);

    public Task InvokeAsync(HttpContext http)
    {
        // Addresses in the discovery document follow the configured issuer, never what a caller writes into Host.
        http.Request.Host = host;
        var headers = http.Response.Headers;
        headers.ContentSecurityPolicy = NothingAllowed;
        headers.XContentTypeOptions = "nosniff";
        headers.XFrameOptions = "DENY";
        headers["Referrer-Policy"] = "no-referrer";
        headers.CacheControl = "no-store";
        if (http.Request.IsHttps)
        {
            headers.StrictTransportSecurity = "max-age=31536000";
        }
        return next(http);
    }
}
