using CsCheck;
using Hub.Silo.Catalogue;
using Hub.Silo.Ledger;
using Hub.Transparency;
using Xunit;

namespace Hub.Silo.Tests.Catalogue;

public sealed class CatalogueStateTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 24, 9, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Apply_AnyHistory_FoldsToWhatAModelOfDictionariesSays() =>
        Gen.OneOf(Adoption, Closure).List[0, 30].Sample(steps =>
        {
            var (state, model, now) = (CatalogueState.Empty, new Model(), Start);
            foreach (var step in steps)
            {
                now = now.AddHours(1);
                foreach (var happened in step(state, now))
                {
                    state = state.Apply(happened, now);
                    model.Apply(happened, now);
                }
            }

            model.AssertEqual(state);
        }, iter: 300);

    [Fact]
    public void Apply_EntriesAsTheyAreStored_FoldsToTheSameAsTheEvents()
    {
        CatalogueEvent[] events =
        [
            .. CatalogueRules.Adopt(CatalogueState.Empty, CatalogueReader.Read(SmallCatalogue.Files), "o", Start).Value,
            new CollectionClosed("instruments/synthetic/periods/2025", "Enough.", "abcd"),
            new FileDropped(SmallCatalogue.Calendar, "o"),
        ];
        var direct = events.Aggregate(CatalogueState.Empty, (state, happened) => state.Apply(happened, Start));
        var stored = events.Select(ToEntry).Aggregate(CatalogueState.Empty, (state, entry) => state.Apply(entry));
        Assert.Equal(direct.Files, stored.Files);
        Assert.Equal(Summary(direct), Summary(stored));
        Assert.Equal((events.Length, 100L + events.Length - 1), (stored.Version, stored.Position));
        Assert.Equal([("k", 3L)], stored.Requests.Values.Select(r => (System.Text.Encoding.UTF8.GetString(r.Fingerprint), r.Version)));
    }

    [Fact]
    public void Apply_EntryOfUnknownKind_StopsRatherThanGuesses()
    {
        var entry = ToEntry(new FileDropped("f", "o"), 0);
        var unknown = entry with { Header = entry.Header with { Kind = "something-new" } };
        Assert.Throws<InvalidOperationException>(() => CatalogueState.Empty.Apply(unknown));
    }

    private static Entry ToEntry(CatalogueEvent happened, int index)
    {
        var stored = CatalogueEntries.ToEntry(happened);
        var header = new EntryHeader("o", Streams.Catalogue, index + 1, stored.Kind, stored.Schema, Start);
        return new Entry(100 + index, header, stored.Topic, [], stored.Payload, index == 2 ? new Idempotency([1], "k"u8.ToArray()) : null);
    }

    private static string Summary(CatalogueState state) => string.Join('\n', state.Collections.Values.Select(c =>
        $"{c.Name} {c.OpensAt:O} {c.ClosesAt:O} {c.Zone} {c.CloseReason} {string.Join(' ', c.Indicators.Select(i => $"{i.Code}@{i.Version} {i.Lower}..{i.Upper} {i.ProtectionWidth} {i.Polarity} {i.ValueKind}"))}"))
        + string.Join('\n', state.Groups.Values.SelectMany(g => g).Select(g => $"{g.Name} {string.Join(' ', g.Members)}"));

    // The files with some of four texts changed: what a start with them does, mistakes and refusals included.
    private static readonly Gen<Func<CatalogueState, DateTimeOffset, IEnumerable<CatalogueEvent>>> Adoption =
        Gen.Select(Gen.Int[1, 3], Gen.Int[1, 3], Gen.Int[1, 9], Gen.Bool, (definition, members, day, comment) =>
        {
            var files = SmallCatalogue.Files.Select(f => f with
            {
                Text = f.Text.Replace("About the rate.", $"About the rate {definition}.", StringComparison.Ordinal)
                    .Replace("[AA, BB]", members == 1 ? "[AA, BB]" : members == 2 ? "[AA]" : "[BB]", StringComparison.Ordinal)
                    .Replace("2027-03-31T23:59,", $"2027-04-0{day}T23:59,", StringComparison.Ordinal) + (comment ? "\n# comment" : ""),
            }).ToList();
            return (Func<CatalogueState, DateTimeOffset, IEnumerable<CatalogueEvent>>)((state, now) =>
                CatalogueRules.Adopt(state, CatalogueReader.Read(files), "o", now).Value);
        });

    private static readonly Gen<Func<CatalogueState, DateTimeOffset, IEnumerable<CatalogueEvent>>> Closure =
        Gen.Int[2025, 2027].Select(period =>
            (Func<CatalogueState, DateTimeOffset, IEnumerable<CatalogueEvent>>)((state, now) =>
                CatalogueRules.Close(state, $"instruments/synthetic/periods/{period}", "Enough.", "c", now) is { IsRefused: false } decision ? [decision.Value] : []));

    private sealed class Model
    {
        private readonly Dictionary<string, (string Last, int Version)> versions = [];
        private readonly Dictionary<string, (DateTimeOffset Opens, DateTimeOffset Closes, string? Reason)> windows = [];

        public void Apply(CatalogueEvent happened, DateTimeOffset now)
        {
            if (happened is CollectionClosed closed)
            {
                windows[closed.Collection] = windows[closed.Collection] with { Closes = now, Reason = closed.Reason };
            }

            if (happened is not FileAdopted { Content: var content })
            {
                return;
            }

            content.Indicators.ToList().ForEach(i => Count(i.Code, i.Definition.Texts["en"]));
            content.Groups.ToList().ForEach(g => Count(g.Code, string.Join(' ', g.Members)));
            foreach (var plan in content.Collections)
            {
                var known = windows.GetValueOrDefault(plan.Name);
                windows[plan.Name] = known.Reason is not null ? known
                    : (known.Opens != default ? known.Opens : plan.Opens ?? now, plan.Closes, null);
            }
        }

        public void AssertEqual(CatalogueState state)
        {
            var actual = state.Indicators.Values.SelectMany(i => i).Select(i => (i.Code, i.Definition.Texts["en"], i.Version))
                .Concat(state.Groups.Values.Select(g => (g[^1].Code, string.Join(' ', g[^1].Members), g[^1].Version)));
            Assert.Equal(versions.Select(v => (v.Key, v.Value.Last, v.Value.Version)).Order(), actual.Order());
            Assert.Equal(
                windows.Select(w => (w.Key, w.Value)).OrderBy(w => w.Key, StringComparer.Ordinal),
                state.Collections.Values.Select(c => (c.Name, (c.OpensAt, c.ClosesAt, c.CloseReason))));
            Assert.All(state.Groups.Values, g => Assert.Equal(Enumerable.Range(1, g.Count), g.Select(v => v.Version)));
        }

        private void Count(string code, string content)
        {
            var known = versions.GetValueOrDefault(code);
            versions[code] = known.Last == content ? known : (content, known.Version + 1);
        }
    }
}
