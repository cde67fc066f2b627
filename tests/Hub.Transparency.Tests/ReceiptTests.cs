using System.Text;
using System.Text.Json.Nodes;
using Xunit;

namespace Hub.Transparency.Tests;

/// <summary>Receipts: what they prove, and that no changed byte goes unseen.</summary>
public sealed class ReceiptTests
{
    private static readonly Receipt Good = Logs.Receipt(5, 11);
    private static readonly Ed25519Signer Stranger = Ed25519Signer.Generate(Logs.Origin, Logs.Seed(99));

    /// <summary>Each failure with a receipt that has nothing else wrong before it.</summary>
    public static TheoryData<ReceiptFailure> Failures => [.. Enum.GetValues<ReceiptFailure>().Where(f => f != ReceiptFailure.None)];

    [Fact]
    public void Receipt_Untouched_ProvesHeaderAndCheckpoint()
    {
        var verdict = Good.Verify(Logs.Key);
        Assert.True(verdict.IsVerified, verdict.ToString());
        Assert.Equal(Logs.Header(5), verdict.Header);
        Assert.Equal((Logs.Origin, 11L), (verdict.Checkpoint.Origin, verdict.Checkpoint.Size));
    }

    [Theory, MemberData(nameof(Failures))]
    public void Receipt_WithOneThingWrong_IsRefusedByItsName(ReceiptFailure failure)
    {
        var verdict = Broken(failure).Verify(Logs.Key);
        Assert.Equal(failure, verdict.Failure);
        Assert.False(verdict.IsVerified);
        Assert.Null(verdict.Header);
        Assert.Null(verdict.Checkpoint);
    }

    [Fact]
    public void Receipt_AnyBitOfItsBytesFlipped_IsRefused()
    {
        Refuse(Flips(Good.Header).Select(bytes => Good with { Header = bytes }));
        Refuse(Flips(Good.Salt).Select(bytes => Good with { Salt = bytes }));
        Refuse(Flips(Good.Payload).Select(bytes => Good with { Payload = bytes }));
        for (var i = 0; i < Good.Proof.Count; i++)
            Refuse(Flips(Good.Proof[i]).Select(bytes => Good with { Proof = [.. Good.Proof.Take(i), bytes, .. Good.Proof.Skip(i + 1)] }));
        Refuse(Enumerable.Range(-1, 20).Where(p => p != Good.Position).Select(p => Good with { Position = p }));
        Refuse([Good with { Position = long.MaxValue }, Good with { Position = long.MinValue }]);
    }

    [Fact]
    public void Receipt_AnyCharacterOfItsCheckpointChangedDroppedOrDoubled_IsRefused()
    {
        var note = Good.Checkpoint;
        for (var i = 0; i < note.Length; i++)
        {
            var (before, after) = (note[..i], note[(i + 1)..]);
            var flips = Enumerable.Range(0, 8).Select(bit => before + (char)(note[i] ^ (1 << bit)) + after);
            Refuse(flips.Append(before + after).Append(before + note[i] + note[i] + after).Select(text => Good with { Checkpoint = text }));
        }
    }

    [Fact]
    public void ReceiptFile_AnyByteFlipped_IsRefusedOrMeansTheSame()
    {
        var file = Encoding.UTF8.GetBytes(Good.ToJson());
        var seen = 0;
        foreach (var flipped in Flips(file))
        {
            if (Read(Encoding.UTF8.GetString(flipped)) is not { } receipt) continue;
            seen++;
            Assert.Equal(receipt.Equals(Good), receipt.Verify(Logs.Key).IsVerified);
        }

        Assert.True(seen > 0, "Some flips leave readable JSON, such as a space that became a tab.");
    }

    [Fact]
    public void Receipt_OfAnotherEntryOrTree_DoesNotLendItsParts()
    {
        var other = Logs.Receipt(6, 11);
        Refuse([
            Good with { Proof = other.Proof }, Good with { Position = other.Position }, Good with { Header = other.Header },
            Good with { Payload = other.Payload }, Good with { Salt = other.Salt },
            Good with { Checkpoint = Logs.Receipt(5, 12).Checkpoint }, Good with { Proof = [] },
            Good with { Proof = [.. Good.Proof, new byte[32]] }, Good with { Proof = null! }, Good with { Checkpoint = null! },
            Good with { Header = null! }, Good with { Salt = null! }, Good with { Payload = null! },
        ]);
    }

    [Fact]
    public void Receipt_OfTheOnlyEntry_NeedsNoProof()
    {
        var only = Logs.Receipt(0, 1);
        Assert.Empty(only.Proof);
        Assert.True(only.Verify(Logs.Key).IsVerified);
    }

    [Fact]
    public void ReceiptFile_SavedAndRead_IsTheSame()
    {
        Assert.Equal(Good, Receipt.FromJson(Good.ToJson()));
        Assert.Equal(Good.GetHashCode(), Receipt.FromJson(Good.ToJson()).GetHashCode());
    }

    [Fact]
    public void ReceiptFile_AsTheHubAnswersInJson_IsRead()
    {
        var answer = JsonNode.Parse(Good.ToJson())!;
        answer["name"] = "administrations/UA/submissions/1/receipts/1";
        Assert.Equal("5", answer["position"]!.GetValue<string>());
        Assert.Equal(Good, Receipt.FromJson(new JsonObject { ["receipt"] = answer.DeepClone() }.ToJsonString()));
        // protobuf's JSON may leave out defaults and write small numbers plainly.
        answer["position"] = 5;
        Assert.Equal(Good, Receipt.FromJson(answer.ToJsonString()));
        answer.AsObject().Remove("position");
        Assert.Equal(Good with { Position = 0 }, Receipt.FromJson(answer.ToJsonString()));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("{\"receipt\":7}")]
    [InlineData("{\"header\":null}")]
    [InlineData("{\"proof\":null}")]
    [InlineData("{\"proof\":[null]}")]
    [InlineData("{\"checkpoint\":null}")]
    [InlineData("{\"salt\":\"not base64\"}")]
    [InlineData("{\"position\":1.5}")]
    [InlineData("{\"position\":\"9223372036854775808\"}")]
    public void ReceiptFile_Malformed_IsRefusedWithoutQuotingIt(string json) =>
        Assert.Throws<FormatException>(() => Receipt.FromJson(json));

    [Fact]
    public void Receipt_AsText_ShowsNoPayload() => Assert.DoesNotContain("entry", Good.ToString(), StringComparison.Ordinal);

    private static Receipt Broken(ReceiptFailure failure) => failure switch
    {
        ReceiptFailure.HeaderMalformed => Good with { Header = Good.Header[1..] },
        ReceiptFailure.SaltMalformed => Good with { Salt = Good.Salt[1..] },
        ReceiptFailure.NoteMalformed => Good with { Checkpoint = "no note" },
        ReceiptFailure.SignatureInvalid => Logs.Receipt(5, 11, signer: Stranger),
        ReceiptFailure.CheckpointMalformed => Good with { Checkpoint = SignedNote.Sign("signed, but no checkpoint\n", Logs.Signer) },
        ReceiptFailure.OriginMismatch => Logs.Receipt(5, 11, origin: "hub.example/other"),
        ReceiptFailure.PositionOutsideTree => Good with { Position = 11 },
        ReceiptFailure.ProofInvalid => Good with { Payload = [1, 2, 3] },
        _ => throw new ArgumentOutOfRangeException(nameof(failure)),
    };

    private static void Refuse(IEnumerable<Receipt> receipts) =>
        Assert.All(receipts, receipt => Assert.False(receipt.Verify(Logs.Key).IsVerified));

    private static IEnumerable<byte[]> Flips(byte[] bytes)
    {
        for (var bit = 0; bit < 8 * bytes.Length; bit++)
        {
            var flipped = (byte[])bytes.Clone();
            flipped[bit / 8] ^= (byte)(1 << (bit % 8));
            yield return flipped;
        }
    }

    private static Receipt? Read(string json)
    {
        try
        {
            return Receipt.FromJson(json);
        }
        catch (FormatException)
        {
            return null;
        }
    }
}
