using System.Globalization;
using System.Text.RegularExpressions;
using YamlDotNet.RepresentationModel;

namespace Hub.Silo.Catalogue;

/// <summary>
/// Reads the fields of one YAML mapping and names what is wrong with each, with its line. A field that is refused is answered by
/// null or an empty value, so that reading goes on and finds the next mistake.
/// </summary>
internal sealed class YamlFields(string file, string path, YamlMappingNode node, List<Mistake> mistakes)
{
    private readonly HashSet<string> known = [];

    public string File => file;

    public int Line => LineOf(node);

    public static int LineOf(YamlNode node) => (int)node.Start.Line;

    /// <summary>A node as a mapping; null, and a mistake, if it is none.</summary>
    public static YamlFields? From(string file, string path, YamlNode node, List<Mistake> mistakes)
    {
        if (node is YamlMappingNode mapping)
        {
            return new YamlFields(file, path, mapping, mistakes);
        }

        mistakes.Add(new Mistake(file, LineOf(node), path, "Here belong fields, each as `name: value`."));
        return null;
    }

    public bool Has(string key) => Find(key) is not null;

    public void Refuse(string key, string rule) =>
        mistakes.Add(new Mistake(file, LineOf(Find(key) ?? node), PathOf(key), rule));

    public void RefuseAt(int line, string key, string rule) => mistakes.Add(new Mistake(file, line, PathOf(key), rule));

    /// <summary>Refuses every field that nobody asked for. Called last.</summary>
    public void RefuseOthers()
    {
        foreach (var key in node.Children.Keys.Where(key => !known.Contains(NameOf(key))))
        {
            mistakes.Add(new Mistake(file, LineOf(key), PathOf(NameOf(key)), $"There is no such field here. Known are: {string.Join(", ", known.Order(StringComparer.Ordinal))}."));
        }
    }

    public string Text(string key) => Required(key) is { } found ? Scalar(found, key) : "";

    public string? OptionalText(string key) => Find(key) is { } found ? Scalar(found, key) : null;

    /// <summary>A text of a certain form, such as a code.</summary>
    public string Text(string key, Regex form, string rule)
    {
        var text = Text(key);
        if (text.Length == 0 || form.IsMatch(text))
        {
            return text;
        }

        Refuse(key, rule);
        return "";
    }

    public LocalizedText Texts(string key) => Required(key) is { } found ? TextsIn(found, key) : new LocalizedText(new SortedDictionary<string, string>());

    public LocalizedText? OptionalTexts(string key) => Find(key) is { } found ? TextsIn(found, key) : null;

    public ExactDecimal? Decimal(string key)
    {
        var text = Text(key);
        if (text.Length == 0 || ExactDecimal.TryParse(text, out var value, out var rule))
        {
            return text.Length == 0 ? null : ExactDecimal.Parse(text);
        }

        Refuse(key, rule);
        return null;
    }

    public int Integer(string key, int least, int most)
    {
        var text = Text(key);
        var isInteger = int.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var value);
        if (text.Length > 0 && (!isInteger || value < least || value > most))
        {
            Refuse(key, $"Here belongs a whole number from {least} to {most}.");
        }

        return value;
    }

    public T? Choice<T>(string key)
        where T : struct, Enum
    {
        var text = Text(key);
        if (text.Length == 0 || CatalogueWords<T>.All.TryGetValue(text, out var value))
        {
            return text.Length == 0 ? null : CatalogueWords<T>.All[text];
        }

        Refuse(key, $"\"{text}\" is none of: {string.Join(", ", CatalogueWords<T>.All.Keys.Order(StringComparer.Ordinal))}.");
        return null;
    }

    public T? OptionalChoice<T>(string key)
        where T : struct, Enum => Has(key) ? Choice<T>(key) : null;

    /// <summary>One of a list of names that belong to somebody else, exactly as he writes it; or nothing.</summary>
    public string? OptionalName(string key, IReadOnlyList<string> names)
    {
        var text = OptionalText(key);
        if (text is { Length: > 0 } && !names.Contains(text, StringComparer.Ordinal))
        {
            Refuse(key, $"\"{text}\" is none of: {string.Join("; ", names)}.");
        }

        return text;
    }

    /// <summary>The items of a list that has at least one.</summary>
    public IReadOnlyList<YamlNode> List(string key, int most)
    {
        if (Required(key) is not { } found)
        {
            return [];
        }

        if (found is not YamlSequenceNode { Children.Count: > 0 } list || list.Children.Count > most)
        {
            Refuse(key, $"Here belongs a list of 1 to {most} items.");
            return [];
        }

        return [.. list.Children];
    }

    /// <summary>The texts of a list, each once and with its line; those that are refused are left out.</summary>
    public IReadOnlyList<(string Text, int Line)> Texts(string key, int most, Regex form, string rule)
    {
        var texts = new List<(string Text, int Line)>();
        var seen = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (item, i) in List(key, most).Select((item, i) => (item, i)))
        {
            var (text, line) = (Scalar(item, $"{key}[{i}]"), LineOf(item));
            if (text.Length == 0)
            {
                continue;
            }

            if (form.IsMatch(text) && seen.Add(text))
            {
                texts.Add((text, line));
                continue;
            }

            RefuseAt(line, $"{key}[{i}]", seen.Contains(text) ? $"{text} stands here twice." : rule);
        }

        return texts;
    }

    /// <summary>The mappings of a list.</summary>
    public IEnumerable<YamlFields> Maps(string key, int most) =>
        List(key, most).Select((item, i) => From(file, $"{PathOf(key)}[{i}]", item, mistakes)).OfType<YamlFields>();

    public YamlFields? Map(string key) => Required(key) is { } found ? From(file, PathOf(key), found, mistakes) : null;

    private LocalizedText TextsIn(YamlNode found, string key)
    {
        var texts = new SortedDictionary<string, string>(StringComparer.Ordinal);
        if (From(file, PathOf(key), found, mistakes) is not { } languages)
        {
            return new LocalizedText(texts);
        }

        texts[LocalizedText.English] = languages.Text(LocalizedText.English);
        foreach (var language in languages.Keys.Where(key => CatalogueForms.Language().IsMatch(key)))
        {
            texts[language] = languages.Text(language);
        }

        languages.RefuseOthers();
        return new LocalizedText(texts);
    }

    private IEnumerable<string> Keys => node.Children.Keys.Select(NameOf);

    private YamlNode? Required(string key)
    {
        var found = Find(key);
        if (found is null)
        {
            Refuse(key, "The field is missing.");
        }

        return found;
    }

    private YamlNode? Find(string key)
    {
        known.Add(key);
        return node.Children.TryGetValue(new YamlScalarNode(key), out var found) ? found : null;
    }

    private string Scalar(YamlNode found, string key)
    {
        if (found is YamlScalarNode { Value: { } text } && text.Trim().Length is > 0 and <= Limits.TextCharsMax)
        {
            return text.Trim();
        }

        RefuseAt(LineOf(found), key, $"Here belongs a text of 1 to {Limits.TextCharsMax} characters.");
        return "";
    }

    private string PathOf(string key) => path.Length == 0 ? key : $"{path}.{key}";

    private static string NameOf(YamlNode key) => (key as YamlScalarNode)?.Value ?? key.ToString();
}
