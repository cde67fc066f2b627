namespace Hub.Silo.Catalogue;

/// <summary>Reads a file that describes the groups of one partition.</summary>
internal static class GroupReader
{
    public static void Read(YamlFields root, ParsedFile into)
    {
        var partition = root.Text("partition", CatalogueForms.Partition(), CatalogueForms.PartitionRule);
        foreach (var fields in root.Maps("groups", Limits.MembersMax))
        {
            var code = fields.Text("code");
            if (code.Length > 0 && partition.Length > 0 && !IsCodeOf(partition, code))
            {
                fields.Refuse("code", partition == Group.All
                    ? "The partition `all` has one group, with the code `all`."
                    : $"A group of this partition has a code like {partition}.name: the partition, a dot, then letters, digits and hyphens.");
                code = "";
            }

            var title = fields.Texts("title");
            var members = fields.Texts("members", Limits.MembersMax, CatalogueForms.Member(), CatalogueForms.MemberRule);
            fields.RefuseOthers();
            var group = new Group(code, title, partition, [.. members.Select(m => m.Text).Order(StringComparer.Ordinal)]);
            into.Groups.Add(new Placed<Group>(
                group, fields.File, fields.Line, [.. members.OrderBy(m => m.Text, StringComparer.Ordinal).Select(m => m.Line)]));
        }
    }

    private static bool IsCodeOf(string partition, string code) => partition == Group.All
        ? code == Group.All
        : code.StartsWith(partition + ".", StringComparison.Ordinal) && CatalogueForms.GroupPart().IsMatch(code[(partition.Length + 1)..]);
}
