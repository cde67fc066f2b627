namespace Hub.Silo.Catalogue;

/// <summary>Something wrong in a file of the catalogue, and where.</summary>
/// <param name="Line">From 1; 0 if it is about the file as a whole.</param>
/// <param name="Field">Path of the field; empty if it is about no single one.</param>
internal sealed record Mistake(string File, int Line, string Field, string Rule)
{
    public override string ToString() => $"{File}({Line}): {(Field.Length > 0 ? Field + ": " : "")}{Rule}";
}

/// <summary>The catalogue's files cannot be taken over. The message names every mistake.</summary>
internal sealed class CatalogueInvalidException(IReadOnlyList<string> mistakes)
    : Exception($"The catalogue has {mistakes.Count} mistake(s); nothing of it was taken over:\n{string.Join('\n', mistakes)}")
{
    public IReadOnlyList<string> Mistakes { get; } = mistakes;
}
