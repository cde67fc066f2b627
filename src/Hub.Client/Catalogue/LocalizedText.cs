namespace Hub.Client;

/// <summary>A text in several languages.</summary>
/// <param name="Texts">BCP 47 tag to text; English (<c>en</c>) is always there.</param>
public sealed record LocalizedText(IReadOnlyDictionary<string, string> Texts)
{
    internal static LocalizedText Empty { get; } = new(new Dictionary<string, string>());

    /// <summary>The text in this language, else in its base language, else in English.</summary>
    /// <param name="language">BCP 47 tag, for example <c>fr-CA</c>.</param>
    public string In(string language)
    {
        ArgumentNullException.ThrowIfNull(language);
        return Texts.GetValueOrDefault(language) ?? Texts.GetValueOrDefault(language.Split('-')[0]) ?? Texts.GetValueOrDefault("en") ?? "";
    }

    /// <summary>The text in English.</summary>
    public override string ToString() => In("en");
}
