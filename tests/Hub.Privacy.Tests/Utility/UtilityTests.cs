namespace Hub.Privacy.Tests.Utility;

public sealed class UtilityTests
{
    [Fact]
    public void Readme_Utility_IsWhatTheCommandPrints()
    {
        var readme = File.ReadAllText(Path.Combine(Samples.Root(), "src", "Hub.Privacy", "README.md"));
        var start = readme.IndexOf("<!-- utility -->\n", StringComparison.Ordinal) + "<!-- utility -->\n".Length;
        var end = readme.IndexOf("<!-- /utility -->", StringComparison.Ordinal);

        Assert.Equal(UtilityReport.Text(Samples.Read()), readme[start..end]);
    }
}
