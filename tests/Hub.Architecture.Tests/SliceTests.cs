using System.Text.RegularExpressions;
using Hub.Silo.Hosting;
using Xunit;

namespace Hub.Architecture.Tests;

/// <summary>Slices look alike: decisions and folds are pure, the wire's types stay at the edge, and each slice refers to those of its row.</summary>
public sealed partial class SliceTests
{
    private const string Silo = "Hub.Silo";

    /// <summary>
    /// Slice → the slices that it may refer to; all may refer to types of the root. Who writes refers to nobody who reads: Benchmarks is in
    /// no row but that of Hosting, which puts all together. A slice that is not here fails, and so does a word here that nothing needs.
    /// </summary>
    private static readonly Dictionary<string, string[]> Diagram = new()
    {
        ["Ledger"] = [],
        ["Access"] = ["Ledger", "Registry"],
        ["Registry"] = ["Ledger", "Access", "Hosting"],
        ["Catalogue"] = ["Ledger", "Access", "Administrations", "Hosting"],
        ["Administrations"] = ["Ledger", "Access", "Registry", "Catalogue", "Disclosures", "Hosting"],
        ["Disclosures"] = ["Ledger", "Access", "Catalogue", "Administrations"],
        ["Releases"] = ["Ledger", "Access", "Catalogue", "Disclosures", "Hosting"],
        ["Benchmarks"] = ["Ledger", "Access", "Registry", "Catalogue", "Administrations", "Disclosures", "Releases", "Hosting"],
        ["Hosting"] = ["Ledger", "Access", "Registry", "Catalogue", "Administrations", "Disclosures", "Releases", "Benchmarks"],
    };

    private static readonly string[] Wire = ["Hub.V1", "Google", "Grpc"];

    private static readonly string[] EdgeSuffixes = ["Mapping", "Service", "Hosting", "Stream"];

    private static readonly string[] EdgeSlices = ["Hosting", "Access"];

    /// <summary>Types inside that refer to the wire's types all the same, and why.</summary>
    private static readonly Dictionary<string, string> Excepted = new()
    {
        ["Hub.Silo.Benchmarks.PublishedEdition"] = "What was published is kept ready as the very messages that answer.",
        ["Hub.Silo.Benchmarks.Prepared"] = "It is such a message with its bytes.",
        ["Hub.Silo.Benchmarks.PreparedMethods"] = "It binds the names of the contract.",
        ["Hub.Silo.Benchmarks.BenchmarkCsv"] = "It writes what those messages say.",
        ["Hub.Silo.Benchmarks.ReleaseWatch"] = "It writes to a gRPC stream.",
        ["Hub.Silo.Benchmarks.ReleaseMoment"] = "It names what happened as the stream does.",
        ["Hub.Silo.Catalogue.OwnSubmissions"] = "It answers the service in its own words.",
        ["Hub.Silo.Registry.WhoAmI"] = "It is half of its service.",
    };

    private static readonly IReadOnlyList<Reference> All = References.Of(typeof(HubHosting).Assembly, Silo);

    public static TheoryData<string, string> Allowed => [.. Diagram.SelectMany(row => row.Value.Select(other => (row.Key, other)))];

    public static TheoryData<string> Twins => [.. typeof(Twins.Reading.Figures).Assembly.GetTypes()
        .Where(type => type is { Namespace: "Hub.Architecture.Tests.Twins.Writing", IsNested: false }).Select(type => type.FullName!)];

    // Read as text: a call of the clock or of `async` is a word of a line, and the twins are lines.
    [Fact]
    public void Rules_AndStates_DoNoInputOrOutput()
    {
        var pure = Checkout.Sources("src/Hub.Silo").Where(IsPure).ToList();

        Assert.True(pure.Count >= 8, "Where are the rules?");
        Assert.Empty(pure.SelectMany(Impurities));
        Assert.Empty(Checkout.Sources("src/Hub.Privacy").SelectMany(Impurities));
    }

    // Lines that must not stand in rules, as text: the twins that the rule above must fail on.
    [Theory]
    [InlineData("using System.IO;")]
    [InlineData("var text = File.ReadAllText(path);")]
    [InlineData("await http.GetAsync(address); HttpClient http;")]
    [InlineData("var now = DateTimeOffset.UtcNow;")]
    [InlineData("var now = time.GetUtcNow();")]
    [InlineData("var id = Guid.NewGuid();")]
    [InlineData("var dice = new Random();")]
    [InlineData("public async Task DecideAsync()")]
    public void Rule_OnImpureRules_Fails(string line) =>
        Assert.NotEmpty(Impurities(new SourceFile("src/Hub.Silo/X/XRules.cs", $"internal static class XRules\n{{\n    {line}\n}}")));

    [Fact]
    public void WireTypes_OutsideTheEdge_AreNotReferredTo()
    {
        var inner = All.Where(r => !IsEdge(r.From)).ToList();

        Assert.True(inner.Select(r => r.From).Distinct().Count() > 100, "Where are the types?");
        Assert.DoesNotContain(inner, r => IsWire(r.To) && !Excepted.ContainsKey(r.From));
    }

    [Fact]
    public void WireTypes_AtTheEdgeAndInExceptions_AreSeen()
    {
        Assert.All(Excepted.Keys, name => Assert.Contains(All, r => r.From == name && IsWire(r.To)));
        Assert.All(EdgeSuffixes, suffix => Assert.Contains(All, r => r.From.EndsWith(suffix, StringComparison.Ordinal) && IsWire(r.To)));
    }

    [Fact]
    public void Slices_OfTheSilo_ReferOnlyToThoseOfTheirRow() => Assert.Empty(Violations(Diagram));

    // The twin of each word in the diagram: without it the rule fails, so the diagram allows nothing that is not needed.
    [Theory]
    [MemberData(nameof(Allowed))]
    public void Rule_OnADiagramWithoutAReference_Fails(string slice, string other)
    {
        var without = Diagram.ToDictionary(row => row.Key, row => row.Key == slice ? [.. row.Value.Where(o => o != other)] : row.Value);

        Assert.NotEmpty(Violations(without));
    }

    [Fact]
    public void Rule_OnADiagramWithoutASlice_Fails() =>
        Assert.All(Diagram.Keys, slice => Assert.NotEmpty(Violations(Diagram.Where(row => row.Key != slice).ToDictionary())));

    [Theory]
    [MemberData(nameof(Twins))]
    public void Reference_InWhateverPlace_IsThatOfItsType(string twin)
    {
        var seen = References.Of(typeof(SliceTests).Assembly, "Hub.Architecture.Tests.Twins.Writing");

        Assert.Contains(seen, r => r.From == twin && r.ToNamespace.EndsWith("Twins.Reading", StringComparison.Ordinal));
    }

    private static IEnumerable<string> Violations(Dictionary<string, string[]> diagram) => All
        .Select(r => (Reference: r, From: SliceOf(r.From), To: SliceOf(r.To)))
        .Where(r => r.From is not null && (!diagram.ContainsKey(r.From) || (r.To is not null && r.To != r.From && !diagram[r.From].Contains(r.To))))
        .Select(r => r.Reference.ToString());

    // A type of the root belongs to no slice, and all may refer to it.
    private static string? SliceOf(string type) =>
        type.StartsWith($"{Silo}.", StringComparison.Ordinal) && type.Split('.') is { Length: 4 } parts ? parts[2] : null;

    private static bool IsEdge(string type) =>
        EdgeSuffixes.Any(suffix => type.EndsWith(suffix, StringComparison.Ordinal)) || EdgeSlices.Contains(SliceOf(type));

    // The one type of the contract that rules may name: a refusal's reason is the same word inside and outside.
    private static bool IsWire(string type) =>
        type != "Hub.V1.ErrorReason" && Wire.Any(root => type.StartsWith($"{root}.", StringComparison.Ordinal));

    private static bool IsPure(SourceFile file) => file.Name.EndsWith("Rules.cs", StringComparison.Ordinal) || file.Name.EndsWith("State.cs", StringComparison.Ordinal);

    private static IEnumerable<string> Impurities(SourceFile file) => file.Lines
        .Select((line, i) => (Text: line.Trim(), Number: i + 1))
        .Where(line => !line.Text.StartsWith("//", StringComparison.Ordinal) && Impure().IsMatch(line.Text))
        .Select(line => $"{file.Name}:{line.Number}: {line.Text}");

    [GeneratedRegex(@"System\.IO|System\.Net|Microsoft\.Data|\b(File|Directory|HttpClient|SqliteConnection|Console)\.?\b[.(\s]|UtcNow|GetUtcNow|Guid\.NewGuid|new Random\(|\basync\b|\bawait\b|\bILedger\b|IGrainFactory")]
    private static partial Regex Impure();
}
