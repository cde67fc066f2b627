using System.Numerics;
using System.Text;
using CsCheck;
using Xunit;
using static Hub.Transparency.Tests.Vectors;

namespace Hub.Transparency.Tests;

/// <summary>Keys, signatures and notes, against RFC 8032 and the vectors of golang.org/x/mod/sumdb/note.</summary>
public sealed class SignedNoteTests
{
    private const string PeterKey = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
    private const string PeterPrivate = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
    private const string EnochKey = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop";
    private const string Text = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
    private const string PeterLine =
        "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
    private const string EnochLine =
        "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n";

    private static readonly NoteVerifier Peter = NoteVerifier.Parse(PeterKey);
    private static readonly NoteVerifier Enoch = NoteVerifier.Parse(EnochKey);

    /// <summary>Notes that are none: the list of note_test.go, and what its rules say besides.</summary>
    public static TheoryData<string> MalformedNotes =>
    [
        "", Text, Text + "\n", Text + "\n" + PeterLine[..^1], "\u0001" + Text + "\n" + PeterLine, "\ud800" + Text + "\n" + PeterLine,
        Text + "\n— Bad Name x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=",
        Text + "\n" + PeterLine + "Unexpected line.\n", Text + "\n" + string.Concat(Enumerable.Repeat(PeterLine, 101)),
        Text + "\n" + PeterLine.Replace("— ", "- "), Text + "\n" + PeterLine.Replace("\n", "\r\n"),
        Text + "\n" + PeterLine.Replace("nAM=", "nAN="),
    ];

    [Theory]
    [InlineData(
        "9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60",
        "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a", "",
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b")]
    [InlineData(
        "4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb",
        "3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c", "72",
        "92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00")]
    public void Ed25519_VectorsOfRfc8032_AreReproduced(string seed, string key, string message, string signature)
    {
        var signer = Ed25519Signer.Generate("rfc8032", Hex(seed));
        Assert.Equal(key, Hex(signer.PublicKey));
        Assert.Equal(signature, Hex(signer.Sign(Hex(message))));
        Assert.True(NoteVerifier.Of(signer).Verify(Hex(message), Hex(signature)));
    }

    [Fact]
    public void Sign_PublishedKeyAndText_GivesThePublishedNote()
    {
        var signer = Ed25519Signer.Parse(PeterPrivate);
        Assert.Equal(Text + "\n" + PeterLine, SignedNote.Sign(Text, signer));
        Assert.Equal(PeterPrivate, signer.ToPrivateKey());
        Assert.Equal(PeterKey, NoteVerifier.Of(signer).ToString());
    }

    [Fact]
    public void Open_PublishedNotes_GiveTheirText()
    {
        Assert.True(SignedNote.TryOpen(Text + "\n" + PeterLine, Peter, out var text));
        Assert.Equal(Text, text);
        Assert.True(SignedNote.TryOpen(Text + "\n" + PeterLine + EnochLine, Peter, out _));
        Assert.True(SignedNote.TryOpen(Text + "\n" + PeterLine + EnochLine, Enoch, out _));
        Assert.False(SignedNote.TryOpen(Text + "\n" + EnochLine, Peter, out _));
        // A wrong signature of the trusted key refuses the note, even beside a right one.
        var wrong = PeterLine.Replace("x08go/ZJ", "x08go/ZK");
        Assert.False(SignedNote.TryOpen(Text + "\n" + PeterLine + wrong, Peter, out _));
        Assert.True(SignedNote.TryOpen(Text + "\n" + EnochLine + wrong, Enoch, out _));
    }

    [Theory, MemberData(nameof(MalformedNotes))]
    public void Open_MalformedNote_IsRefused(string note)
    {
        Assert.False(SignedNote.TryOpen(note, Peter, out var text));
        Assert.Null(text);
    }

    [Fact]
    public void Open_CheckpointOfTheGoChecksumDatabase_Verifies()
    {
        // A note that sum.golang.org signed and served, with the key that the go command carries.
        var key = NoteVerifier.Parse("sum.golang.org+033de0ae+Ac4zctda0e5eza+HJyk9SxEdh+s3Ux18htTTAD8OuAn8");
        var note = Encoding.UTF8.GetString(Convert.FromBase64String(
            "Z28uc3VtIGRhdGFiYXNlIHRyZWUKNjU2NjQyNTgKV1ZWTlZEMnF4K2ZUcTMxemtqNlVBcXhUNVg2SHZHcGhHTStvOFRobmJzZz0KCuKAlCBzdW0uZ29sYW5nLm9yZyBBejNncmxpZ0pt" +
            "Z1g3S0d5R1BLeWJ5a05UaDNWZ3NiTHZVdXZPd3JNNXpMVmx1bG1GcDJ3ZHZieE93NzQvZ2NOeFVSU2hYRXBiN1JYY3MzK0JZZmxZTit3MGdRPQo="));
        Assert.True(SignedNote.TryOpen(note, key, out var text));
        Assert.Equal(("go.sum database tree", 65_664_258L), (Checkpoint.Parse(text).Origin, Checkpoint.Parse(text).Size));
        Assert.False(SignedNote.TryOpen(note.Replace("65664258", "65664259"), key, out _));
    }

    [Fact]
    public void Key_AnyPartOfItOrAnyCharacterChanged_IsRefused()
    {
        for (var start = 0; start <= PeterKey.Length; start++)
            for (var end = start; end <= PeterKey.Length; end++)
                if (end - start < PeterKey.Length) Assert.Throws<FormatException>(() => NoteVerifier.Parse(PeterKey[start..end]));
        for (var i = 0; i < PeterKey.Length; i++)
        {
            var changed = PeterKey.ToCharArray();
            changed[i]++;
            Assert.Throws<FormatException>(() => NoteVerifier.Parse(new string(changed)));
        }
    }

    [Theory]
    [InlineData("PeterNeumann+cc469956+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TWBADKEY==")] // wrong length, id adjusted
    [InlineData("PeterNeumann+173116ae+ZRpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")] // unknown algorithm, id adjusted
    [InlineData("PeterNeumann+C74F20A3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW")] // a second spelling of the same key
    public void Key_OfNote_test_go_ThatIsBad_IsRefused(string key) => Assert.Throws<FormatException>(() => NoteVerifier.Parse(key));

    [Fact]
    public void Key_ThatIsTheNeutralPoint_IsRefused()
    {
        // Its id fits, but under it a signature that nobody made would verify.
        var neutral = new Stranger("weak", [1, .. new byte[31]]);
        Assert.Throws<ArgumentException>(() => NoteVerifier.Of(neutral));
    }

    [Fact]
    public void Key_OfMixedOrder_IsRefused()
    {
        // A good key moved by the point of order 2: (x, y) becomes (−x, −y).
        var key = Ed25519Signer.Parse(PeterPrivate).PublicKey;
        var sign = key[31] & 0x80;
        key[31] &= 0x7f;
        var y = BigInteger.Pow(2, 255) - 19 - new BigInteger(key, isUnsigned: true);
        Assert.True(y.TryWriteBytes(key, out _, isUnsigned: true));
        key[31] |= (byte)(sign ^ 0x80);
        Assert.Throws<ArgumentException>(() => NoteVerifier.Of(new Stranger("mixed", key)));
    }

    [Fact]
    public void Fingerprint_Always_IsTheHashOfThePublicKey() =>
        Assert.Equal(
            Hex(System.Security.Cryptography.SHA256.HashData(Ed25519Signer.Parse(PeterPrivate).PublicKey)), Peter.Fingerprint);

    [Theory]
    [InlineData("no newline")]
    [InlineData("a tab\t\n")]
    [InlineData("")]
    public void Sign_TextThatIsNoNote_IsRefused(string text) =>
        Assert.ThrowsAny<ArgumentException>(() => SignedNote.Sign(text, Logs.Signer));

    [Fact]
    public void Note_SignedByAnyKeyOverAnyText_OpensWithThatKeyOnly() =>
        (from lines in Gen.String[Gen.Char["ab +—ж\n"], 0, 60]
         from seed in Gen.Byte.Array[32]
         select (lines, seed)).Sample(t =>
        {
            var note = SignedNote.Sign(t.lines + "\n", Ed25519Signer.Generate("any.example/key", t.seed));
            Assert.True(SignedNote.TryOpen(note, NoteVerifier.Of(Ed25519Signer.Generate("any.example/key", t.seed)), out var text));
            Assert.Equal(t.lines + "\n", text);
            t.seed[0] ^= 1;
            Assert.False(SignedNote.TryOpen(note, NoteVerifier.Of(Ed25519Signer.Generate("any.example/key", t.seed)), out _));
        }, iter: 100);

    private sealed record Stranger(string Name, byte[] PublicKey) : ISigner
    {
        public byte[] Sign(ReadOnlySpan<byte> message) => new byte[64];
    }
}
