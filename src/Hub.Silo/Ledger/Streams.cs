namespace Hub.Silo.Ledger;

/// <summary>The names of the streams. Each has exactly one writer (architecture: streams, names, states).</summary>
internal static class Streams
{
    public const string Registry = "registry";
    public const string Catalogue = "catalogue";

    public static string Administration(string code) => $"administrations/{code}";

    public static string Disclosures(string instrument) => $"disclosures/{instrument}";

    public static string Release(string release) => $"releases/{release}";
}
