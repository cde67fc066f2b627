using System.Text;

namespace Hub.Silo.Catalogue;

/// <summary>The configured folder with the catalogue's files.</summary>
internal static class CatalogueFolder
{
    private static readonly UTF8Encoding Strict = new(false, true);

    /// <summary>The texts of all `*.yaml` files directly in the folder.</summary>
    /// <exception cref="CatalogueInvalidException">There is no such folder, or no file in it, or one that is no text of this size.</exception>
    public static async Task<IReadOnlyList<CatalogueFile>> ReadAsync(string folder, CancellationToken cancellationToken)
    {
        if (!Directory.Exists(folder))
        {
            throw new CatalogueInvalidException([$"{folder}: There is no such folder. Configure the folder with the catalogue's files."]);
        }

        var paths = Directory.GetFiles(folder, "*.yaml");
        if (paths.Length is 0 or > Limits.FilesMax)
        {
            throw new CatalogueInvalidException([$"{folder}: A catalogue has 1 to {Limits.FilesMax} files *.yaml; here are {paths.Length}."]);
        }

        var files = new List<CatalogueFile>();
        var mistakes = new List<string>();
        foreach (var path in paths.Order(StringComparer.Ordinal))
        {
            var name = Path.GetFileName(path);
            var text = await ReadTextAsync(path, cancellationToken);
            if (text is null)
            {
                mistakes.Add(new Mistake(name, 0, "", $"A file is UTF-8 text of at most {Limits.FileBytesMax} bytes.").ToString());
                continue;
            }

            files.Add(new CatalogueFile(name, text));
        }

        return mistakes.Count == 0 ? files : throw new CatalogueInvalidException(mistakes);
    }

    private static async Task<string?> ReadTextAsync(string path, CancellationToken cancellationToken)
    {
        if (new FileInfo(path).Length > Limits.FileBytesMax)
        {
            return null;
        }

        try
        {
            return Strict.GetString(await File.ReadAllBytesAsync(path, cancellationToken));
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }
}
