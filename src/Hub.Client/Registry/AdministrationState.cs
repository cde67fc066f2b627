namespace Hub.Client;

/// <summary>May an administration take part now.</summary>
public enum AdministrationState
{
    /// <summary>The caller has none, or it is not registered.</summary>
    Unspecified = 0,

    /// <summary>Yes.</summary>
    Active = 1,

    /// <summary>No: an operator suspended it.</summary>
    Suspended = 2,
}
