using Microsoft.Extensions.Options;

namespace Hub.Silo.Ledger;

/// <summary>Where the ledger and its keys lie, and what the log is called.</summary>
internal sealed class LedgerOptions
{
    /// <summary>Folder of <c>ledger.db</c>: hashes and ciphertext only.</summary>
    public string DataFolder { get; init; } = "";

    /// <summary>Folder of key ring, wrapped data keys and log key. Never inside the data folder, so that no backup holds both.</summary>
    public string KeysFolder { get; init; } = "";

    /// <summary>The log's name in headers, checkpoints and its key, such as <c>hub.example.org/log</c>. It never changes.</summary>
    public string Origin { get; init; } = "";

    /// <summary>Appends that share one transaction; 1 in the measurement of what sharing saves.</summary>
    internal int BatchMax { get; init; } = Limits.BatchMax;

    /// <summary>Called at each <see cref="LedgerFault"/>; a test throws from it.</summary>
    internal Action<LedgerFault> FaultAt { get; init; } = static _ => { };

    public string LedgerFile => Path.Combine(DataFolder, "ledger.db");

    /// <summary>Refuses to start with settings that cannot work, naming all of them.</summary>
    public void Validate()
    {
        var mistakes = Mistakes().ToList();
        if (mistakes.Count > 0) throw new OptionsValidationException("Hub", typeof(LedgerOptions), mistakes);
    }

    private IEnumerable<string> Mistakes()
    {
        if (DataFolder.Length == 0) yield return "Hub:DataFolder is not set. Name a folder for the ledger.";
        if (KeysFolder.Length == 0) yield return "Hub:KeysFolder is not set. Name a folder outside the ledger's for the keys.";
        if (Origin.Length is 0 or > 200 || Origin.Any(c => char.IsWhiteSpace(c) || char.IsControl(c) || c == '+'))
            yield return "Hub:LogOrigin must be the log's name, at most 200 characters without spaces and plus signs.";
        if (DataFolder.Length > 0 && KeysFolder.Length > 0 && IsInside(KeysFolder, DataFolder))
            yield return "Hub:KeysFolder lies inside Hub:DataFolder. A backup of the data would hold its own keys: move one of them.";
    }

    private static bool IsInside(string folder, string of) => Rooted(folder).StartsWith(Rooted(of), StringComparison.Ordinal);

    private static string Rooted(string folder) => Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder)) + Path.DirectorySeparatorChar;
}
