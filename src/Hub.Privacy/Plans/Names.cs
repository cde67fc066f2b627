namespace Hub.Privacy;

/// <summary>What may be a name: it is written into the canonical bytes and must come back the same.</summary>
internal static class Names
{
    private const int LengthMax = 200;

    public static bool IsName(string? name) =>
        name is { Length: > 0 and <= LengthMax } && !name.Any(c => char.IsControl(c) || char.IsSurrogate(c));
}
