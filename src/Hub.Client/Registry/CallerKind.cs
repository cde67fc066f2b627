namespace Hub.Client;

/// <summary>What a caller is.</summary>
public enum CallerKind
{
    /// <summary>A system, by client credentials.</summary>
    Machine = 1,

    /// <summary>A person who signed in.</summary>
    Person = 2,
}
