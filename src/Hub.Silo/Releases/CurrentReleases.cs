using System.Collections.Immutable;
using Hub.Silo.Disclosures;
using Hub.Silo.Ledger;

namespace Hub.Silo.Releases;

/// <summary>
/// All releases in whatever state, as far as this silo has followed the ledger, with their content: so that each opens at its second
/// without a read. For the secretariat; what others may read is asked of <see cref="OpenReleases"/>.
/// </summary>
internal sealed class CurrentReleases : ILedgerFollower
{
    private static readonly string[] Prefixes = [Streams.Disclosures(""), Streams.Release("")];

    private volatile ImmutableDictionary<ReleaseName, ReleaseState> all = ImmutableDictionary<ReleaseName, ReleaseState>.Empty;
    private TaskCompletionSource changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>A snapshot; another one after each change.</summary>
    public ImmutableDictionary<ReleaseName, ReleaseState> All => all;

    /// <summary>Completes with the next change.</summary>
    public Task Changed => Volatile.Read(ref changed).Task;

    public ReleaseState? Find(ReleaseName name) => all.GetValueOrDefault(name);

    public bool Follows(string stream) => Array.Exists(Prefixes, prefix => stream.StartsWith(prefix, StringComparison.Ordinal));

    public void Apply(Entry entry)
    {
        var name = ReleaseName.Parse(entry.Topic)!.Value;
        all = all.SetItem(name, (Find(name) ?? new ReleaseState(name)).Apply(entry));
        Interlocked.Exchange(ref changed, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
    }
}
