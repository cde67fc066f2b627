using System.Text;

namespace Hub.Transparency;

/// <summary>UTF-8 that refuses what has no UTF-8 form, so that bytes and text always stand for each other.</summary>
internal static class Utf8
{
    public static UTF8Encoding Strict { get; } = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Whether the text is valid Unicode, that is without lone surrogates.</summary>
    public static bool IsValid(string text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            if (!char.IsHighSurrogate(text[i]) || ++i == text.Length || !char.IsLowSurrogate(text[i])) return false;
        }

        return true;
    }
}
