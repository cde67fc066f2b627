namespace Hub.Client;

/// <summary>What the caller's administration has done in a collection.</summary>
public enum OwnStatus
{
    /// <summary>The caller has no administration.</summary>
    Unspecified = 0,

    /// <summary>Nothing.</summary>
    NotSubmitted = 1,

    /// <summary>A live submission.</summary>
    Submitted = 2,

    /// <summary>Withdrawn, and nothing submitted since.</summary>
    Withdrawn = 3,

    /// <summary>Erased.</summary>
    Erased = 4,
}
