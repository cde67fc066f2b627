using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.AspNetCore.Mvc.ApiExplorer;

namespace Hub.Silo.Hosting;

/// <summary>
/// Gives each RPC an address of its own in the OpenAPI document, which knows no resource names: `{name=instruments/*}` becomes
/// `instruments/{instrument}`. Without it all names would stand at one address, and the document could not be made.
/// </summary>
internal sealed partial class OpenApiPaths : IApiDescriptionProvider
{
    public int Order => 0;

    public void OnProvidersExecuting(ApiDescriptionProviderContext context)
    {
        // gRPC describes its methods in this step; they are renamed in the next.
    }

    public void OnProvidersExecuted(ApiDescriptionProviderContext context)
    {
        foreach (var description in context.Results)
        {
            if (description.ActionDescriptor.EndpointMetadata.OfType<GrpcJsonTranscodingMetadata>().FirstOrDefault() is { } method)
            {
                Rename(description, method.HttpRule.Get is { Length: > 0 } get ? get : method.HttpRule.Post);
            }
        }
    }

    private static void Rename(ApiDescription description, string pattern)
    {
        foreach (Match variable in Variable().Matches(pattern))
        {
            var whole = description.ParameterDescriptions.FirstOrDefault(p => p.Name == variable.Groups[1].Value);
            if (whole is null)
            {
                continue;
            }

            description.ParameterDescriptions.Remove(whole);
            foreach (var part in Parts(variable.Groups[2].Value))
            {
                description.ParameterDescriptions.Add(new ApiParameterDescription
                {
                    Name = part,
                    Source = whole.Source,
                    Type = typeof(string),
                    ModelMetadata = whole.ModelMetadata,
                    IsRequired = true,
                });
            }
        }

        description.RelativePath = Variable().Replace(pattern, variable => Named(variable.Groups[2].Value)).TrimStart('/');
    }

    private static IEnumerable<string> Parts(string name) => Part().Matches(name).Select(part => part.Groups[1].Value);

    private static string Named(string name) => Part().Replace(name, "$1s/{$1}");

    [GeneratedRegex(@"\{([^}=]+)=([^}]+)\}")]
    private static partial Regex Variable();

    [GeneratedRegex(@"([a-z]+)s/\*")]
    private static partial Regex Part();
}
