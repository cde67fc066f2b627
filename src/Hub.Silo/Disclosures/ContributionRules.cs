using Hub.Privacy;
using Hub.Silo.Administrations;
using Hub.Silo.Ledger;
using Disclosure = Hub.Silo.Administrations.Disclosure;
using Entry = Hub.Silo.Ledger.Entry;

namespace Hub.Silo.Disclosures;

/// <summary>
/// From the entries of a collection to what each administration contributed: its last version before the fence that was not
/// withdrawn. Figures for their owner alone, and absent ones, take no part; those that their owner opened count as known to all.
/// </summary>
internal static class ContributionRules
{
    private const string Prefix = "administrations/";

    /// <summary>By indicator code, what stood at a fence.</summary>
    /// <param name="topic">All entries of the collection, in log order.</param>
    public static IReadOnlyDictionary<string, IReadOnlyList<Contribution>> At(
        long fence, string collection, IReadOnlyList<Entry> topic, IReadOnlyList<string> codes)
    {
        var contributions = codes.ToDictionary(code => code, _ => new List<Contribution>());
        foreach (var member in topic.Where(e => e.Header.Stream.StartsWith(Prefix, StringComparison.Ordinal)).GroupBy(e => e.Header.Stream[Prefix.Length..]))
        {
            var before = member.TakeWhile(e => e.Position < fence).ToList();
            foreach (var (code, contribution) in IsErasedSince(before) ? Erased(member.Key, before, codes) : Of(member.Key, before, member, collection))
            {
                contributions.GetValueOrDefault(code)?.Add(contribution);
            }
        }

        return contributions.ToDictionary(c => c.Key, IReadOnlyList<Contribution> (c) => c.Value);
    }

    /// <summary>The value that takes part in aggregates; null if none does.</summary>
    public static ContributedValue? ValueOf(SubmittedValue value) => value switch
    {
        { Disclosure: Disclosure.OWN_ONLY } => null,
        { Decimal: { } level } => ContributedValue.Level(level.Value),
        { Ratio: { } ratio } => ContributedValue.Rate(ratio.Numerator.Value, ratio.Denominator.Value),
        _ => null,
    };

    private static IEnumerable<(string Code, Contribution Contribution)> Of(
        string member, IEnumerable<Entry> before, IEnumerable<Entry> all, string collection)
    {
        var state = Fold(before);
        var first = FirstVersions(state, collection);
        var opened = Opened(Fold(all), collection);
        foreach (var value in state.LiveIn(collection)?.Latest.Values ?? [])
        {
            if (ValueOf(value) is { } contributed)
            {
                var isOpen = IsOpen(value) || opened.Contains((value.Indicator, contributed));
                yield return (value.Indicator, new Contribution(member, first[(value.Indicator, contributed)], contributed, isOpen));
            }
        }
    }

    // A correction sends all values again. Whoever sent the same value of an indicator has not changed it, and must not count as
    // changed: among ten that only seem to have changed, the one that really did would be seen.
    private static Dictionary<(string Indicator, ContributedValue Value), int> FirstVersions(AdministrationState state, string collection)
    {
        var first = new Dictionary<(string, ContributedValue), int>();
        foreach (var version in state.In(collection).SelectMany(s => s.Versions).OrderBy(v => v.StreamVersion))
        {
            foreach (var value in version.Values)
            {
                if (ValueOf(value) is { } contributed)
                {
                    first.TryAdd((value.Indicator, contributed), (int)version.StreamVersion);
                }
            }
        }

        return first;
    }

    private static AdministrationState Fold(IEnumerable<Entry> entries) =>
        entries.Aggregate(AdministrationState.Empty, (state, entry) => state.Apply(entry));

    // A value that its owner opened in any version is known to all, in every version that has it.
    private static HashSet<(string Code, ContributedValue Value)> Opened(AdministrationState state, string collection) =>
        [.. state.In(collection).SelectMany(s => s.Versions).SelectMany(v => v.Values)
            .Where(IsOpen)
            .Select(v => (v.Indicator, Value: ValueOf(v)))
            .Where(v => v.Value is not null)
            .Select(v => (v.Indicator, v.Value!.Value))];

    private static bool IsOpen(SubmittedValue value) => value.Disclosure is Disclosure.MEMBERS or Disclosure.PUBLIC;

    /// <summary>Whether a contribution was there at the fence and its content is gone since.</summary>
    /// <param name="before">An administration's entries of the collection before the fence.</param>
    public static bool IsErasedSince(IReadOnlyList<Entry> before)
    {
        // What was erased before the fence was over then; what came after it is another contribution. A request erases nothing yet.
        var contributed = before.Reverse().TakeWhile(e => e.Header.Kind != SubmissionEntries.ErasedKind)
            .Where(e => e.Header.Kind != SubmissionEntries.ErasureRequestedKind).ToList();
        return contributed.Any(e => e.Payload is null) && contributed[0].Header.Kind != SubmissionEntries.WithdrawnKind;
    }

    private static IEnumerable<(string, Contribution)> Erased(string member, IReadOnlyList<Entry> before, IReadOnlyList<string> codes) =>
        codes.Select(code => (code, new Contribution(member, (int)before[^1].Header.Version, null, false)));
}
