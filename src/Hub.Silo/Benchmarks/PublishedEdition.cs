using System.Collections.Concurrent;
using System.Collections.Immutable;
using Google.Protobuf;
using Hub.Privacy;
using Hub.Silo.Releases;

namespace Hub.Silo.Benchmarks;

/// <summary>
/// One open edition with its answers, each made once for each audience: they are given as they are to everybody who belongs to it,
/// and nobody may change them.
/// </summary>
/// <param name="erasure">Position of the last erasure in the collection: what was contributed is read again after one.</param>
internal sealed class PublishedEdition(OpenRelease release, long? erasure)
{
    private readonly Lazy<V1.Release> header = new(() => BenchmarkMapping.ToProto(release));
    private readonly ConcurrentDictionary<Audience, ImmutableArray<V1.Benchmark>> levels = new();
    private readonly ConcurrentDictionary<(string Indicator, string Group, Audience Level), Prepared<V1.GetBenchmarkResponse>> benchmarks = new();
    private readonly ConcurrentDictionary<string, Prepared<V1.GetReleaseResponse>> releases = new();
    private readonly ConcurrentDictionary<string, Prepared<V1.ExportReleaseResponse>> exports = new();
    private readonly ConcurrentDictionary<string, Reader> readers = new();

    public OpenRelease Release => release;

    /// <summary>Whether it is still the edition that is open, with the same footnotes.</summary>
    public bool IsOf(OpenRelease open, long? erasedAt) => erasedAt == erasure && (ReferenceEquals(open, release) || open == release);

    /// <summary>A member that was seen before.</summary>
    public Reader? FindReader(string administration) => readers.GetValueOrDefault(administration);

    public Reader Remember(string administration, Reader reader) => readers.GetOrAdd(administration, reader);

    public Prepared<V1.GetReleaseResponse> GetRelease(Reader reader) => Kept(releases, reader, () => new V1.GetReleaseResponse { Release = Whole(reader) });

    public Prepared<V1.ExportReleaseResponse> Export(Reader reader) => Kept(exports, reader, () => new V1.ExportReleaseResponse
    {
        Csv = BenchmarkCsv.Write(Whole(reader)),
        FileName = $"{release.Name.Instrument}-{release.Name.Period}-{release.Name.Number}.csv",
    });

    /// <summary>The figures of an indicator in a group, or in the cell that the group was joined into; null if the edition has none.</summary>
    public Prepared<V1.GetBenchmarkResponse>? GetBenchmark(BenchmarkName name, Reader reader)
    {
        if (Find(name) is not { } found)
        {
            return null;
        }

        var key = (name.Indicator, found.Cell.Group, Level: reader.LevelOf(name.Indicator));
        return benchmarks.GetOrAdd(key, _ => new(new V1.GetBenchmarkResponse
        {
            Release = header.Value,
            Benchmark = BenchmarkMapping.ToProto(release.Name, release.Content, found.Indicator, found.Cell, Reads(key.Level)),
        }));
    }

    public (ProtectedIndicator Indicator, ProtectedCell Cell)? Find(BenchmarkName name)
    {
        var named = $"groups/{name.Group}{(name.GroupVersion is { } version ? $"@{version}" : "")}";
        var isKnown = name.GroupVersion is null || BenchmarkMapping.GroupName(release.Content, name.Group) == named;
        return isKnown && release.Content.Table.Find(name.Indicator) is { } indicator && indicator.CellOf(name.Group) is { } cell ? (indicator, cell) : null;
    }

    // What was taken back is still known to have been there; its figures are not shown any more.
    private V1.Release Whole(Reader reader)
    {
        var whole = header.Value.Clone();
        if (release.Status != ReleaseStatus.Withdrawn)
        {
            whole.Benchmarks.AddRange(release.Content.Table.Indicators.SelectMany((indicator, i) =>
                Level(reader.LevelOf(indicator.Code)).Skip(Offset(i)).Take(indicator.Cells.Count)));
        }

        return whole;
    }

    private int Offset(int indicator) => release.Content.Table.Indicators.Take(indicator).Sum(i => i.Cells.Count);

    private ImmutableArray<V1.Benchmark> Level(Audience level) =>
        levels.GetOrAdd(level, _ => [.. BenchmarkMapping.ToProto(release.Name, release.Content, Reads(level))]);

    private static Func<string, Audience, bool> Reads(Audience level) => (_, audience) => audience >= level;

    // One for each set of indicators that somebody contributed to: few in practice, and bounded in any case.
    private Prepared<T> Kept<T>(ConcurrentDictionary<string, Prepared<T>> prepared, Reader reader, Func<T> make) where T : IMessage<T>
    {
        var key = string.Join(',', release.Content.Table.Indicators.Select(indicator => (int)reader.LevelOf(indicator.Code)));
        return prepared.TryGetValue(key, out var known) ? known
            : prepared.Count < Limits.PreparedMax ? prepared.GetOrAdd(key, _ => new(make()))
            : new(make());
    }
}
