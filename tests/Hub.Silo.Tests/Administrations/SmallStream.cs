using Hub.Silo.Access;
using Hub.Silo.Administrations;
using Hub.Silo.Catalogue;
using Hub.Silo.Ledger;
using Hub.Transparency;

namespace Hub.Silo.Tests.Administrations;

/// <summary>A stream of one administration as the ledger would hold it, and a collection with one indicator of each kind. Not real.</summary>
internal static class SmallStream
{
    public const string Collection = "instruments/synthetic/periods/2025";

    public static readonly DateTimeOffset Start = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    public static readonly Collection Open = Of("LEVEL", "RATE");

    /// <summary>A draft without a mistake for <see cref="Open"/>.</summary>
    public static readonly Draft Sound = Draft(Level("12.50"), Rate("1", "4"));

    /// <summary>A collection with these of the indicators LEVEL (0 to 100, two decimals), RATE (0 to 1, whole parts) and CHANGE (derived).</summary>
    public static Collection Of(params string[] codes) => new("synthetic", "2025", [.. codes.Select(IndicatorOf)])
    {
        OpensAt = Start,
        ClosesAt = Start.AddDays(30),
        Zone = "Europe/Brussels",
    };

    public static Draft Draft(params DraftValue[] values) => new(Collection, values);

    public static DraftValue Level(string? text, int disclosure = 0) => new(Name("LEVEL"), DraftFigure.Decimal, text, null, null, 0, disclosure);

    public static DraftValue Rate(string? numerator, string? denominator) => new(Name("RATE"), DraftFigure.Ratio, null, numerator, denominator, 0, 0);

    public static DraftValue Absent(string code, int reason) => new(Name(code), DraftFigure.Absence, null, null, null, reason, 0);

    public static string Name(string code) => Indicator.NameOf("synthetic", code);

    public static SubmittedValue Recorded(string text) => new("LEVEL", Disclosure.AGGREGATES_ONLY) { Decimal = ExactDecimal.Parse(text) };

    public static Act Act(int request = 0) => new(new Guid(request + 1, 0, 0, new byte[8]), [(byte)request], [(byte)request]);

    /// <summary>The fold of these events, each at the next version and a minute later, at position 100 and on.</summary>
    public static AdministrationState Fold(params SubmissionEvent[] events) => Stored(events).Aggregate(AdministrationState.Empty, (state, entry) => state.Apply(entry));

    public static IEnumerable<Entry> Stored(params SubmissionEvent[] events) => events.Select((happened, i) => Stored(happened, i + 1));

    /// <summary>An event as its entry is read again; its request's key and fingerprint are its version.</summary>
    public static Entry Stored(SubmissionEvent happened, long version)
    {
        var entry = SubmissionEntries.ToEntry(happened);
        var header = new EntryHeader("o", Streams.Administration("UA"), version, entry.Kind, entry.Schema, Start.AddMinutes(version));
        return new Entry(99 + version, header, entry.Topic, [], entry.Payload, new Idempotency([(byte)version], [(byte)version]));
    }

    /// <summary>An entry as it is read after an erasure: payload and fingerprint are gone.</summary>
    public static Entry Emptied(Entry entry) => entry with { Payload = null, Idempotency = new Idempotency(entry.Idempotency!.Key, []) };

    private static Indicator IndicatorOf(string code)
    {
        var (kind, lower, upper, decimals) = code switch
        {
            "LEVEL" => (ValueKind.Level, "0", "100", 2),
            "RATE" => (ValueKind.Rate, "0", "1", 0),
            _ => (ValueKind.DerivedVariation, "-100", "100", 2),
        };
        var text = new LocalizedText(new Dictionary<string, string> { [LocalizedText.English] = code });
        return new Indicator("synthetic", code)
        {
            Title = text,
            Definition = text,
            Unit = "hours",
            Lower = ExactDecimal.Parse(lower),
            Upper = ExactDecimal.Parse(upper),
            DecimalsMax = decimals,
            ProtectionWidth = ExactDecimal.Parse("1"),
            ProtectionWidthReason = "Made up.",
            Polarity = Polarity.BetterLow,
            ValueKind = kind,
        };
    }
}
