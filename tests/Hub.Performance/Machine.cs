namespace Hub.Performance;

/// <summary>Where a figure was measured: without it the figure says nothing.</summary>
internal sealed record Machine(int Cores, string Runtime, string LoadBefore, string LoadAfter)
{
    private const string LoadFile = "/proc/loadavg";

    public static Machine Since(string loadBefore) =>
        new(Environment.ProcessorCount, $".NET {Environment.Version}", loadBefore, ReadLoad());

    /// <summary>Load averages of 1, 5 and 15 minutes; "unknown" where the system has none.</summary>
    public static string ReadLoad() =>
        File.Exists(LoadFile) ? string.Join(' ', File.ReadAllText(LoadFile).Split(' ').Take(3)) : "unknown";

    public override string ToString() => $"{Cores} cores, {Runtime}, load average {LoadBefore} before and {LoadAfter} after";
}
