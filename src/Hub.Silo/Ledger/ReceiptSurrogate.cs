using Hub.Transparency;

namespace Hub.Silo.Ledger;

/// <summary>How a receipt crosses a grain call: Hub.Transparency knows nothing of Orleans.</summary>
[GenerateSerializer, Immutable, Alias("hub.receipt")]
internal struct ReceiptSurrogate
{
    [Id(0)]
    public byte[] Header;

    [Id(1)]
    public byte[] Salt;

    [Id(2)]
    public byte[] Payload;

    [Id(3)]
    public long Position;

    [Id(4)]
    public byte[][] Proof;

    [Id(5)]
    public string Checkpoint;
}

/// <summary>Receipt to surrogate and back.</summary>
[RegisterConverter]
internal sealed class ReceiptSurrogateConverter : IConverter<Receipt, ReceiptSurrogate>
{
    public Receipt ConvertFromSurrogate(in ReceiptSurrogate surrogate) =>
        new(surrogate.Header, surrogate.Salt, surrogate.Payload, surrogate.Position, surrogate.Proof, surrogate.Checkpoint);

    public ReceiptSurrogate ConvertToSurrogate(in Receipt value) => new()
    {
        Header = value.Header,
        Salt = value.Salt,
        Payload = value.Payload,
        Position = value.Position,
        Proof = [.. value.Proof],
        Checkpoint = value.Checkpoint,
    };
}
