using Xunit;

namespace Hub.Transparency.Tests;

/// <summary>The text of a checkpoint, against the example of C2SP tlog-checkpoint.</summary>
public sealed class CheckpointTests
{
    private const string Root = "CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=";
    private const string Published = $"example.com/behind-the-sofa\n20852163\n{Root}\n";

    [Fact]
    public void Checkpoint_OfTheSpecification_IsReadAndWritten()
    {
        var checkpoint = Checkpoint.Parse(Published);
        Assert.Equal(new Checkpoint("example.com/behind-the-sofa", 20_852_163, Convert.FromBase64String(Root)), checkpoint);
        Assert.Equal(Published, checkpoint.ToText());
    }

    [Fact]
    public void Checkpoint_WithExtensionLines_IsReadWithoutThem() =>
        Assert.Equal(Checkpoint.Parse(Published), Checkpoint.Parse(Published + "extension\n"));

    [Theory]
    [InlineData("")]
    [InlineData($"origin\n1\n{Root}")]
    [InlineData($"\n1\n{Root}\n")]
    [InlineData($"origin\n\n{Root}\n")]
    [InlineData($"origin\n1\n{Root}\n\n")]
    [InlineData($"origin\n01\n{Root}\n")]
    [InlineData($"origin\n+1\n{Root}\n")]
    [InlineData($"origin\n-1\n{Root}\n")]
    [InlineData($"origin\n1 \n{Root}\n")]
    [InlineData($"origin\n9223372036854775808\n{Root}\n")]
    [InlineData("origin\n1\nAAAA\n")]
    [InlineData("origin\n1\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J=\n")] // stray bits: a second spelling of the root
    [InlineData("origin\n1\n CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n")]
    public void Checkpoint_Malformed_IsRefused(string text) => Assert.Throws<FormatException>(() => Checkpoint.Parse(text));

    [Fact]
    public void Checkpoint_ThatCouldNotBeRead_IsNotWritten()
    {
        Assert.ThrowsAny<ArgumentException>(() => new Checkpoint("two\nlines", 1, new byte[32]).ToText());
        Assert.ThrowsAny<ArgumentException>(() => new Checkpoint("origin", -1, new byte[32]).ToText());
        Assert.ThrowsAny<ArgumentException>(() => new Checkpoint("origin", 1, new byte[31]).ToText());
    }
}
