using OpenIddict.Abstractions;

namespace Hub.Authority.Management;

/// <summary>Makes problem details (RFC 9457) of refusals, and writes one line for each act of management.</summary>
internal sealed partial class RefusalFilter(ILogger<RefusalFilter> logger) : IEndpointFilter
{
    public async ValueTask<object?> InvokeAsync(EndpointFilterInvocationContext context, EndpointFilterDelegate next)
    {
        var http = context.HttpContext;
        var caller = http.User.GetClaim(OpenIddictConstants.Claims.Subject);
        var path = http.Request.Path.ToUriComponent();
        try
        {
            var done = await next(context);
            LogDone(caller, http.Request.Method, path);
            return done;
        }
        catch (RefusedException refused)
        {
            LogRefused(caller, http.Request.Method, path);
            return Results.Problem(
                statusCode: refused.IsConflict ? StatusCodes.Status409Conflict : StatusCodes.Status400BadRequest,
                title: "The request breaks a rule.",
                extensions: new Dictionary<string, object?> { ["violations"] = refused.Violations });
        }
        catch (NotFoundException missing)
        {
            return Results.Problem(statusCode: StatusCodes.Status404NotFound, title: missing.Message);
        }
        catch (OpenIddictExceptions.ConcurrencyException)
        {
            return Results.Problem(statusCode: StatusCodes.Status409Conflict, title: "Somebody else changed it meanwhile: read it and send again.");
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "Management by {Caller}: {Method} {Path}.")]
    private partial void LogDone(string? caller, string method, string path);

    [LoggerMessage(Level = LogLevel.Information, Message = "Management by {Caller} refused: {Method} {Path}.")]
    private partial void LogRefused(string? caller, string method, string path);
}
