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

    /// <summary>A SubmitMany stream ends after this time, so that none outlives the longest token by much.</summary>
    public static readonly TimeSpan StreamMax = TimeSpan.FromMinutes(10);

    /// <summary>
    /// Creations and corrections of one administration in one collection; withdrawing and erasing stay possible. Each is kept for good and is
    /// read at each computation, and nobody corrects a year's figures as often as that.
    /// </summary>
    public const int ActsMax = 200;
}
