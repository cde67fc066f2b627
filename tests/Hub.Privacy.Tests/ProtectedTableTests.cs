using System.Text;

namespace Hub.Privacy.Tests;

public sealed class ProtectedTableTests
{
    private static ProtectedTable Table() => (Scenario.Of([.. Enumerable.Range(0, 45).Select(i => i * 37 % 100 + 0.25m)]) with
    {
        Partition = Scenario.Groups(20, 12, 9),
    }).Protect().Table!;

    [Fact]
    public void Read_WhatWasWritten_IsTheSameByteForByte()
    {
        var bytes = Table().Write();

        Assert.Equal(bytes, ProtectedTable.Read(bytes).Write());
    }

    [Fact]
    public void Read_EachPrefix_IsRefused()
    {
        var bytes = Table().Write();

        for (var length = 0; length < bytes.Length; length += 7)
        {
            Assert.Throws<FormatException>(() => ProtectedTable.Read(bytes.AsMemory(0, length)));
        }
    }

    [Theory]
    [InlineData("\"edition\":1", "\"edition\": 1")]
    [InlineData("\"edition\":1", "\"edition\":1.0")]
    [InlineData("\"edition\":1", "\"edition\":0")]
    [InlineData("\"edition\":1", "\"edition\":1,\"edition\":1")]
    [InlineData("\"format\":", "\"unknown\":1,\"format\":")]
    [InlineData("hub-protected-table/1", "hub-protected-table/2")]
    [InlineData("\"step\":\"full\"", "\"step\":\"without-quantiles\"")]
    [InlineData("\"step\":\"full\"", "\"step\":\"Full\"")]
    [InlineData("\"band\":\"30-49\"", "\"band\":\"31-49\"")]
    [InlineData("\"band\":\"30-49\"", "\"band\":null")]
    [InlineData("\"group\":\"all\"", "\"group\":\"g0\"")]
    [InlineData("\"width\":\"10\"", "\"width\":\"10.0\"")]
    [InlineData("\"roundedTo\":\"0.25\"", "\"roundedTo\":\"0.3\"")]
    [InlineData("\"roundedTo\":\"0.25\"", "\"roundedTo\":\"0.00\"")]
    [InlineData("\"roundedTo\":\"0.25\"", "\"roundedTo\":0.25")]
    [InlineData("\"joined\":[\"g2\"]", "\"joined\":[\"g2\",\"g2\"]")]
    [InlineData("\"joined\":[\"g2\"]", "\"joined\":[null]")]
    [InlineData("\"kind\":\"score\"", "\"kind\":\"variation\"")]
    public void Read_AnotherForm_IsRefused(string found, string replaced)
    {
        var text = Encoding.UTF8.GetString(Table().Write());
        Assert.Contains(found, text, StringComparison.Ordinal);
        var place = text.IndexOf(found, StringComparison.Ordinal);
        var changed = text[..place] + replaced + text[(place + found.Length)..];

        Assert.Throws<FormatException>(() => ProtectedTable.Read(Encoding.UTF8.GetBytes(changed)));
    }

    [Fact]
    public void Read_Nonsense_TellsNothingOfIt()
    {
        var refusal = Assert.Throws<FormatException>(() => ProtectedTable.Read("{\"format\":31415.9265}"u8.ToArray()));

        Assert.DoesNotContain("31415", refusal.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void AudienceOf_CellAndStatistic_IsThePlans()
    {
        var indicator = Table().Indicators[0];

        Assert.Equal(Audience.Public, indicator.AudienceOf(indicator.Cells[0], Statistic.Mean));
        Assert.Equal(Audience.Members, indicator.AudienceOf(indicator.Cells[1], Statistic.Mean));
        Assert.Equal(Audience.Contributors, indicator.AudienceOf(indicator.Cells[0], Statistic.Median));
    }
}
