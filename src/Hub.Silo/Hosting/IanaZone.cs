namespace Hub.Silo.Hosting;

/// <summary>Zones of the IANA time zone database, as this machine has it.</summary>
internal static class IanaZone
{
    /// <summary>The zone of this name; null if there is none, or if it is a name of Windows.</summary>
    public static TimeZoneInfo? Find(string name) =>
        name.Length > 0 && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) && zone.HasIanaId && zone.Id == name ? zone : null;
}
