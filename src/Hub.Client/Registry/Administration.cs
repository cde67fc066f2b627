namespace Hub.Client;

/// <summary>A contributing Customs administration.</summary>
/// <param name="Name">Resource name, <c>administrations/{code}</c>, by ISO 3166 alpha-2 or a WCO code.</param>
/// <param name="DisplayName">Country or territory.</param>
public sealed record Administration(string Name, string DisplayName)
{
    /// <summary>IANA zone in which deadlines are also stated to it, for example <c>Europe/Kyiv</c>; UTC if empty.</summary>
    public string TimeZone { get; init; } = "";

    /// <summary>May it take part now.</summary>
    public AdministrationState State { get; init; }

    /// <summary>Version of the data-sharing agreement that it has signed, from 1; 0 for none.</summary>
    public int AgreementVersion { get; init; }

    /// <summary>Changes with each change of this administration.</summary>
    public string Etag { get; init; } = "";
}
