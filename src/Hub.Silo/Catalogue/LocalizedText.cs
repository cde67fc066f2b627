namespace Hub.Silo.Catalogue;

/// <summary>A text in several languages: BCP 47 tag to text. English is always there.</summary>
internal sealed record LocalizedText(IReadOnlyDictionary<string, string> Texts)
{
    public const string English = "en";
}
