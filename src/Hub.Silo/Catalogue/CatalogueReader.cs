using YamlDotNet.Core;
using YamlDotNet.RepresentationModel;

namespace Hub.Silo.Catalogue;

/// <summary>What the files say, and every mistake in them, by file and line. With a mistake nothing of it counts.</summary>
internal sealed record CatalogueReading(IReadOnlyList<ParsedFile> Files, IReadOnlyList<Mistake> Mistakes);

/// <summary>Reads the files of a catalogue: each by itself, then against one another. A pure function of their texts.</summary>
internal static class CatalogueReader
{
    public static CatalogueReading Read(IReadOnlyList<CatalogueFile> files)
    {
        var mistakes = new List<Mistake>();
        var parsed = files.OrderBy(f => f.Name, StringComparer.Ordinal).Select(file => Read(file, mistakes)).ToList();

        // What has no code cannot be named by others: they would be told of things that are only misspelt here.
        if (parsed.All(file => file.Describes))
        {
            CatalogueChecks.Check(parsed, mistakes);
        }

        return new CatalogueReading(parsed, [.. mistakes.OrderBy(m => m.File, StringComparer.Ordinal).ThenBy(m => m.Line)]);
    }

    private static ParsedFile Read(CatalogueFile file, List<Mistake> mistakes)
    {
        var parsed = new ParsedFile(file);
        if (Load(file, mistakes) is { } node && YamlFields.From(file.Name, "", node, mistakes) is { } root)
        {
            Read(root, parsed);
        }

        return parsed;
    }

    private static void Read(YamlFields root, ParsedFile into)
    {
        if (root.Has("instrument"))
        {
            InstrumentReader.Read(root, into);
        }
        else if (root.Has("groups"))
        {
            GroupReader.Read(root, into);
        }
        else if (root.Has("calendar"))
        {
            CalendarReader.Read(root, into);
        }
        else if (root.Has("policies"))
        {
            PolicyReader.Read(root, into);
        }
        else if (root.Has("plans"))
        {
            PlanReader.Read(root, into);
        }
        else
        {
            root.RefuseAt(root.Line, "", "A file of the catalogue has one of: instrument, groups, calendar, policies, plans.");
            return;
        }

        root.RefuseOthers();
    }

    private static YamlNode? Load(CatalogueFile file, List<Mistake> mistakes)
    {
        var parser = new Parser(new StringReader(file.Text));
        try
        {
            var stream = new YamlStream();
            stream.Load(parser);
            if (stream.Documents.Count == 1)
            {
                return stream.Documents[0].RootNode;
            }

            mistakes.Add(new Mistake(file.Name, 1, "", "A file has exactly one YAML document."));
        }
        catch (YamlException e)
        {
            mistakes.Add(new Mistake(file.Name, (int)e.Start.Line, "", $"This is not YAML: {e.Message}"));
        }

        catch (InvalidOperationException)
        {
            // The parser's own fault with some texts that are not YAML; where it stood is near enough.
            mistakes.Add(new Mistake(file.Name, (int)(parser.Current?.End.Line ?? 1), "", "This is not YAML: something before or on this line is not closed."));
        }

        return null;
    }
}
