namespace Hub.Privacy;

/// <summary>A peer group: a name with its version, and its members by name.</summary>
/// <param name="Name">The group's code. <see cref="All"/> and <see cref="Other"/> are reserved.</param>
/// <param name="Members">The administrations in it, whether or not they contribute.</param>
public sealed record Group(string Name, IReadOnlyList<string> Members)
{
    /// <summary>The name of the set of all contributors of an indicator and period.</summary>
    public const string All = "all";

    /// <summary>The name of the cell that small cells and contributors without a group are joined into.</summary>
    public const string Other = "other";
}

/// <summary>Groups without a common member, such as the six regions. Members in none of them fall into `other`.</summary>
/// <param name="Name">The partition's name, such as `region`.</param>
/// <param name="Groups">The groups; any two of them are disjoint.</param>
public sealed record Partition(string Name, IReadOnlyList<Group> Groups);
