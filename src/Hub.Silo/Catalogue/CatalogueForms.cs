using System.Text.RegularExpressions;

namespace Hub.Silo.Catalogue;

/// <summary>What codes look like: safe in resource names, addresses and file names.</summary>
internal static partial class CatalogueForms
{
    public const string InstrumentRule = "A code of an instrument has lower-case letters, digits and hyphens, and begins with a letter; at most 63.";
    public const string PolicyRule = "A code of a policy has lower-case letters, digits and hyphens, and begins with a letter; at most 63.";
    public const string IndicatorRule = "A code of an indicator has letters, digits, dots, hyphens and underscores, and begins with a letter or digit; at most 63.";
    public const string PeriodRule = "A period has letters, digits and hyphens, for example 2026 or 2026-Q1; at most 31.";
    public const string PartitionRule = "A partition has lower-case letters, digits and hyphens, and begins with a letter; at most 31.";
    public const string MemberRule = "A member is an ISO 3166 alpha-2 or WCO code: 2 or 3 upper-case letters and digits.";

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,62}\z")]
    public static partial Regex Instrument();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9._-]{0,62}\z")]
    public static partial Regex Indicator();

    [GeneratedRegex(@"\A[A-Za-z0-9][A-Za-z0-9-]{0,30}\z")]
    public static partial Regex Period();

    [GeneratedRegex(@"\A[a-z][a-z0-9-]{0,30}\z")]
    public static partial Regex Partition();

    [GeneratedRegex(@"\A[A-Z0-9]{2,3}\z")]
    public static partial Regex Member();

    /// <summary>A group's code after its partition and a dot.</summary>
    [GeneratedRegex(@"\A[A-Za-z0-9-]{1,31}\z")]
    public static partial Regex GroupPart();

    /// <summary>A BCP 47 tag.</summary>
    [GeneratedRegex(@"\A[a-z]{2,3}(-[A-Za-z0-9]{2,8})*\z")]
    public static partial Regex Language();
}
