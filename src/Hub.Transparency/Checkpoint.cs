using System.Globalization;

namespace Hub.Transparency;

/// <summary>The head of a log at one size: the text of a C2SP tlog-checkpoint, signed as a <see cref="SignedNote"/>.</summary>
/// <param name="Origin">Identity of the log.</param>
/// <param name="Size">Number of leaves.</param>
/// <param name="Root">Root of the tree, 32 bytes.</param>
public sealed record Checkpoint(string Origin, long Size, byte[] Root)
{
    /// <summary>The text: origin, size in decimal, root in base64, a line each.</summary>
    /// <exception cref="ArgumentException">
    /// The origin is empty or has a control character, the size is negative, or the root has not 32 bytes.
    /// </exception>
    public string ToText()
    {
        if (!IsOrigin(Origin)) throw new ArgumentException("An origin is one line of text, not empty.");
        ArgumentOutOfRangeException.ThrowIfNegative(Size);
        Merkle.RequireHash(Root);
        return $"{Origin}\n{Size.ToString(CultureInfo.InvariantCulture)}\n{Convert.ToBase64String(Root)}\n";
    }

    /// <summary>
    /// Reads the text of a checkpoint. Extension lines are allowed, as in the specification, and ignored. Parse only what a
    /// signature was verified on.
    /// </summary>
    /// <exception cref="FormatException">The text is not a checkpoint.</exception>
    public static Checkpoint Parse(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        var lines = text.Split('\n');
        if (lines.Length < 4 || lines[^1].Length != 0 || Array.IndexOf(lines, "") != lines.Length - 1)
            throw new FormatException("A checkpoint has at least three lines, none empty, each ended by a newline.");
        if (!IsOrigin(lines[0])) throw new FormatException("The checkpoint's origin has a control character.");
        if (!TryParseSize(lines[1], out var size))
            throw new FormatException("The checkpoint's size is not a decimal number without leading zeros.");
        if (!Base64.TryDecode(lines[2], out var root) || root.Length != Leaf.HashSize)
            throw new FormatException("The checkpoint's root is not 32 bytes in base64.");
        return new Checkpoint(lines[0], size, root);
    }

    /// <summary>Equal in origin, size and the bytes of the root.</summary>
    public bool Equals(Checkpoint? other) =>
        other is not null && Origin == other.Origin && Size == other.Size && Root.AsSpan().SequenceEqual(other.Root);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Origin, Size);

    private static bool TryParseSize(string text, out long size) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out size) && (text == "0" || text[0] != '0');

    private static bool IsOrigin(string? text) => !string.IsNullOrEmpty(text) && Utf8.IsValid(text) && !text.Any(c => c < ' ');
}
