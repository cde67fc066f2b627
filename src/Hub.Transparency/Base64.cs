using System.Diagnostics.CodeAnalysis;

namespace Hub.Transparency;

/// <summary>
/// Base64 of RFC 4648 §4 in its one canonical form: no white space, no stray bits, so no changed character goes unseen.
/// </summary>
internal static class Base64
{
    public static bool TryDecode(string text, [NotNullWhen(true)] out byte[]? bytes)
    {
        bytes = null;
        var buffer = new byte[text.Length / 4 * 3];
        if (!Convert.TryFromBase64String(text, buffer, out var length)) return false;
        if (Convert.ToBase64String(buffer, 0, length) != text) return false;
        bytes = buffer[..length];
        return true;
    }
}
