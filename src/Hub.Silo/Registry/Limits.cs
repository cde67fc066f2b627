namespace Hub.Silo.Registry;

/// <summary>The limits of this slice.</summary>
internal static class Limits
{
    public const int DisplayNameCharsMax = 100;
    public const int ReasonCharsMax = 500;
}
