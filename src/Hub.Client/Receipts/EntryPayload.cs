using System.Text.Json;

namespace Hub.Client;

/// <summary>What an entry of an administration's stream records, as far as a receipt is compared with what was sent.</summary>
internal sealed record EntryPayload(Guid Submission, string Collection, IReadOnlyDictionary<string, Figure>? Figures, string? Reason)
{
    /// <summary>Reads the payload of an entry of schema 1; null if it is none. Members that are not known are left alone.</summary>
    public static EntryPayload? Read(ReadOnlyMemory<byte> utf8)
    {
        try
        {
            using var json = JsonDocument.Parse(utf8);
            var root = json.RootElement;
            return new EntryPayload(
                root.GetProperty("submission").GetGuid(),
                root.GetProperty("collection").GetString() ?? "",
                root.TryGetProperty("values", out var values) ? ReadFigures(values) : null,
                root.TryGetProperty("reason", out var reason) ? reason.GetString() : null);
        }
        catch (Exception e) when (e is JsonException or KeyNotFoundException or FormatException or InvalidOperationException or ArgumentException)
        {
            return null;
        }
    }

    /// <summary>The code of an indicator, whether it is named by its code or in full: the collection says of which instrument.</summary>
    public static string CodeOf(string indicator) => indicator[(indicator.LastIndexOf('/') + 1)..];

    private static Dictionary<string, Figure> ReadFigures(JsonElement values)
    {
        var figures = new Dictionary<string, Figure>(StringComparer.Ordinal);
        foreach (var value in values.EnumerateArray())
            figures.Add(CodeOf(value.GetProperty("indicator").GetString() ?? ""), ReadFigure(value));
        return figures;
    }

    private static Figure ReadFigure(JsonElement value)
    {
        var figure =
            value.TryGetProperty("decimal", out var text) ? Figure.Decimal(text.GetString() ?? "")
            : value.TryGetProperty("ratio", out var ratio) ? Figure.Ratio(
                ratio.GetProperty("numerator").GetString() ?? "", ratio.GetProperty("denominator").GetString() ?? "")
            : Figure.Absent(Named<AbsenceReason>(value.GetProperty("absence").GetString()));
        return figure with { Disclosure = Named<Disclosure>(value.GetProperty("disclosure").GetString()) };
    }

    private static T Named<T>(string? name) where T : struct, Enum =>
        Enum.Parse<T>((name ?? "").Replace("_", "", StringComparison.Ordinal), ignoreCase: true);
}
