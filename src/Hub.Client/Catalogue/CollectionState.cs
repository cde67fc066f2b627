namespace Hub.Client;

/// <summary>Where now lies in a collection's window.</summary>
public enum CollectionState
{
    /// <summary>Before open_time.</summary>
    Scheduled = 1,

    /// <summary>Creations are accepted.</summary>
    Open = 2,

    /// <summary>After close_time, or closed by an operator. Corrections and withdrawals are accepted.</summary>
    Closed = 3,
}
