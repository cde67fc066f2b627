namespace Hub.Client;

/// <summary>A decimal as text, kept as it was written and compared by value: <c>3.50</c> is <c>3.5</c>, at any number of digits.</summary>
internal readonly record struct PlainDecimal(string Text)
{
    public bool Equals(PlainDecimal other) => Canonical(Text) == Canonical(other.Text);

    public override int GetHashCode() => Canonical(Text).GetHashCode(StringComparison.Ordinal);

    // What is no plain decimal stands for itself: the Hub says what is wrong with it.
    private static string Canonical(string text)
    {
        var unsigned = text.StartsWith('-') || text.StartsWith('+') ? text[1..] : text;
        var parts = unsigned.Split('.');
        if (parts.Length > 2 || parts.Any(part => part.Length == 0 || !part.All(char.IsAsciiDigit))) return text;
        var whole = parts[0].TrimStart('0');
        var fraction = parts.Length == 2 ? parts[1].TrimEnd('0') : "";
        if (whole.Length == 0 && fraction.Length == 0) return "0";
        return $"{(text[0] == '-' ? "-" : "")}{whole}.{fraction}";
    }
}
