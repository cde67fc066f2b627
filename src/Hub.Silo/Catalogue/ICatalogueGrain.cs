using Hub.Silo.Access;

namespace Hub.Silo.Catalogue;

/// <summary>The catalogue; there is one, with the key 0. The only writer of its stream.</summary>
[Alias("hub.catalogue")]
internal interface ICatalogueGrain : IGrainWithIntegerKey
{
    /// <summary>Takes the files over, if they say something new, and answers the position up to which the ledger says so.</summary>
    [Alias("adopt")]
    Task<Decision<long>> AdoptAsync(AdoptCommand command);

    /// <summary>Closes a collection early, and answers the position up to which the ledger says so.</summary>
    [Alias("close")]
    Task<Decision<long>> CloseAsync(CloseCommand command);
}

/// <summary>The files that an operator started a silo with.</summary>
[GenerateSerializer, Immutable, Alias("hub.adopt")]
internal sealed record AdoptCommand(CatalogueFile[] Files, string Operator);

/// <summary>A collection to close early.</summary>
[GenerateSerializer, Immutable, Alias("hub.close")]
internal sealed record CloseCommand(Act Act, string Collection, string Reason, string Closer);
