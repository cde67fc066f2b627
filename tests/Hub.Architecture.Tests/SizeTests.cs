using Xunit;

namespace Hub.Architecture.Tests;

/// <summary>A reader holds a file and a method in the head: limits on both.</summary>
public sealed class SizeTests
{
    private const int FileLinesMax = 400;
    private const int MethodLinesMax = 50;

    [Fact]
    public void File_OfSourcesAndTests_HasAtMostFourHundredLines()
    {
        var files = Checkout.Sources("src", "tests").ToList();

        Assert.True(files.Count > 200);
        Assert.Empty(files.SelectMany(LongFiles));
        Assert.Single(LongFiles(new SourceFile("Long.cs", new string('\n', FileLinesMax + 1))));
    }

    [Fact]
    public void File_OfSources_IsSmallAsARule()
    {
        var lengths = Checkout.Sources("src").Select(file => file.Lines.Length).Order().ToList();

        Assert.InRange(lengths[lengths.Count / 2], 20, 80);
    }

    [Fact]
    public void Method_OfSourcesAndTests_HasAtMostFiftyLines()
    {
        Assert.Empty(Checkout.Sources("src", "tests").SelectMany(LongMethods));

        // The twin: a long method is seen, a short one is not.
        Assert.Single(LongMethods(Class(MethodLinesMax + 1)));
        Assert.Empty(LongMethods(Class(MethodLinesMax - 2)));
    }

    private static SourceFile Class(int lines) => new("X.cs", $"class X\n{{\n    private void Long()\n    {{\n{string.Concat(Enumerable.Repeat("        Call();\n", lines))}    }}\n}}\n");

    private static IEnumerable<string> LongFiles(SourceFile file) =>
        file.Lines.Length > FileLinesMax + 1 ? [$"{file.Name}: {file.Lines.Length - 1} lines"] : [];

    // By the layout that the editor's settings enforce: members begin at four spaces, and so do their braces.
    private static IEnumerable<string> LongMethods(SourceFile file)
    {
        var lines = file.Lines;
        for (var i = 1; i < lines.Length; i++)
        {
            if (lines[i].TrimEnd() != "    {" || !lines[i - 1].TrimEnd().EndsWith(')') || lines[i - 1].TrimEnd().EndsWith(" new()", StringComparison.Ordinal)) continue;
            var end = Array.FindIndex(lines, i, line => line.TrimEnd() is "    }" or "    };");
            if (end - i - 1 > MethodLinesMax) yield return $"{file.Name}:{i}: {end - i - 1} lines";
        }
    }
}
