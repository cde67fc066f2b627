using System.Collections;
using System.Diagnostics.CodeAnalysis;
using Hub.Privacy;

namespace Hub.Silo.Disclosures;

/// <summary>
/// The contributions, asked for once before each indicator is computed: there the computation gives way to whoever waits for the
/// processor, and there it can be stopped.
/// </summary>
internal sealed class YieldingContributions(
    IReadOnlyDictionary<string, IReadOnlyList<Contribution>> contributions, CancellationToken cancellationToken)
    : IReadOnlyDictionary<string, IReadOnlyList<Contribution>>
{
    public int Count => contributions.Count;

    public IEnumerable<string> Keys => contributions.Keys;

    public IEnumerable<IReadOnlyList<Contribution>> Values => contributions.Values;

    public IReadOnlyList<Contribution> this[string key] => TryGetValue(key, out var found) ? found : throw new KeyNotFoundException();

    public bool ContainsKey(string key) => contributions.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out IReadOnlyList<Contribution> value)
    {
        cancellationToken.ThrowIfCancellationRequested();
        Thread.Yield();
        return contributions.TryGetValue(key, out value);
    }

    public IEnumerator<KeyValuePair<string, IReadOnlyList<Contribution>>> GetEnumerator() => contributions.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}
