namespace Hub.Client;

/// <summary>Which direction of an indicator is better.</summary>
public enum Polarity
{
    /// <summary>A greater value is better.</summary>
    BetterHigh = 1,

    /// <summary>A smaller value is better.</summary>
    BetterLow = 2,

    /// <summary>Neither can be said: a rise in detected cases may be better detection.</summary>
    Ambiguous = 3,
}
