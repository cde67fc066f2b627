using Hub.Silo.Ledger;
using Hub.Transparency;
using Microsoft.Extensions.Time.Testing;

namespace Hub.Silo.Tests.Ledger;

/// <summary>A place with one empty ledger: what the contract needs of a database.</summary>
internal interface ILedgerSite : IDisposable
{
    /// <summary>The calendar of every silo here.</summary>
    FakeTimeProvider Clock { get; }

    KeyStore Keys { get; }

    ISigner Signer { get; }

    NoteVerifier Log { get; }

    /// <summary>Another silo on the same database.</summary>
    ILedger Open(Action<LedgerFault>? faultAt = null, TimeProvider? clock = null, ISigner? signer = null);

    /// <summary>Stops a silo as a crash does not: it serves who is in line.</summary>
    void Close(ILedger ledger);

    LedgerVerification Verify();
}
