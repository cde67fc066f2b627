using Hub.Privacy;
using Hub.Silo.Administrations;
using Hub.Silo.Disclosures;
using Hub.Silo.Ledger;
using Entry = Hub.Silo.Ledger.Entry;

namespace Hub.Silo.Benchmarks;

/// <summary>What one administration contributed to an edition, by the same rules by which the edition was computed.</summary>
/// <param name="Submission">Resource name; empty for none.</param>
/// <param name="Version">The version that is in the edition; 0 for none.</param>
/// <param name="Values">By indicator code.</param>
internal sealed record OwnContribution(string Submission, int Version, IReadOnlyDictionary<string, ContributedValue> Values)
{
    public static readonly OwnContribution None = new("", 0, new Dictionary<string, ContributedValue>());

    /// <summary>Whether there was one and its content is gone.</summary>
    public bool IsErased { get; private init; }

    /// <summary>Reads the administration's own stream, and nobody else's.</summary>
    public static async Task<OwnContribution> ReadAsync(
        ILedger ledger, string administration, string collection, long fence, CancellationToken cancellationToken)
    {
        var own = new List<Entry>();
        IReadOnlyList<Entry> page;
        do
        {
            var after = own.Count == 0 ? 0 : own[^1].Header.Version;
            page = await ledger.ReadStreamAsync(Streams.Administration(administration), after, Limits.EntriesPerRead, cancellationToken);
            own.AddRange(page);
        }
        while (page.Count == Limits.EntriesPerRead && page[^1].Position < fence);
        return At(fence, administration, collection, own);
    }

    /// <summary>From the entries of the administration's stream, in their order.</summary>
    public static OwnContribution At(long fence, string administration, string collection, IEnumerable<Entry> own)
    {
        var before = own.Where(e => e.Topic == collection && e.Position < fence).ToList();
        if (ContributionRules.IsErasedSince(before))
        {
            return None with { IsErased = true };
        }

        var live = before.Aggregate(AdministrationState.Empty, (state, entry) => state.Apply(entry)).LiveIn(collection);
        return live is null ? None : new OwnContribution($"administrations/{administration}/submissions/{live.Id:D}", live.Version, ValuesOf(live.Latest));
    }

    private static Dictionary<string, ContributedValue> ValuesOf(SubmissionVersion version)
    {
        var values = new Dictionary<string, ContributedValue>();
        foreach (var value in version.Values)
        {
            if (ContributionRules.ValueOf(value) is { } contributed)
            {
                values[value.Indicator] = contributed;
            }
        }

        return values;
    }
}
