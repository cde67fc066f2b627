using System.Runtime.CompilerServices;
using Xunit;

namespace Hub.SystemTests.Client;

public sealed class ReadmeTests
{
    [Fact]
    public void FiveLines_OfTheReadme_AreThoseThatTheSampleCompiles()
    {
        var readme = File.ReadAllText(Path.Combine(Root(), "src", "Hub.Client", "README.md"));
        var sample = File.ReadAllLines(Path.Combine(Root(), "samples", "first-submission", "Program.cs")).Select(line => line.Trim()).ToArray();

        var shown = readme.Split("```csharp\n")[1].Split("```")[0].Split('\n', StringSplitOptions.RemoveEmptyEntries);

        Assert.Equal(5, shown.Length);
        var start = Array.IndexOf(sample, shown[0]);
        Assert.True(start >= 0, shown[0]);
        Assert.Equal(shown, sample.Skip(start).Take(5));
    }

    [Fact]
    public void Blocks_OfTheReadmeAfterTheOptions_AreThoseThatTheSecondSampleCompiles()
    {
        var readme = File.ReadAllText(Path.Combine(Root(), "src", "Hub.Client", "README.md"));
        var sample = Unindented(File.ReadAllText(Path.Combine(Root(), "samples", "after-submission", "Program.cs")));

        var shown = readme.Split("```csharp\n").Skip(3).Select(block => Unindented(block.Split("```")[0])).ToList();

        Assert.Equal(9, shown.Count);
        Assert.All(shown, block => Assert.Contains(block, sample, StringComparison.Ordinal));
    }

    private static string Unindented(string code) => string.Join('\n', code.Split('\n').Select(line => line.Trim()));

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
