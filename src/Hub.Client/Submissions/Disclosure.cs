namespace Hub.Client;

/// <summary>
/// Who may know an administration's own figure under its name. <see cref="Members"/> and <see cref="Public"/> end its protection from the
/// next edition on; they are a permission to show it, and no call of this version does.
/// </summary>
public enum Disclosure
{
    /// <summary>Nobody but the owner; the figure is in no aggregate either.</summary>
    OwnOnly = 1,

    /// <summary>Nobody; the figure takes part in protected aggregates. The default.</summary>
    AggregatesOnly = 2,

    /// <summary>All member administrations.</summary>
    Members = 3,

    /// <summary>Everybody.</summary>
    Public = 4,
}
