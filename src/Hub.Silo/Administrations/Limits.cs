namespace Hub.Silo.Administrations;

/// <summary>The limits of this slice.</summary>
internal static class Limits
{
    /// <summary>Values in one submission.</summary>
    public const int ValuesMax = 500;

    /// <summary>Characters of a reason.</summary>
    public const int ReasonCharsMax = 500;

    /// <summary>Messages of one SubmitMany stream that may wait for their answer.</summary>
    public const int UnansweredMax = 64;
}
