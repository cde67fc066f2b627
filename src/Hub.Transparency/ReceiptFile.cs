using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Hub.Transparency;

/// <summary>
/// A receipt saved as a file: the JSON form of the Hub's protobuf message, in which a missing field is its default and a 64-bit
/// number is a string. Fields that are not known here, such as the receipt's name, are passed over.
/// </summary>
internal sealed record ReceiptFile
{
    private const string Envelope = "receipt";

    public string Header { get; init; } = "";

    public string Salt { get; init; } = "";

    public string Payload { get; init; } = "";

    public long Position { get; init; }

    public string[] Proof { get; init; } = [];

    public string Checkpoint { get; init; } = "";

    public static string Write(Receipt receipt)
    {
        var file = new ReceiptFile
        {
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
        if (file is not { Proof: not null, Checkpoint: not null })
            throw new FormatException("The receipt has a field without a value.");
        return new Receipt(
            Decode("header", file.Header), Decode("salt", file.Salt), Decode("payload", file.Payload),
            file.Position, [.. file.Proof.Select(hash => Decode("proof", hash))], file.Checkpoint);
    }

    private static ReceiptFile? Deserialize(string json)
    {
        try
        {
            using var document = JsonDocument.Parse(json);
            var root = document.RootElement;
            // An answer of the Hub, saved as it came, holds the receipt in a field.
            if (root.ValueKind == JsonValueKind.Object && root.TryGetProperty(Envelope, out var inner)) root = inner;
            return root.Deserialize(ReceiptFileJson.Readable.ReceiptFile);
        }
        catch (JsonException)
        {
            // The reader's own message may quote the file, which holds a payload.
            throw new FormatException("The receipt is not the expected JSON.");
        }
    }

    private static byte[] Decode(string field, string? text) =>
        text is not null && Base64.TryDecode(text, out var bytes)
            ? bytes : throw new FormatException($"The receipt's {field} is not base64.");
}

/// <summary>The names of protobuf's JSON form, written so that base64 and the note stay readable.</summary>
[JsonSerializable(typeof(ReceiptFile))]
internal sealed partial class ReceiptFileJson : JsonSerializerContext
{
    public static ReceiptFileJson Readable { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        NumberHandling = JsonNumberHandling.AllowReadingFromString | JsonNumberHandling.WriteAsString,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        WriteIndented = true,
    });
}
