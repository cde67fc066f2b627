namespace Hub.Silo.Catalogue;

/// <summary>The limits of this slice.</summary>
internal static class Limits
{
    public const int FilesMax = 1_000;
    public const int FileBytesMax = 1024 * 1024;

    /// <summary>A submission has at most as many values.</summary>
    public const int IndicatorsMax = 500;

    public const int MembersMax = 1_000;
    public const int PeriodsMax = 200;
    public const int PoliciesMax = 50;
    public const int PartitionsMax = 20;
    public const int TextCharsMax = 4_000;
    public const int ReasonCharsMax = 500;

    /// <summary>Digits after the point that an indicator can ask for.</summary>
    public const int DecimalsMax = 18;
}
