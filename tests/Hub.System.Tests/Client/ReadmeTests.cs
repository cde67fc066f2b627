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

    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "..", "..", ".."));
}
