using System.Buffers.Binary;
using System.Diagnostics.CodeAnalysis;
using System.Text;

namespace Hub.Transparency;

/// <summary>
/// A text with signatures (C2SP signed-note): the text, an empty line, and a line <c>— name base64(id ‖ signature)</c> for each.
/// </summary>
public static class SignedNote
{
    /// <summary>Signature lines that a note may have; more are refused before any is verified.</summary>
    public const int SignaturesMax = 100;

    private const string LineStart = "— ";

    /// <summary>The note that holds this text and one signature.</summary>
    /// <param name="text">Text that ends with a newline and has no other control character.</param>
    /// <param name="signer">Who signs.</param>
    /// <exception cref="ArgumentException">The text cannot be signed as a note.</exception>
    public static string Sign(string text, ISigner signer)
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(signer);
        if (!IsText(text) || !text.EndsWith('\n'))
            throw new ArgumentException("The text of a note ends with a newline and has no other control character.", nameof(text));
        NoteKey.RequireName(signer.Name);
        var signature = signer.Sign(Encoding.UTF8.GetBytes(text));
        var signed = new byte[sizeof(uint) + signature.Length];
        BinaryPrimitives.WriteUInt32BigEndian(signed, NoteKey.Id(signer.Name, signer.PublicKey));
        signature.CopyTo(signed, sizeof(uint));
        return $"{text}\n{LineStart}{signer.Name} {Convert.ToBase64String(signed)}\n";
    }

    /// <summary>
    /// The text of a note, if this key signed it. Signatures of other keys are ignored; a wrong one of this key refuses the note.
    /// </summary>
    /// <param name="note">The whole note.</param>
    /// <param name="verifier">The key to trust.</param>
    /// <param name="text">The text, with its last newline.</param>
    public static bool TryOpen(string note, NoteVerifier verifier, [NotNullWhen(true)] out string? text)
    {
        ArgumentNullException.ThrowIfNull(verifier);
        text = null;
        if (!TrySplit(note, out var body, out var signatures)) return false;
        var message = Encoding.UTF8.GetBytes(body);
        var verified = false;
        foreach (var (name, signed) in signatures)
        {
            if (name != verifier.Name || BinaryPrimitives.ReadUInt32BigEndian(signed) != verifier.KeyId) continue;
            if (!verifier.Verify(message, signed.AsSpan(sizeof(uint)))) return false;
            verified = true;
        }

        text = verified ? body : null;
        return verified;
    }

    /// <summary>The parts of a note, nothing verified; false if it is none.</summary>
    internal static bool TrySplit(
        [NotNullWhen(true)] string? note, out string text, out IReadOnlyList<(string Name, byte[] Signed)> signatures)
    {
        (text, signatures) = ("", []);
        if (note is null || !IsText(note) || !note.EndsWith('\n')) return false;
        var blank = note.LastIndexOf("\n\n", StringComparison.Ordinal);
        if (blank < 0) return false;
        var lines = note[(blank + 2)..].Split('\n')[..^1];
        if (lines.Length is 0 or > SignaturesMax) return false;
        var found = new List<(string, byte[])>(lines.Length);
        foreach (var line in lines)
        {
            if (!TryParseLine(line, out var name, out var signed)) return false;
            found.Add((name, signed));
        }

        (text, signatures) = (note[..(blank + 1)], found);
        return true;
    }

    private static bool TryParseLine(string line, out string name, out byte[] signed)
    {
        (name, signed) = ("", []);
        if (!line.StartsWith(LineStart, StringComparison.Ordinal)) return false;
        var parts = line[LineStart.Length..].Split(' ');
        if (parts.Length != 2 || !NoteKey.IsName(parts[0])) return false;
        if (!Base64.TryDecode(parts[1], out var bytes) || bytes.Length <= sizeof(uint)) return false;
        (name, signed) = (parts[0], bytes);
        return true;
    }

    private static bool IsText(string text) => Utf8.IsValid(text) && !text.Any(c => c < ' ' && c != '\n');
}
