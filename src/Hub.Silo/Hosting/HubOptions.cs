namespace Hub.Silo.Hosting;

/// <summary>What an operator configures under "Hub".</summary>
internal sealed class HubOptions
{
    public const string Section = "Hub";

    /// <summary>Folder of the ledger.</summary>
    public string DataFolder { get; set; } = "hub-data/ledger";

    /// <summary>Folder of the key ring, the wrapped data keys and the log's signing key. Its backups are kept apart from the ledger's.</summary>
    public string KeysFolder { get; set; } = "hub-data/keys";

    /// <summary>Origin of the log, as checkpoints and receipts state it: a name that nobody else uses.</summary>
    public string LogOrigin { get; set; } = "hub.sandbox";

    /// <summary>Folder of the catalogue's files.</summary>
    public string CatalogueFolder { get; set; } = "samples/catalogue";

    /// <summary>Who starts this silo: recorded with what its start changes.</summary>
    public string Operator { get; set; } = "operator";

    /// <summary>How many other persons confirm a change of the registry. 0 only in a sandbox.</summary>
    public int ConfirmationsRequired { get; set; } = 1;

    /// <summary>Port of the Orleans silo on loopback; 0 takes a free one.</summary>
    public int SiloPort { get; set; }

    public IEnumerable<string> Mistakes()
    {
        if (Path.GetFullPath(DataFolder) == Path.GetFullPath(KeysFolder))
        {
            yield return "Hub:KeysFolder must differ from Hub:DataFolder: who copies the ledger must not get its keys.";
        }

        if (!Directory.Exists(CatalogueFolder))
        {
            yield return $"Hub:CatalogueFolder: there is no folder {Path.GetFullPath(CatalogueFolder)}.";
        }

        if (ConfirmationsRequired is < 0 or > 5)
        {
            yield return "Hub:ConfirmationsRequired must be 0 (a sandbox) to 5.";
        }
    }
}
