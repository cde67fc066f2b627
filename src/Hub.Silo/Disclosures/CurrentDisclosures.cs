using System.Collections.Immutable;
using Hub.Silo.Ledger;

namespace Hub.Silo.Disclosures;

/// <summary>What was asked for and shown of each instrument, as far as this silo has followed the ledger.</summary>
internal sealed class CurrentDisclosures : ILedgerFollower
{
    private static readonly string Prefix = Streams.Disclosures("");

    private volatile ImmutableDictionary<string, DisclosureState> states = ImmutableDictionary<string, DisclosureState>.Empty;

    /// <summary>Instruments of which something was asked for and is not concluded.</summary>
    public IEnumerable<string> Unfinished => states.Where(s => s.Value.Unfinished.Any()).Select(s => s.Key);

    /// <summary>The state of the instrument of a collection.</summary>
    public DisclosureState Of(string collection) =>
        states.GetValueOrDefault(ReleaseName.Of(collection, 1).Instrument, DisclosureState.Empty);

    public bool Follows(string stream) => stream.StartsWith(Prefix, StringComparison.Ordinal);

    public void Apply(Entry entry)
    {
        var instrument = entry.Header.Stream[Prefix.Length..];
        states = states.SetItem(instrument, states.GetValueOrDefault(instrument, DisclosureState.Empty).Apply(entry));
    }
}
