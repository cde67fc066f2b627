using System.Reflection;
using System.Text;
using Google.Protobuf.Reflection;
using Xunit;

namespace Hub.Architecture.Tests;

/// <summary>
/// What must not change unseen: numbers and names on the wire, names of grains and of what they send one another. When a change is
/// meant, run the tests with HUB_ACCEPT_GOLDEN=true and read the difference of the files in golden/ before committing it.
/// </summary>
public sealed class GoldenTests
{
    [Fact]
    public void Protos_OnTheWire_AreAsTheyWereAccepted() => Golden("protos.txt", Describe(Files()));

    [Fact]
    public void Grains_AndTheirMessages_HaveTheNamesThatWereAccepted() => Golden("grains.txt", Aliases(Silo()));

    [Fact]
    public void GrainInterfaces_AndTheirMethods_AllHaveAliases()
    {
        Assert.Empty(Nameless(Silo()));

        // The twin: an interface without names is seen, and so is its method.
        Assert.Equal(2, Nameless([typeof(INamelessGrain)]).Count());
    }

    [Fact]
    public void Description_OfAChangedField_Differs()
    {
        var submission = V1.SubmissionServiceReflection.Descriptor;
        var text = Describe([submission]);

        Assert.Contains("hub.v1.Submission 1 name string", text, StringComparison.Ordinal);
        Assert.NotEqual(text, text.Replace("hub.v1.Submission 1 name string", "hub.v1.Submission 12 name string", StringComparison.Ordinal));
    }

    private interface INamelessGrain
    {
        Task DoAsync();
    }

    private static void Golden(string name, string actual)
    {
        var file = Path.Combine(Checkout.Root, "tests", "Hub.Architecture.Tests", "golden", name);
        if (Environment.GetEnvironmentVariable("HUB_ACCEPT_GOLDEN") == "true") File.WriteAllText(file, actual);
        Assert.Equal(File.ReadAllText(file).ReplaceLineEndings("\n"), actual);
    }

    private static IEnumerable<FileDescriptor> Files() => typeof(V1.Receipt).Assembly.GetTypes()
        .Select(type => type.GetProperty("Descriptor", BindingFlags.Public | BindingFlags.Static))
        .Where(property => property?.PropertyType == typeof(FileDescriptor))
        .Select(property => (FileDescriptor)property!.GetValue(null)!);

    private static Type[] Silo() => [.. typeof(Silo.Hosting.HubHosting).Assembly.GetTypes().Where(type => type.Namespace?.StartsWith("Hub.Silo", StringComparison.Ordinal) == true)];

    private static string Describe(IEnumerable<FileDescriptor> files)
    {
        var text = new StringBuilder();
        foreach (var file in files.OrderBy(f => f.Name, StringComparer.Ordinal))
        {
            foreach (var method in file.Services.SelectMany(s => s.Methods))
                Line(text, method.FullName, method.InputType.FullName, method.IsClientStreaming ? "stream" : "one", method.OutputType.FullName, method.IsServerStreaming ? "stream" : "one");
            foreach (var message in file.MessageTypes.SelectMany(All))
            {
                foreach (var field in message.Fields.InDeclarationOrder())
                    Line(text, message.FullName, $"{field.FieldNumber}", field.Name, TypeOf(field), field.ContainingOneof is { } one ? $"oneof {one.Name}" : field.IsRepeated ? "repeated" : "");
            }

            foreach (var value in file.EnumTypes.Concat(file.MessageTypes.SelectMany(All).SelectMany(m => m.EnumTypes)).SelectMany(e => e.Values))
                Line(text, value.FullName, $"{value.Number}");
        }

        return text.ToString();
    }

    private static IEnumerable<MessageDescriptor> All(MessageDescriptor message) => [message, .. message.NestedTypes.SelectMany(All)];

    private static string TypeOf(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.Message => field.MessageType.FullName,
        FieldType.Enum => field.EnumType.FullName,
        var scalar => scalar.ToString().ToLowerInvariant(),
    };

    private static string Aliases(IEnumerable<Type> types)
    {
        var text = new StringBuilder();
        foreach (var (type, alias) in types.Select(t => (Type: t, t.GetCustomAttribute<Orleans.AliasAttribute>()?.Alias)).Where(t => t.Alias is not null).OrderBy(t => t.Alias, StringComparer.Ordinal))
        {
            Line(text, alias!, type.IsInterface ? "grain" : "message");
            if (!type.IsInterface) continue;
            foreach (var method in type.GetMethods().OrderBy(m => m.Name, StringComparer.Ordinal))
                Line(text, " ", method.GetCustomAttribute<Orleans.AliasAttribute>()?.Alias ?? "?", $"({string.Join(", ", method.GetParameters().Select(p => p.ParameterType.Name))})");
        }

        return text.ToString();
    }

    private static IEnumerable<string> Nameless(IEnumerable<Type> types)
    {
        foreach (var grain in types.Where(t => t.IsInterface && t.Name.EndsWith("Grain", StringComparison.Ordinal)))
        {
            if (grain.GetCustomAttribute<Orleans.AliasAttribute>() is null) yield return grain.FullName!;
            foreach (var method in grain.GetMethods().Where(m => m.GetCustomAttribute<Orleans.AliasAttribute>() is null)) yield return $"{grain.FullName}.{method.Name}";
        }
    }

    private static void Line(StringBuilder text, params string[] parts) => text.Append(string.Join(' ', parts).TrimEnd()).Append('\n');
}
