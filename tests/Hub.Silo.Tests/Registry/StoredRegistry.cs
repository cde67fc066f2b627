using Hub.Silo.Ledger;
using Hub.Silo.Registry;
using Hub.Transparency;

namespace Hub.Silo.Tests.Registry;

/// <summary>Events as they are read from the ledger: through their bytes.</summary>
internal static class StoredRegistry
{
    public static Entry Entry(RegistryEvent happened, long version, DateTimeOffset at)
    {
        var stored = RegistryEntries.ToEntry(happened);
        var header = new EntryHeader("hub.test", Streams.Registry, version, stored.Kind, stored.Schema, at);
        return new Entry(version - 1, header, stored.Topic, [], stored.Payload, null);
    }
}
