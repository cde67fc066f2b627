namespace Hub.Client;

/// <summary>What a value of an indicator is.</summary>
public enum ValueKind
{
    /// <summary>Numerator and denominator are submitted.</summary>
    Rate = 1,

    /// <summary>An amount in a unit.</summary>
    Level = 2,

    /// <summary>A position on a scale.</summary>
    Score = 3,

    /// <summary>The change of a level from one period to the next; derived by the Hub, never submitted.</summary>
    DerivedVariation = 4,
}
