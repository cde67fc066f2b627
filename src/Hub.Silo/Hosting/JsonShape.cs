using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Google.Protobuf;
using Google.Protobuf.Reflection;

namespace Hub.Silo.Hosting;

/// <summary>
/// Where JSON or a query is no message of a type: each place with its remedy. Values are never quoted, and names only where they look
/// like one: anything may have been written there.
/// </summary>
internal static partial class JsonShape
{
    private const int FoundMax = 20;

    // Far above every limit of the slices; who calls is not known yet, and each element costs time.
    private const int ElementsMax = 10_000;
    private static readonly JsonParser Parser = new(JsonParser.Settings.Default);

    /// <summary>The places where a body is not the message; none if it is.</summary>
    public static IReadOnlyList<Violation> InBody(string json, MessageDescriptor type)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var found = InMessage(document.RootElement, type, "").Take(FoundMax).ToList();
            if (found.Count == 0)
            {
                // The last word, for instance on two fields of which one may be sent.
                Parser.Parse(json, type);
            }

            return found;
        }
        catch (JsonException e)
        {
            return [new("body", $"This is no JSON from line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1} on.", "Send one JSON object.")];
        }
        catch (Exception e) when (e is IOException or InvalidOperationException)
        {
            return [new("body", "It has text that is no Unicode, or several fields of which one may be sent.", "Send one of them.")];
        }
    }

    /// <summary>The places where a query does not fill the message; none if it does.</summary>
    public static IEnumerable<Violation> InQuery(IQueryCollection query, MessageDescriptor type, HttpRuleShape rule)
    {
        var allowed = rule.HasBody ? [] : type.Fields.InDeclarationOrder().Where(f => !rule.Variables.Contains(f.Name)).ToList();
        foreach (var (name, values) in query)
        {
            if (allowed.FirstOrDefault(f => f.Name == name || f.JsonName == name) is not { } field)
            {
                yield return new(Quoted(name), "This address has no such parameter.", allowed.Count == 0 ? "Send it in the body." : OneOf(allowed));
            }
            else if (values.Count > 1 && !field.IsRepeated)
            {
                yield return new(field.Name, "It is there twice.", "Send it once.");
            }
            else if (values.Any(value => !Fits(field, Written(field, value ?? ""))))
            {
                yield return Misfit(field.Name, field);
            }
        }
    }

    private static IEnumerable<Violation> InMessage(JsonElement sent, MessageDescriptor type, string path)
    {
        if (sent.ValueKind != JsonValueKind.Object)
        {
            yield return new(path.Length == 0 ? "body" : path, "This is a JSON object.", OneOf(type.Fields.InDeclarationOrder()));
            yield break;
        }

        var seen = new HashSet<int>();
        foreach (var property in sent.EnumerateObject())
        {
            if (Find(type, property.Name) is not { } field)
            {
                yield return new(Join(path, Quoted(property.Name)), "There is no such field.", OneOf(type.Fields.InDeclarationOrder()));
            }
            else if (!seen.Add(field.FieldNumber))
            {
                yield return new(Join(path, field.Name), "It is there twice.", "Send it once.");
            }
            else
            {
                foreach (var violation in InField(property.Value, field, Join(path, field.Name)))
                {
                    yield return violation;
                }
            }
        }
    }

    private static IEnumerable<Violation> InField(JsonElement sent, FieldDescriptor field, string path) => field switch
    {
        // Null is a field that was not sent.
        _ when sent.ValueKind == JsonValueKind.Null => [],
        { IsMap: false, IsRepeated: true } when sent.ValueKind != JsonValueKind.Array => [new(path, "This is a JSON array.", "Put its elements in brackets.")],
        { IsMap: false, IsRepeated: true } => sent.GetArrayLength() <= ElementsMax
            ? sent.EnumerateArray().SelectMany((element, i) => InValue(element, field, $"{path}[{i}]"))
            : [new(path, $"It has {sent.GetArrayLength()} elements.", $"No list of the contract is longer than {ElementsMax}.")],
        _ => InValue(sent, field, path),
    };

    private static IEnumerable<Violation> InValue(JsonElement sent, FieldDescriptor field, string path) =>
        IsOurs(field) ? InMessage(sent, field.MessageType, path) : Fits(field, sent) ? [] : [Misfit(path, field)];

    // Google's own types (times, durations) are written as strings.
    private static bool IsOurs(FieldDescriptor field) =>
        field is { FieldType: FieldType.Message, IsMap: false } && field.MessageType.File.Package != "google.protobuf";

    // What is cheap to see; the rest (base64, ranges) is the parser's last word.
    private static bool Fits(FieldDescriptor field, JsonElement sent) => field.FieldType switch
    {
        FieldType.String or FieldType.Bytes => sent.ValueKind == JsonValueKind.String,
        FieldType.Bool => sent.ValueKind is JsonValueKind.True or JsonValueKind.False,
        FieldType.Enum => sent.ValueKind == JsonValueKind.String ? field.EnumType.FindValueByName(sent.GetString()!) is not null : IsWhole(sent),
        FieldType.Message => IsGoogles(field, sent),
        _ => IsWhole(sent),
    };

    private static bool IsWhole(JsonElement sent) => sent.ValueKind switch
    {
        JsonValueKind.Number => sent.TryGetInt64(out _),
        JsonValueKind.String => long.TryParse(sent.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out _),
        _ => false,
    };

    private static bool IsGoogles(FieldDescriptor field, JsonElement sent)
    {
        try
        {
            Parser.Parse(sent.GetRawText(), field.MessageType);
            return true;
        }
        catch (IOException)
        {
            return false;
        }
    }

    // A query is text: as JSON a string, and a truth value as it is.
    private static JsonElement Written(FieldDescriptor field, string value) =>
        field.FieldType == FieldType.Bool && bool.TryParse(value, out var truth) ? JsonSerializer.SerializeToElement(truth) : JsonSerializer.SerializeToElement(value);

    private static Violation Misfit(string path, FieldDescriptor field) => new(path, $"This is {Kind(field)}.", "Send one, or leave the field out.");

    private static string Kind(FieldDescriptor field) => field.FieldType switch
    {
        FieldType.String => "a string in quotes, figures too",
        FieldType.Bytes => "base64 in quotes",
        FieldType.Bool => "true or false",
        FieldType.Enum => $"one of {string.Join(", ", field.EnumType.Values.Where(value => value.Number != 0).Select(value => value.Name))}",
        FieldType.Message => $"a {field.MessageType.FullName} in the JSON mapping of proto3",
        _ => "a whole number",
    };

    private static FieldDescriptor? Find(MessageDescriptor type, string name) =>
        type.Fields.InDeclarationOrder().FirstOrDefault(field => field.Name == name || field.JsonName == name);

    private static string OneOf(IEnumerable<FieldDescriptor> fields) => $"Use {string.Join(", ", fields.Select(field => field.JsonName))}.";

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private static string Quoted(string name) => Name().IsMatch(name) ? name : "(a name)";

    [GeneratedRegex("^[A-Za-z_][A-Za-z_0-9]{0,39}$")]
    private static partial Regex Name();
}
