using System.Security.Cryptography;
using System.Text;

namespace Hub.Silo.Catalogue;

/// <summary>A file as it was found: its name in the folder, and its text.</summary>
[GenerateSerializer, Immutable, Alias("hub.catalogue-file")]
internal sealed record CatalogueFile(string Name, string Text)
{
    /// <summary>Lower-case hexadecimal, of the text's UTF-8 bytes.</summary>
    public string Sha256 => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));
}

/// <summary>Something that a file describes, and the line where it does.</summary>
/// <param name="PartLines">Lines of its parts that other files must know: a group's members, a collection's indicators.</param>
internal sealed record Placed<T>(T Value, string File, int Line, IReadOnlyList<int> PartLines);

/// <summary>A file that was read. If it has mistakes, what it describes means nothing.</summary>
internal sealed record ParsedFile(CatalogueFile Source)
{
    public List<Placed<Instrument>> Instruments { get; } = [];

    public List<Placed<Indicator>> Indicators { get; } = [];

    public List<Placed<Group>> Groups { get; } = [];

    public List<Placed<PlannedCollection>> Collections { get; } = [];

    public List<Placed<Policy>> Policies { get; } = [];

    public List<Placed<Plan>> Plans { get; } = [];

    /// <summary>Whether each thing in it has a code by which others can name it.</summary>
    public bool Describes => Instruments.Count > 0
        ? Instruments.All(i => i.Value.Code.Length > 0) && Indicators.Count > 0 && Indicators.All(i => i.Value.Code.Length > 0)
        : Groups.Count + Collections.Count + Policies.Count + Plans.Count > 0 && Groups.All(g => g.Value.Code.Length > 0);

    public FileContent Content => new()
    {
        Instruments = [.. Instruments.Select(i => i.Value)],
        Indicators = [.. Indicators.Select(i => i.Value)],
        Groups = [.. Groups.Select(g => g.Value)],
        Collections = [.. Collections.Select(c => c.Value)],
        Policies = [.. Policies.Select(p => p.Value)],
        Plans = [.. Plans.Select(p => p.Value)],
    };
}
