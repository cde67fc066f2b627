namespace Hub.Client;

/// <summary>State of a change.</summary>
public enum ChangeState
{
    /// <summary>Waits for confirmations.</summary>
    Pending = 1,

    /// <summary>In force.</summary>
    Effective = 2,
}
