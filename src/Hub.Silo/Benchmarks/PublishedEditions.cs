using System.Collections.Concurrent;
using Hub.Silo.Access;
using Hub.Silo.Disclosures;
using Hub.Silo.Ledger;
using Hub.Silo.Registry;
using Hub.Silo.Releases;

namespace Hub.Silo.Benchmarks;

/// <summary>What is open, as <see cref="OpenReleases"/> says on each call, with the answers that were made of it before; and who reads it.</summary>
internal sealed class PublishedEditions(OpenReleases open, CurrentChanges changes, CurrentRegistry registry, ILedger ledger)
{
    private readonly ConcurrentDictionary<ReleaseName, PublishedEdition> editions = new();

    /// <summary>The edition, or NOT_FOUND: the same for one that is not open yet and for one that does not exist.</summary>
    public Decision<PublishedEdition> Find(EditionName? name)
    {
        var found = name switch
        {
            null => null,
            { Number: { } number } => open.Find(ReleaseName.Of(name.Value.Collection, number)),
            _ => open.Latest(name.Value.Collection),
        };
        return found is null ? Refusal.NotFound("such release") : Prepared(found);
    }

    /// <summary>A caller without an administration, or with one that is not registered, reads as a partner.</summary>
    public async ValueTask<Reader> ReaderAsync(Caller caller, PublishedEdition edition, CancellationToken cancellationToken)
    {
        if (caller.Administration is not { } code || registry.Find(code) is null)
        {
            return Reader.Partner;
        }

        if (edition.FindReader(code) is { } known)
        {
            return known;
        }

        var release = edition.Release;
        return edition.Remember(code, new Reader(await OwnContribution.ReadAsync(ledger, code, release.Name.Collection, release.Fence, cancellationToken)));
    }

    private PublishedEdition Prepared(OpenRelease release)
    {
        var erasure = changes.LastErasureOf(release.Name.Collection);
        return editions.TryGetValue(release.Name, out var known) && known.IsOf(release, erasure)
            ? known
            : editions[release.Name] = new PublishedEdition(release, erasure);
    }
}
