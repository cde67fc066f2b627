using System.Text.Json;
using CsCheck;
using Xunit;
using static Hub.Transparency.Tests.Vectors;

namespace Hub.Transparency.Tests;

/// <summary>The leaf format: our published vectors, one form for each header, strictness.</summary>
public sealed class EntryHeaderTests
{
    private static readonly Gen<EntryHeader> Headers =
        from texts in Gen.String[Gen.Char["abcæж字/."], 1, 40].Array[3]
        from version in Gen.Long[0, long.MaxValue]
        from schema in Gen.Int[0, int.MaxValue]
        from ticks in Gen.Long[0, DateTimeOffset.MaxValue.Ticks]
        select new EntryHeader(texts[0], texts[1], version, texts[2], schema, new DateTimeOffset(ticks, TimeSpan.Zero));

    public static TheoryData<string> VectorNames => [.. LeafVectors().Keys];

    [Theory, MemberData(nameof(VectorNames))]
    public void Leaf_PublishedVector_IsReproduced(string name)
    {
        var vector = LeafVectors()[name];
        string Text(string field) => vector.GetProperty(field).GetString()!;
        var fields = vector.GetProperty("header");
        var header = new EntryHeader(
            fields.GetProperty("origin").GetString()!, fields.GetProperty("stream").GetString()!, fields.GetProperty("version").GetInt64(),
            fields.GetProperty("kind").GetString()!, fields.GetProperty("schema").GetInt32(),
            DateTimeOffset.UnixEpoch.AddTicks(10 * fields.GetProperty("unixMicroseconds").GetInt64()));
        Assert.Equal(Text("headerHex"), Hex(header.ToBytes()));
        Assert.Equal(header, EntryHeader.Parse(Hex(Text("headerHex"))));
        var payloadHash = Leaf.PayloadHash(Hex(Text("saltHex")), Hex(Text("payloadHex")));
        Assert.Equal(Text("payloadHashHex"), Hex(payloadHash));
        Assert.Equal(Text("leafHashHex"), Hex(Leaf.Hash(header.ToBytes(), payloadHash)));
    }

    [Fact]
    public void Header_WrittenAndRead_IsTheSame() =>
        Headers.Sample(header =>
        {
            var read = EntryHeader.Parse(header.ToBytes());
            Assert.Equal(header, read);
            Assert.Equal(header.ToBytes(), read.ToBytes());
        });

    [Fact]
    public void Header_CutOrContinued_IsRefused() =>
        Headers.Sample(header =>
        {
            var bytes = header.ToBytes();
            for (var length = 0; length < bytes.Length; length++)
                Assert.Throws<FormatException>(() => EntryHeader.Parse(bytes.AsSpan(0, length)));
            Assert.Throws<FormatException>(() => EntryHeader.Parse([.. bytes, 0]));
        }, iter: 50);

    [Fact]
    public void Header_AnyByteChanged_IsRefusedOrReadsOtherwise() =>
        Headers.Sample(header =>
        {
            for (var i = 0; i < header.ToBytes().Length; i++)
            {
                var bytes = header.ToBytes();
                bytes[i] ^= 0x41;
                try
                {
                    var read = EntryHeader.Parse(bytes);
                    Assert.NotEqual(header, read);
                    Assert.Equal(bytes, read.ToBytes());
                }
                catch (FormatException)
                {
                    // Refused: as good.
                }
            }
        }, iter: 50);

    [Fact]
    public void Time_FinerThanMicroseconds_IsTruncatedToUtc()
    {
        var time = new DateTimeOffset(2026, 11, 24, 12, 0, 0, TimeSpan.FromHours(2)).AddTicks(19);
        var header = Logs.Header(1) with { Time = time };
        Assert.Equal(time.AddTicks(-9), header.Time);
        Assert.Equal(TimeSpan.Zero, header.Time.Offset);
        Assert.Equal(header, EntryHeader.Parse(header.ToBytes()));
        var before1970 = Logs.Header(1) with { Time = DateTimeOffset.UnixEpoch.AddTicks(-1) };
        Assert.Equal(DateTimeOffset.UnixEpoch.AddTicks(-10), before1970.Time);
    }

    [Fact]
    public void Header_WithTextsOrNumbersOutOfBounds_IsNotWritten()
    {
        var good = Logs.Header(1);
        Assert.ThrowsAny<ArgumentException>(() => (good with { Origin = "" }).ToBytes());
        Assert.ThrowsAny<ArgumentException>(() => (good with { Stream = new string('a', 65_536) }).ToBytes());
        Assert.ThrowsAny<ArgumentException>(() => (good with { Kind = "\ud800" }).ToBytes());
        Assert.ThrowsAny<ArgumentException>(() => (good with { Version = -1 }).ToBytes());
        Assert.ThrowsAny<ArgumentException>(() => (good with { Schema = -1 }).ToBytes());
        Assert.Equal(65_535, EntryHeader.Parse((good with { Stream = new string('a', 65_535) }).ToBytes()).Stream.Length);
    }

    [Fact]
    public void PayloadHash_SaltOfAnotherLength_IsRefused() =>
        Assert.Throws<ArgumentException>(() => Leaf.PayloadHash(new byte[31], [1]));

    private static Dictionary<string, JsonElement> LeafVectors()
    {
        using var file = File.OpenRead(Repository.Path("tests", "Hub.Transparency.Tests", "vectors", "leaf.json"));
        using var document = JsonDocument.Parse(file);
        return document.RootElement.GetProperty("vectors").EnumerateArray()
            .ToDictionary(v => v.GetProperty("name").GetString()!, v => v.Clone());
    }
}
