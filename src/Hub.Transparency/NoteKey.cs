using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace Hub.Transparency;

/// <summary>Names, ids and texts of the keys of signed notes (C2SP signed-note; algorithm 1, Ed25519).</summary>
internal static class NoteKey
{
    private const byte Ed25519Type = 0x01;
    private const int KeySize = 32;

    public static bool IsName(string? name) =>
        !string.IsNullOrEmpty(name) && Utf8.IsValid(name) && !name.Any(c => char.IsWhiteSpace(c) || c is '+' or < ' ');

    public static void RequireName(string? name)
    {
        if (!IsName(name)) throw new ArgumentException("A key name is not empty and has no space and no plus sign.", nameof(name));
    }

    /// <summary>The first four bytes of SHA-256(name ‖ newline ‖ 0x01 ‖ public key).</summary>
    public static uint Id(string name, ReadOnlySpan<byte> publicKey) =>
        BinaryPrimitives.ReadUInt32BigEndian(
            SHA256.HashData([.. Encoding.UTF8.GetBytes(name), (byte)'\n', Ed25519Type, .. publicKey]));

    public static string Format(string name, uint id, ReadOnlySpan<byte> key) =>
        $"{name}+{id.ToString("x8", CultureInfo.InvariantCulture)}+{Convert.ToBase64String([Ed25519Type, .. key])}";

    public static bool TryParse(string text, out string name, out uint id, out byte[] key)
    {
        (name, id, key) = ("", 0, []);
        var parts = text.Split('+', 3);
        if (parts.Length != 3 || !IsName(parts[0]) || !TryParseId(parts[1], out id)) return false;
        if (!Base64.TryDecode(parts[2], out var bytes) || bytes.Length != 1 + KeySize || bytes[0] != Ed25519Type) return false;
        (name, key) = (parts[0], bytes[1..]);
        return true;
    }

    // Lower case only, so that a key has one text.
    private static bool TryParseId(string text, out uint id) =>
        uint.TryParse(text, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out id) &&
        text == id.ToString("x8", CultureInfo.InvariantCulture);
}
