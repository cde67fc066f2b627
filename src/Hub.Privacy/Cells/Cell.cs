namespace Hub.Privacy;

/// <summary>A set that a plan publishes: its group, the groups that were joined into it, and who contributed.</summary>
internal sealed record Cell(string Group, IReadOnlyList<string> Joined, IReadOnlyList<Entry> Entries);
