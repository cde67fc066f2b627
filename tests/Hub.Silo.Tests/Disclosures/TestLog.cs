using System.Security.Cryptography;
using Hub.Silo.Ledger;
using Hub.Transparency;

namespace Hub.Silo.Tests.Disclosures;

/// <summary>Entries as the ledger would give them, in one order, without a ledger.</summary>
internal sealed class TestLog
{
    private readonly List<Entry> entries = [];

    public static DateTimeOffset Start { get; } = new(2026, 7, 1, 12, 0, 0, TimeSpan.Zero);

    public IReadOnlyList<Entry> Entries => entries;

    public Entry Add(string stream, Event happened, DateTimeOffset? at = null)
    {
        var version = entries.Count(e => e.Header.Stream == stream) + 1;
        var header = new EntryHeader("test", stream, version, happened.Kind, happened.Schema, at ?? Start);
        var entry = new Entry(entries.Count, header, happened.Topic, SHA256.HashData(header.ToBytes()), happened.Payload, null);
        entries.Add(entry);
        return entry;
    }

    /// <summary>The same entries with those of one stream before a position erased.</summary>
    public IReadOnlyList<Entry> WithErased(string stream, long before) =>
        [.. entries.Select(e => e.Header.Stream == stream && e.Position < before ? e with { Payload = null } : e)];
}
