using Hub.SystemTests.OtherClients;
using Xunit;

namespace Hub.SystemTests.Standalone;

/// <summary>The deployed programs, started as nobody should: every mistake of the configuration at once, and no stack trace.</summary>
public sealed class ProgramTests
{
    [Theory]
    [InlineData("Hub.Silo.dll", "Authority:Issuer must be ", "Hub:CatalogueFolder: there is no folder ")]
    [InlineData("Hub.Authority.dll", "Authority:Issuer must be ", "Authority:DataFolder must be ")]
    public async Task Program_WithoutConfiguration_NamesEveryMistakeAndEnds(string program, params string[] mistakes)
    {
        var (exitCode, _, errors) = await Tool.RunAsync(
            "dotnet", [Path.Combine(AppContext.BaseDirectory, program), "--Hub:CatalogueFolder=nowhere"], "", TestContext.Current.CancellationToken);

        Assert.Equal(1, exitCode);
        Assert.All(mistakes, mistake => Assert.Contains(mistake, errors, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }
}
