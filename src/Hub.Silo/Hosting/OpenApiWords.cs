using System.Reflection;
using System.Xml.Linq;
using Google.Api;
using Google.Protobuf.Reflection;
using Microsoft.AspNetCore.Grpc.JsonTranscoding;
using Microsoft.OpenApi.Models;
using Swashbuckle.AspNetCore.SwaggerGen;

namespace Hub.Silo.Hosting;

/// <summary>
/// Brings into the OpenAPI document what the protos say and C# types do not: the comments, which the compiler left beside
/// Hub.Contracts, the fields that are required, and 64-bit numbers as the strings that they are in JSON.
/// </summary>
internal sealed class OpenApiWords : IOperationFilter, ISchemaFilter
{
    private static readonly string CommentsFile = Path.Combine(AppContext.BaseDirectory, "Hub.Contracts.xml");
    private static readonly Dictionary<string, string> Comments = ReadComments();

    public const string Introduction =
        "The JSON face of the gRPC contract hub.v1. Call WhoAmI first. Errors are google.rpc.Status with an ErrorInfo of the domain hub.v1: decide by its "
        + "reason. Every act takes a requestId, a UUID that you make; repeat the act with it if the answer is lost.";

    /// <summary>How a call is authenticated.</summary>
    public static OpenApiSecurityScheme Token { get; } = new()
    {
        Type = SecuritySchemeType.Http,
        Scheme = "bearer",
        BearerFormat = "JWT",
        Description = "An access token of the issuer that the Hub trusts, with the scope that the RPC asks for.",
        Reference = new OpenApiReference { Type = ReferenceType.SecurityScheme, Id = "token" },
    };

    public static OpenApiSecurityRequirement TokenRequired { get; } = new() { [Token] = [] };

    public void Apply(OpenApiOperation operation, OperationFilterContext context)
    {
        if (context.ApiDescription.ActionDescriptor.EndpointMetadata.OfType<GrpcJsonTranscodingMetadata>().FirstOrDefault()?.MethodDescriptor is not { } rpc)
        {
            return;
        }

        operation.OperationId = rpc.Name;
        operation.Description = OfRpc(rpc);
        operation.Summary = operation.Description.Split(". ")[0].TrimEnd('.');
        if (operation.RequestBody is { } body)
        {
            body.Required = true;
        }

        foreach (var parameter in operation.Parameters.Where(p => p.In == ParameterLocation.Query))
        {
            parameter.Description = OfField(rpc.InputType.ClrType, rpc.InputType.Fields.InDeclarationOrder().FirstOrDefault(f => f.JsonName == parameter.Name));
        }
    }

    public void Apply(OpenApiSchema schema, SchemaFilterContext context)
    {
        schema.Description = Comments.GetValueOrDefault($"T:{context.Type.FullName}");
        if (DescriptorOf(context.Type) is not { } message)
        {
            return;
        }

        foreach (var field in message.Fields.InDeclarationOrder().Where(f => schema.Properties.ContainsKey(f.JsonName)))
        {
            if (PathOf(message).Contains(field.Name))
            {
                schema.Properties.Remove(field.JsonName);
                continue;
            }

            // A reference takes no words beside it.
            var property = schema.Properties[field.JsonName];
            property.Description = property.Reference is null ? OfField(context.Type, field) : null;
            var behaviors = field.GetOptions()?.GetExtension(FieldBehaviorExtensions.FieldBehavior) ?? [];
            property.ReadOnly = property.Reference is null && behaviors.Contains(FieldBehavior.OutputOnly);
            if (behaviors.Contains(FieldBehavior.Required))
            {
                schema.Required.Add(field.JsonName);
            }

            if (field.FieldType is FieldType.Int64)
            {
                (property.Type, property.Format, property.Pattern) = ("string", "int64", "^-?[0-9]+$");
            }
        }
    }

    // Without the file the document has no descriptions, and the Hub runs all the same.
    private static Dictionary<string, string> ReadComments() => !File.Exists(CommentsFile) ? [] : XDocument.Load(CommentsFile)
        .Descendants("member").ToDictionary(member => (string)member.Attribute("name")!, member => Text(member.Element("summary")));

    private static string OfRpc(MethodDescriptor rpc)
    {
        var method = $"M:Hub.V1.{rpc.Service.Name}.{rpc.Service.Name}Base.{rpc.Name}(";
        return Comments.FirstOrDefault(comment => comment.Key.StartsWith(method, StringComparison.Ordinal)).Value ?? "";
    }

    /// <summary>The fields of a request that stand in the address of its RPC.</summary>
    private static IReadOnlySet<string> PathOf(MessageDescriptor request) =>
        request.File.Services.SelectMany(service => service.Methods).FirstOrDefault(rpc => rpc.InputType == request)
            ?.GetOptions()?.GetExtension(AnnotationsExtensions.Http) is { } rule ? HttpRuleShape.Of(rule).Variables : new HashSet<string>();

    private static string? OfField(Type message, FieldDescriptor? field) =>
        field is null ? null : Comments.GetValueOrDefault($"P:{message.FullName}.{field.PropertyName}");

    private static MessageDescriptor? DescriptorOf(Type type) =>
        type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static)?.GetValue(null) as MessageDescriptor;

    private static string Text(XElement? summary) => string.Join(' ', (summary?.Value ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
