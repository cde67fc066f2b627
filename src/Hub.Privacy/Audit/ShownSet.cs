namespace Hub.Privacy;

/// <summary>A set of values that figures were or will be shown of, and whether quantiles are among them.</summary>
internal sealed record ShownSet(IReadOnlyList<Entry> Entries, bool HasQuantiles);
