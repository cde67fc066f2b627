using System.Collections.Immutable;
using Hub.Silo.Hosting;
using Hub.Silo.Ledger;

namespace Hub.Silo.Registry;

/// <summary>Who may take part, and which changes are under way: a pure fold of the registry's stream.</summary>
internal sealed record RegistryState : IStreamState<RegistryState>
{
    public static readonly RegistryState Empty = new();

    public long Version { get; init; }

    public ImmutableDictionary<string, AnsweredRequest> Requests { get; init; } = ImmutableDictionary<string, AnsweredRequest>.Empty;

    /// <summary>By code.</summary>
    public ImmutableSortedDictionary<string, AdministrationRecord> Administrations { get; init; } =
        ImmutableSortedDictionary.Create<string, AdministrationRecord>(StringComparer.Ordinal);

    public ImmutableDictionary<Guid, ChangeRecord> Changes { get; init; } = ImmutableDictionary<Guid, ChangeRecord>.Empty;

    public RegistryState Apply(Entry entry)
    {
        var next = this with { Version = entry.Header.Version, Requests = Requests.With(entry) };
        return entry.Payload is { } payload && RegistryEntries.Read(entry.Header.Kind, payload) is { } happened
            ? next.Apply(happened, entry.Header.Time)
            : next;
    }

    private RegistryState Apply(RegistryEvent happened, DateTimeOffset at) => happened switch
    {
        ChangeProposed e => With(new ChangeRecord(e.Id, e.Change, e.Reason, e.Proposer, e.ConfirmationsRequired) { Version = Version, ProposedAt = at }, at),
        ChangeConfirmed e when Changes.TryGetValue(e.Id, out var change) => With(change with { Confirmers = change.Confirmers.Add(e.Confirmer) }, at),
        Suspended e when Administrations.TryGetValue(e.Administration, out var known) => With(known with { IsSuspended = true }),
        _ => this,
    };

    private RegistryState With(ChangeRecord change, DateTimeOffset at)
    {
        var isNowEffective = change.EffectiveAt is null && change.Confirmers.Count >= change.ConfirmationsRequired;
        var next = this with { Changes = Changes.SetItem(change.Id, isNowEffective ? change with { EffectiveAt = at } : change) };
        return isNowEffective ? next.PutInForce(change.Change) : next;
    }

    private RegistryState PutInForce(RegistryChange change)
    {
        if ((change.Register ?? change.Replace) is { } attributes)
        {
            var isSuspended = Administrations.GetValueOrDefault(attributes.Code)?.IsSuspended ?? false;
            return With(new AdministrationRecord(attributes, isSuspended, Version));
        }

        return change.Reinstate is { } code && Administrations.TryGetValue(code, out var known) ? With(known with { IsSuspended = false }) : this;
    }

    private RegistryState With(AdministrationRecord record) =>
        this with { Administrations = Administrations.SetItem(record.Attributes.Code, record with { Version = Version }) };
}

/// <summary>A registered administration; its version is that of the registry's entry that last changed it.</summary>
internal sealed record AdministrationRecord(Attributes Attributes, bool IsSuspended, long Version)
{
    /// <summary>UTC if none is registered, or if it is not known on this machine though it was on the one that took it.</summary>
    public TimeZoneInfo Zone => IanaZone.Find(Attributes.TimeZone) ?? TimeZoneInfo.Utc;
}

/// <summary>A change, pending until enough others have confirmed it.</summary>
internal sealed record ChangeRecord(Guid Id, RegistryChange Change, string Reason, string Proposer, int ConfirmationsRequired)
{
    /// <summary>Version in the stream of its proposal: the order of changes.</summary>
    public long Version { get; init; }

    public ImmutableList<string> Confirmers { get; init; } = [];

    public DateTimeOffset ProposedAt { get; init; }

    /// <summary>Null while pending.</summary>
    public DateTimeOffset? EffectiveAt { get; init; }
}
