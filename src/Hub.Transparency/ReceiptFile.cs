using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hub.Transparency;

/// <summary>A receipt saved as a file; the names of its fields are documented in README.md and never change for one format.</summary>
internal sealed record ReceiptFile
{
    private const string Format1 = "hub-receipt-1";

    public required string Format { get; init; }

    public required string Header { get; init; }

    public required string Salt { get; init; }

    public required string Payload { get; init; }

    public required long Position { get; init; }

    public required string[] Proof { get; init; }

    public required string Checkpoint { get; init; }

    public static string Write(Receipt receipt)
    {
        var file = new ReceiptFile
        {
            Format = Format1,
            Header = Convert.ToBase64String(receipt.Header),
            Salt = Convert.ToBase64String(receipt.Salt),
            Payload = Convert.ToBase64String(receipt.Payload),
            Position = receipt.Position,
            Proof = [.. receipt.Proof.Select(Convert.ToBase64String)],
            Checkpoint = receipt.Checkpoint,
        };
        return JsonSerializer.Serialize(file, ReceiptFileJson.Readable.ReceiptFile) + "\n";
    }

    public static Receipt Read(string json)
    {
        var file = Deserialize(json);
        if (file is not { Format: Format1, Proof: not null, Checkpoint: not null })
            throw new FormatException($"The file is not a receipt of format {Format1}.");
        return new Receipt(
            Decode("header", file.Header), Decode("salt", file.Salt), Decode("payload", file.Payload),
            file.Position, [.. file.Proof.Select(hash => Decode("proof", hash))], file.Checkpoint);
    }

    private static ReceiptFile? Deserialize(string json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, ReceiptFileJson.Readable.ReceiptFile);
        }
        catch (JsonException e)
        {
            // The reader's own message may quote the file, which holds a payload.
            throw new FormatException($"The receipt is not the expected JSON, at line {e.LineNumber + 1}.");
        }
    }

    private static byte[] Decode(string field, string? text) =>
        text is not null && Base64.TryDecode(text, out var bytes) ? bytes : throw new FormatException($"The receipt's {field} is not base64.");
}

/// <summary>Strict reading (no unknown, no missing field) and writing that leaves base64 and the note readable.</summary>
[JsonSerializable(typeof(ReceiptFile))]
internal sealed partial class ReceiptFileJson : JsonSerializerContext
{
    public static ReceiptFileJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    });
}
