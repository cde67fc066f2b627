namespace Hub.Client;

/// <summary>Administrations that are compared with one another, in one version.</summary>
/// <param name="Name">Resource name with version, <c>groups/{group}@{version}</c>.</param>
/// <param name="Title">Title.</param>
/// <param name="Partition">The partition that it belongs to: region, income, size or all. Groups of one partition do not overlap.</param>
/// <param name="Members">Members, <c>administrations/{code}</c>, by code.</param>
public sealed record Group(string Name, LocalizedText Title, string Partition, IReadOnlyList<string> Members);
