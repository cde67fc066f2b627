namespace Hub.Privacy;

/// <summary>
/// The protected figures of one instrument and period in one edition. Only this assembly makes one: <see cref="Publication"/>
/// from contributions, <see cref="Read"/> from its canonical bytes. It holds nothing raw.
/// </summary>
public sealed class ProtectedTable
{
    internal ProtectedTable()
    {
    }

    /// <summary>The instrument's name.</summary>
    public required string Instrument { get; init; }

    /// <summary>The period's name.</summary>
    public required string Period { get; init; }

    /// <summary>The number of this edition of the period, from 1.</summary>
    public required int Edition { get; init; }

    /// <summary>The plan's name.</summary>
    public required string Plan { get; init; }

    /// <summary>The plan's version.</summary>
    public required int PlanVersion { get; init; }

    /// <summary>The policy's name.</summary>
    public required string Policy { get; init; }

    /// <summary>The policy's version.</summary>
    public required int PolicyVersion { get; init; }

    /// <summary>The indicators of the plan, by code.</summary>
    public required IReadOnlyList<ProtectedIndicator> Indicators { get; init; }

    /// <summary>The indicator with a code; null if the plan has none.</summary>
    /// <param name="code">The code.</param>
    public ProtectedIndicator? Find(string code) => Indicators.FirstOrDefault(indicator => indicator.Code == code);

    /// <summary>The canonical bytes (UTF-8 JSON): equal tables have equal bytes, and <see cref="Read"/> of them is this table.</summary>
    public byte[] Write() => TableWriter.Write(this);

    /// <summary>The table of canonical bytes.</summary>
    /// <param name="bytes">Bytes that <see cref="Write"/> made.</param>
    /// <exception cref="FormatException">The bytes are not canonical, or hold what no table can hold.</exception>
    public static ProtectedTable Read(ReadOnlyMemory<byte> bytes) => TableReader.Read(bytes);
}
