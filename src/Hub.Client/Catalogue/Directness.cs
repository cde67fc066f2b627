namespace Hub.Client;

/// <summary>The WCO's own split of integrity indicators.</summary>
public enum Directness
{
    /// <summary>Not said.</summary>
    Unspecified = 0,

    /// <summary>Measures integrity itself.</summary>
    Direct = 1,

    /// <summary>Measures a condition or a consequence of it.</summary>
    Indirect = 2,
}
