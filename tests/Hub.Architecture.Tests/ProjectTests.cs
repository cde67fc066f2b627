using System.Xml.Linq;
using Xunit;

namespace Hub.Architecture.Tests;

/// <summary>Which project may reference which: the picture of the design, and nothing besides.</summary>
public sealed class ProjectTests
{
    /// <summary>Project → what it may reference. A project that is not here fails.</summary>
    private static readonly Dictionary<string, string[]> Diagram = new()
    {
        ["Hub.Contracts"] = [],
        ["Hub.Privacy"] = [],
        ["Hub.Privacy.Solver"] = ["Hub.Privacy"],
        ["Hub.Transparency"] = [],
        ["Hub.Silo"] = ["Hub.Contracts", "Hub.Privacy", "Hub.Privacy.Solver", "Hub.Transparency"],
        ["Hub.Authority"] = [],
        ["Hub.Client"] = ["Hub.Contracts", "Hub.Transparency"],
        ["Hub.Cli"] = ["Hub.Client"],
        ["Hub.Console"] = ["Hub.Client"],
        // Its demo is told through the SDK.
        ["Hub.Standalone"] = ["Hub.Silo", "Hub.Authority", "Hub.Console", "Hub.Client"],
    };

    public static TheoryData<string> Projects => [.. Directory.EnumerateFiles(Path.Combine(Checkout.Root, "src"), "*.csproj", SearchOption.AllDirectories)
        .Select(file => Path.GetFileNameWithoutExtension(file)!)];

    [Theory]
    [MemberData(nameof(Projects))]
    public void Project_OfSrc_ReferencesOnlyWhatTheDiagramAllows(string project)
    {
        var file = XDocument.Parse(Checkout.Read($"src/{project}/{project}.csproj"));

        Assert.Empty(Violations(project, file));
    }

    [Fact]
    public void Rule_OnAReferenceTheWrongWay_Fails()
    {
        var client = XDocument.Parse("""<Project><ItemGroup><ProjectReference Include="../Hub.Silo/Hub.Silo.csproj" /></ItemGroup></Project>""");

        Assert.Equal(["Hub.Client → Hub.Silo"], Violations("Hub.Client", client));
        Assert.Single(Violations("Hub.Common", client));
        Assert.Equal(["Hub.Privacy → package CsCheck"], Violations("Hub.Privacy", XDocument.Parse("""<Project><ItemGroup><PackageReference Include="CsCheck" /></ItemGroup></Project>""")));
    }

    [Fact]
    public void Privacy_AsItIsBuilt_ReferencesTheRuntimeOnly()
    {
        Assert.Empty(Foreign(typeof(Privacy.Publication).Assembly.GetReferencedAssemblies().Select(a => a.Name!)));

        // The twin: the rule sees a library where there is one.
        Assert.NotEmpty(Foreign(typeof(Transparency.Checkpoint).Assembly.GetReferencedAssemblies().Select(a => a.Name!)));
    }

    [Fact]
    public void Project_OfSrc_IsInNoLayerOfThoseThatAreNotUsed()
    {
        string[] unused = ["Domain", "Application", "Infrastructure", "Common", "Shared", "Core"];

        Assert.DoesNotContain(Projects, row => unused.Any(name => row.Data.EndsWith($".{name}", StringComparison.Ordinal)));
    }

    private static IEnumerable<string> Foreign(IEnumerable<string> assemblies) =>
        assemblies.Where(name => !name.StartsWith("System", StringComparison.Ordinal) && name is not ("netstandard" or "mscorlib"));

    private static List<string> Violations(string project, XDocument file)
    {
        if (!Diagram.TryGetValue(project, out var allowed)) return [$"{project} is not in the diagram"];
        var references = file.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension(((string)r.Attribute("Include")!).Replace('\\', '/')));
        var packages = project == "Hub.Privacy" ? file.Descendants("PackageReference").Select(r => $"package {(string)r.Attribute("Include")!}") : [];
        return [.. references.Where(r => !allowed.Contains(r)).Concat(packages).Select(r => $"{project} → {r}")];
    }
}
