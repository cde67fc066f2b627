using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json.Serialization;

namespace Hub.Silo.Catalogue;

/// <summary>The words by which files and entries name an enum's values: one place for both.</summary>
internal static class CatalogueWords<T>
    where T : struct, Enum
{
    public static readonly FrozenDictionary<string, T> All = Enum.GetValues<T>().ToFrozenDictionary(
        value => typeof(T).GetField(value.ToString())!.GetCustomAttribute<JsonStringEnumMemberNameAttribute>()!.Name);
}

/// <summary>Names that are not ours to invent, exactly as their owner writes them.</summary>
internal static class CatalogueNames
{
    /// <summary>The ten key factors of the Revised Arusha Declaration.</summary>
    public static readonly IReadOnlyList<string> ArushaFactors =
    [
        "Leadership and Commitment",
        "Regulatory Framework",
        "Transparency",
        "Automation",
        "Reform and Modernization",
        "Audit and Investigation",
        "Code of Conduct",
        "Human Resource Management",
        "Morale and Organizational Culture",
        "Relationship with the Private Sector",
    ];

    /// <summary>The four dimensions of the WCO's Performance Measurement Mechanism.</summary>
    public static readonly IReadOnlyList<string> PmmDimensions =
    [
        "Trade Facilitation and Economic Competitiveness",
        "Revenue Collection",
        "Enforcement, Security and Protection of Society",
        "Organizational Development",
    ];
}
