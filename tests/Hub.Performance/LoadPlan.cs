namespace Hub.Performance;

/// <summary>What the generator's process is to do. The file of it holds tokens of a test issuer only.</summary>
/// <param name="Tokens">One for each administration's code, in the order of the calls.</param>
/// <param name="LogKey">Key that one receipt is verified with; null for a twin, which has none.</param>
internal sealed record LoadPlan(Uri Address, int WarmUpSeconds, int Seconds, int Periods, SortedDictionary<string, string> Tokens, string? LogKey)
{
    /// <summary>The published benchmark to be read; null: submissions are made.</summary>
    public string? Benchmark { get; init; }

    /// <summary>Calls that begin in each second, however long they take; 0: as fast as answers come.</summary>
    public int CallsPerSecond { get; init; }

    /// <summary>Periods before this one are left alone.</summary>
    public int FirstPeriod { get; init; }

    public const int Administrations = 187;
    public const int CallsInFlight = 64;
    public const int Connections = 2;

    public static IReadOnlyList<string> Codes { get; } = [.. Enumerable.Range(0, Administrations).Select(i => $"{(char)('S' + (i / 100))}{i % 100:D2}")];
}

/// <summary>What the generator saw between warm-up and end.</summary>
internal sealed record LoadResult(double CallsPerSecond, double P50, double P99, bool ReceiptVerified);
