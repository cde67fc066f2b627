using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Hub.Silo.Ledger;

namespace Hub.Silo.Catalogue;

/// <summary>What is in force, by the catalogue's stream so far: a pure fold of its entries.</summary>
internal sealed record CatalogueState : IStreamState<CatalogueState>
{
    public static readonly CatalogueState Empty = new();

    public long Version { get; private init; }

    public ImmutableDictionary<string, AnsweredRequest> Requests { get; private init; } = ImmutableDictionary<string, AnsweredRequest>.Empty;

    /// <summary>Position of the last entry; -1 before the first.</summary>
    public long Position { get; private init; } = -1;

    /// <summary>The hash of each file in force, by file name.</summary>
    public ImmutableSortedDictionary<string, string> Files { get; private init; } = Ordinal<string>();

    /// <summary>By code.</summary>
    public ImmutableSortedDictionary<string, Instrument> Instruments { get; private init; } = Ordinal<Instrument>();

    /// <summary>By instrument, in the order of its file.</summary>
    public ImmutableSortedDictionary<string, ImmutableList<Indicator>> Indicators { get; private init; } = Ordinal<ImmutableList<Indicator>>();

    /// <summary>All versions of each group, oldest first, by code.</summary>
    public ImmutableSortedDictionary<string, ImmutableList<Group>> Groups { get; private init; } = Ordinal<ImmutableList<Group>>();

    /// <summary>By code.</summary>
    public ImmutableSortedDictionary<string, Policy> Policies { get; private init; } = Ordinal<Policy>();

    /// <summary>By instrument.</summary>
    public ImmutableSortedDictionary<string, Plan> Plans { get; private init; } = Ordinal<Plan>();

    /// <summary>By resource name.</summary>
    public ImmutableSortedDictionary<string, Collection> Collections { get; private init; } = Ordinal<Collection>();

    /// <summary>The calendar with resolved openings, by resource name.</summary>
    public ImmutableSortedDictionary<string, PlannedCollection> Calendar { get; private init; } = Ordinal<PlannedCollection>();

    private ImmutableSortedDictionary<string, (DateTimeOffset Time, string Reason)> Closures { get; init; } = Ordinal<(DateTimeOffset, string)>();

    public Collection? FindCollection(string name) => Collections.GetValueOrDefault(name);

    public Indicator? FindIndicator(string instrument, string code) =>
        Indicators.GetValueOrDefault(instrument)?.Find(indicator => indicator.Code == code);

    public Policy? FindPolicy(string code) => Policies.GetValueOrDefault(code);

    public Plan? FindPlan(string instrument) => Plans.GetValueOrDefault(instrument);

    /// <summary>A group in a version, or in the one in force.</summary>
    public Group? FindGroup(string code, int? version) =>
        Groups.GetValueOrDefault(code) is { } versions ? versions.Find(group => group.Version == (version ?? versions.Count)) : null;

    public CatalogueState Apply(Entry entry)
    {
        var next = Apply(CatalogueEntries.Read(entry), entry.Header.Time);
        return next with
        {
            Version = entry.Header.Version,
            Position = entry.Position,
            Requests = Requests.With(entry),
        };
    }

    public CatalogueState Apply(CatalogueEvent happened, DateTimeOffset at)
    {
        var next = happened switch
        {
            FileAdopted e => Adopt(e, at),
            FileDropped e => this with { Files = Files.Remove(e.File) },
            CollectionClosed e => this with { Closures = Closures.SetItem(e.Collection, (at, e.Reason)) },
            _ => this,
        };
        return next with { Collections = next.Calendar.Values.Select(next.Resolve).ToImmutableSortedDictionary(c => c.Name, c => c, StringComparer.Ordinal) };
    }

    private CatalogueState Adopt(FileAdopted adopted, DateTimeOffset at) => this with
    {
        Files = Files.SetItem(adopted.File, adopted.Sha256),
        Instruments = Instruments.SetItems(adopted.Content.Instruments.Select(i => KeyValuePair.Create(i.Code, Next(i)))),
        Indicators = Indicators.SetItems(adopted.Content.Indicators.GroupBy(i => i.Instrument).Select(g =>
            KeyValuePair.Create(g.Key, g.Select(Next).ToImmutableList()))),
        Policies = Policies.SetItems(adopted.Content.Policies.Select(p => KeyValuePair.Create(p.Code, Next(p)))),
        Plans = Plans.SetItems(adopted.Content.Plans.Select(p => KeyValuePair.Create(p.Instrument, Next(p)))),
        Groups = Groups.SetItems(adopted.Content.Groups.Select(g => KeyValuePair.Create(g.Code, Next(g)))),
        Calendar = Calendar.SetItems(adopted.Content.Collections.Select(c => KeyValuePair.Create(c.Name, Next(c, at)))),
    };

    // What a new version of its file leaves as it was keeps its version.
    private Instrument Next(Instrument instrument) => Instruments.GetValueOrDefault(instrument.Code) is { } known
        ? Same(known, instrument, CatalogueJson.Default.Instrument) ? known : instrument with { Version = known.Version + 1 }
        : instrument with { Version = 1 };

    private Indicator Next(Indicator indicator) => FindIndicator(indicator.Instrument, indicator.Code) is { } known
        ? Same(known, indicator, CatalogueJson.Default.Indicator) ? known : indicator with { Version = known.Version + 1 }
        : indicator with { Version = 1 };

    private Policy Next(Policy policy) => FindPolicy(policy.Code) is { } known
        ? Same(known, policy, CatalogueJson.Default.Policy) ? known : policy with { Version = known.Version + 1 }
        : policy with { Version = 1 };

    private Plan Next(Plan plan) => FindPlan(plan.Instrument) is { } known
        ? Same(known, plan, CatalogueJson.Default.Plan) ? known : plan with { Version = known.Version + 1 }
        : plan with { Version = 1 };

    private ImmutableList<Group> Next(Group group)
    {
        var versions = Groups.GetValueOrDefault(group.Code) ?? [];
        return versions.Count > 0 && Same(versions[^1], group, CatalogueJson.Default.Group)
            ? versions
            : versions.Add(group with { Version = versions.Count + 1 });
    }

    // `first-start` is the time of the entry that first named the collection, and stays so.
    private PlannedCollection Next(PlannedCollection collection, DateTimeOffset at) =>
        collection with { Opens = collection.Opens ?? Calendar.GetValueOrDefault(collection.Name)?.Opens ?? at };

    private Collection Resolve(PlannedCollection plan)
    {
        var isClosed = Closures.TryGetValue(plan.Name, out var closure) && closure.Time < plan.Closes;
        return new Collection(plan.Instrument, plan.Period, [.. plan.Indicators.Select(code => FindIndicator(plan.Instrument, code)).OfType<Indicator>()])
        {
            OpensAt = plan.Opens!.Value,
            ClosesAt = isClosed ? closure.Time : plan.Closes,
            Zone = plan.Zone,
            CloseReason = isClosed ? closure.Reason : null,
        };
    }

    private static bool Same<T>(T left, T right, JsonTypeInfo<T> shape) =>
        JsonSerializer.SerializeToUtf8Bytes(left, shape).AsSpan().SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(right, shape));

    private static ImmutableSortedDictionary<string, T> Ordinal<T>() => ImmutableSortedDictionary.Create<string, T>(StringComparer.Ordinal);
}
