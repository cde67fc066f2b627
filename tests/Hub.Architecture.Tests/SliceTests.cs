using System.Text.RegularExpressions;
using Xunit;

namespace Hub.Architecture.Tests;

/// <summary>Slices look alike: decisions and folds are pure, the wire's types stay at the edge.</summary>
public sealed partial class SliceTests
{
    // The one type of the contract that rules may name is ErrorReason, which GlobalUsings.cs brings.
    private static readonly string[] EdgeSuffixes = ["Mapping.cs", "Service.cs", "Hosting.cs", "Stream.cs"];

    private static readonly string[] EdgeFolders = ["src/Hub.Silo/Hosting/", "src/Hub.Silo/Access/"];

    /// <summary>Files inside that name the wire's types all the same, and why.</summary>
    private static readonly Dictionary<string, string> Excepted = new()
    {
        ["src/Hub.Silo/Benchmarks/PublishedEdition.cs"] = "What was published is kept ready as the very messages that answer.",
        ["src/Hub.Silo/Benchmarks/BenchmarkCsv.cs"] = "It writes what those messages say.",
        ["src/Hub.Silo/Benchmarks/ReleaseWatch.cs"] = "It writes to a gRPC stream.",
        ["src/Hub.Silo/Benchmarks/WatchPosition.cs"] = "It reads a position that came over the wire.",
        ["src/Hub.Silo/Releases/ReleaseRules.cs"] = "A refusal names the state as the wire does, in its metadata.",
        ["src/Hub.Silo/Catalogue/OwnSubmissions.cs"] = "It answers the service in its own words.",
    };

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
    public void WireTypes_OutsideTheEdge_AreNotNamed()
    {
        var inner = Checkout.Sources("src/Hub.Silo").Where(file => !IsEdge(file)).ToList();

        Assert.True(inner.Count > 50);
        Assert.Empty(inner.Where(file => !Excepted.ContainsKey(file.Name)).SelectMany(WireTypes));
        Assert.All(Excepted.Keys, name => Assert.NotEmpty(WireTypes(inner.Single(file => file.Name == name))));
        // The twin: a service names them.
        Assert.NotEmpty(WireTypes(new SourceFile("src/Hub.Silo/X/XGrain.cs", "using Hub.V1;")));
        Assert.NotEmpty(WireTypes(new SourceFile("src/Hub.Silo/X/XGrain.cs", "private V1.Submission submission;")));
        Assert.NotEmpty(WireTypes(new SourceFile("src/Hub.Silo/X/XGrain.cs", "using Google.Protobuf;")));
    }

    [Fact]
    public void Slices_OfTheWriteSide_DoNotCallTheReadSide()
    {
        string[] writing = ["Registry", "Catalogue", "Administrations", "Ledger", "Access"];

        Assert.Empty(Checkout.Sources([.. writing.Select(slice => $"src/Hub.Silo/{slice}")]).SelectMany(CallsOfTheReadSide));
        Assert.NotEmpty(CallsOfTheReadSide(new SourceFile("src/Hub.Silo/Administrations/X.cs", "using Hub.Silo.Benchmarks;")));
    }

    private static bool IsPure(SourceFile file) => file.Name.EndsWith("Rules.cs", StringComparison.Ordinal) || file.Name.EndsWith("State.cs", StringComparison.Ordinal);

    private static bool IsEdge(SourceFile file) =>
        EdgeSuffixes.Any(suffix => file.Name.EndsWith(suffix, StringComparison.Ordinal)) || EdgeFolders.Any(folder => file.Name.StartsWith(folder, StringComparison.Ordinal))
        || file.Name is "src/Hub.Silo/GlobalUsings.cs";

    private static IEnumerable<string> Impurities(SourceFile file) => Named(file, Impure());

    private static IEnumerable<string> WireTypes(SourceFile file) => Named(file, Wire());

    private static IEnumerable<string> CallsOfTheReadSide(SourceFile file) => Named(file, ReadSide());

    private static IEnumerable<string> Named(SourceFile file, Regex pattern) => file.Lines
        .Select((line, i) => (Text: line.Trim(), Number: i + 1))
        .Where(line => !line.Text.StartsWith("//", StringComparison.Ordinal) && pattern.IsMatch(line.Text))
        .Select(line => $"{file.Name}:{line.Number}: {line.Text}");

    [GeneratedRegex(@"System\.IO|System\.Net|Microsoft\.Data|\b(File|Directory|HttpClient|SqliteConnection|Console)\.?\b[.(\s]|UtcNow|GetUtcNow|Guid\.NewGuid|new Random\(|\basync\b|\bawait\b|\bILedger\b|IGrainFactory")]
    private static partial Regex Impure();

    [GeneratedRegex(@"using Hub\.V1;|\bV1\.|Google\.(Protobuf|Rpc|Type)|using Grpc\.")]
    private static partial Regex Wire();

    [GeneratedRegex(@"Hub\.Silo\.(Benchmarks|Releases)\b")]
    private static partial Regex ReadSide();
}
