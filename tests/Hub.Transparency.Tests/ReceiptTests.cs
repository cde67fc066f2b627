using Xunit;

namespace Hub.Transparency.Tests;

/// <summary>Receipts: what they prove, and what each kind of tampering is called.</summary>
public sealed class ReceiptTests
{
    private static readonly Receipt Good = Logs.Receipt(5, 11);

    [Fact]
    public void Receipt_Untouched_ProvesHeaderAndCheckpoint()
    {
        var verdict = Good.Verify(Logs.Key);
        Assert.True(verdict.IsVerified, verdict.ToString());
        Assert.Equal(Logs.Header(5), verdict.Header);
        Assert.Equal(11, verdict.Checkpoint.Size);
    }

    [Fact]
    public void Receipt_SavedAndRead_IsTheSame() => Assert.Equal(Good, Receipt.FromJson(Good.ToJson()));
}
