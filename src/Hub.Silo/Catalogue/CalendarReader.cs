using System.Globalization;
using Hub.Silo.Hosting;

namespace Hub.Silo.Catalogue;

/// <summary>Reads a file that says which periods are collected, and when.</summary>
internal static class CalendarReader
{
    private const string FirstStart = "first-start";
    private static readonly string[] TimeForms = ["yyyy-MM-dd'T'HH:mm", "yyyy-MM-dd'T'HH:mm:ss"];

    public static void Read(YamlFields root, ParsedFile into)
    {
        foreach (var row in root.Maps("calendar", Limits.PeriodsMax))
        {
            var instrument = row.Text("instrument");
            var periods = row.Texts("periods", Limits.PeriodsMax, CatalogueForms.Period(), CatalogueForms.PeriodRule);
            var indicators = row.Texts("indicators", Limits.IndicatorsMax, CatalogueForms.Indicator(), CatalogueForms.IndicatorRule);
            var (opens, closes, zone) = row.Map("window") is { } window ? ReadWindow(window) : default;
            row.RefuseOthers();
            foreach (var (period, line) in periods)
            {
                var planned = new PlannedCollection(instrument, period, [.. indicators.Select(i => i.Text)], opens, closes, zone ?? "");
                into.Collections.Add(new Placed<PlannedCollection>(planned, row.File, line, [.. indicators.Select(i => i.Line)]));
            }
        }
    }

    private static (DateTimeOffset? Opens, DateTimeOffset Closes, string? Zone) ReadWindow(YamlFields window)
    {
        var name = window.Text("zone");
        var zone = IanaZone.Find(name);
        if (name.Length > 0 && zone is null)
        {
            window.Refuse("zone", $"\"{name}\" is no zone of the IANA time zone database that this machine knows.");
        }

        var opensText = window.Text("opens");
        var isFirstStart = opensText == FirstStart;
        var opens = isFirstStart ? null : ReadTime(window, "opens", opensText, zone);
        var closes = ReadTime(window, "closes", window.Text("closes"), zone);
        if (opens >= closes)
        {
            window.Refuse("closes", "The window is inverted or empty: it must close after it opens.");
        }

        window.RefuseOthers();
        return (opens, closes ?? default, name);
    }

    private static DateTimeOffset? ReadTime(YamlFields window, string key, string text, TimeZoneInfo? zone)
    {
        if (text.Length == 0)
        {
            return null;
        }

        if (!DateTime.TryParseExact(text, TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
        {
            window.Refuse(key, $"Here belongs a local time like 2027-03-31T23:59{(key == "opens" ? $", or {FirstStart}" : "")}.");
            return null;
        }

        if (zone is null)
        {
            return null;
        }

        if (zone.IsInvalidTime(local) || zone.IsAmbiguousTime(local))
        {
            window.Refuse(key, "The clocks of this zone are set forward or back at that time, so that it exists not at all or twice. Take another hour.");
            return null;
        }

        return new DateTimeOffset(local, zone.GetUtcOffset(local)).ToUniversalTime();
    }
}
