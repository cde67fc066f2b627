namespace Hub.Privacy;

/// <summary>A partition has groups with members, and no member is in two of them: then differences of its cells isolate nobody.</summary>
/// <remarks>Source: privacy.md §3; what overlapping groups cost: §2.1.</remarks>
internal static class PartitionRules
{
    public static void Check(IReadOnlyList<Partition> partitions, List<Refusal> refusals)
    {
        foreach (var repeated in PlanRules.Repeated(partitions.Select(partition => partition.Name)))
        {
            refusals.Add(new(RefusalRule.InvalidName, $"partitions[{repeated}]", "Name a partition once."));
        }

        foreach (var partition in partitions)
        {
            CheckPartition(partition, refusals);
        }
    }

    private static void CheckPartition(Partition partition, List<Refusal> refusals)
    {
        var field = $"partitions[{partition.Name}]";
        var names = partition.Groups.Select(group => group.Name).ToArray();
        if (!IsFree(partition.Name) || !names.All(IsFree) || PlanRules.Repeated(names).Any())
        {
            refusals.Add(new(RefusalRule.InvalidName, $"{field}.groups",
                $"Give each group a name of its own; `{Group.All}` and `{Group.Other}` are reserved."));
        }

        if (names.Length == 0 || partition.Groups.Any(group => group.Members.Count == 0))
        {
            refusals.Add(new(RefusalRule.EmptyGroup, $"{field}.groups", "Give each group at least one member."));
        }

        if (partition.Groups.Any(group => PlanRules.Repeated(group.Members).Any()))
        {
            refusals.Add(new(RefusalRule.DuplicateMember, $"{field}.groups", "Name a member once in a group."));
        }

        if (PlanRules.Repeated(partition.Groups.SelectMany(group => group.Members.Distinct())).Any())
        {
            refusals.Add(new(RefusalRule.OverlappingGroups, $"{field}.groups", "Give each member one group of a partition."));
        }
    }

    private static bool IsFree(string name) => Names.IsName(name) && name is not (Group.All or Group.Other);
}
